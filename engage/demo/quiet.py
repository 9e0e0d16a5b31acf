"""Loading two and a half years at once: what is derived from the rows is worked out once, at the end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection
from modelsearch.index import get_indexed_models
from wagtail.signal_handlers import disable_reference_index_auto_update

from engage.kit.happenings import unheard
from engage.kit.indexing import indexed_together

CHATTY = ["django.tasks", "wagtail"]


@contextmanager
def quietly() -> Iterator[None]:
    """Nobody is told, no row has a line of log of its own, and search is brought up to date at the end."""
    with unheard(), indexed_together(*get_indexed_models()), _logs_from(logging.WARNING):
        yield


@contextmanager
def referring() -> Iterator[None]:
    """What refers to what is worked out at the end, from the rows as they are then."""
    with disable_reference_index_auto_update():
        yield
    call_command("rebuild_references_index", verbosity=0)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Inside a transaction that is kept whole or not at all, no verb in it needs a savepoint to go back to.

    A quarter of all statements are savepoints otherwise. A refusal cannot be caught and passed over in here: the
    transaction takes nothing more after it.
    """
    features = connection.features
    before, features.uses_savepoints = features.uses_savepoints, False
    try:
        yield
    finally:
        features.uses_savepoints = before


def check_books() -> None:
    """Add everything up, so that the site says on its first day when its books were last checked."""
    call_command("check_ledger", stdout=StringIO())


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
