"""Loading two and a half years at once: what is derived from the rows is worked out once, at the end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import StringIO

from django.core.management import call_command
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler, register_signal_handlers
from wagtail.signal_handlers import disable_reference_index_auto_update

CHATTY = ["django.tasks", "wagtail"]


@contextmanager
def quietly() -> Iterator[None]:
    """No line of log for each row, and neither search nor references kept up row by row."""
    with ExitStack() as stack:
        stack.enter_context(disable_reference_index_auto_update())
        stack.enter_context(_no_search_updates())
        stack.enter_context(_logs_from(logging.WARNING))
        yield


def work_out_what_follows() -> None:
    """The search index and the list of what refers to what, from the rows as they are now."""
    call_command("wagtail_update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)


def check_books() -> None:
    """Add everything up, so that the site says on its first day when its books were last checked."""
    call_command("check_ledger", stdout=StringIO())


@contextmanager
def _no_search_updates() -> Iterator[None]:
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        yield
    finally:
        register_signal_handlers()


@contextmanager
def _logs_from(level: int) -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in CHATTY]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(level)
    try:
        yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.setLevel(was)
