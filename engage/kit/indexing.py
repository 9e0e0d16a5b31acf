"""Putting many things into the search index at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends_with_name
from modelsearch.signal_handlers import post_save_signal_handler


@contextmanager
def indexed_together(*models: Any) -> Iterator[None]:
    """Within the block, saved things of these models wait, and are indexed in one go at its end.

    One by one, indexing costs more than saving. For commands: it holds for the whole process while it lasts, and
    what other threads save meanwhile waits too. Put it around the transaction: what was rolled back is not found
    and so not indexed, and after an error nothing is.
    """
    waiting: dict[type[Model], set[Any]] = {model: set() for model in models}

    def wait(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        waiting[sender].add(instance.pk)

    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
        post_save.connect(wait, sender=model, weak=False)
    try:
        yield
    finally:
        for model in models:
            post_save.disconnect(wait, sender=model)
            post_save.connect(post_save_signal_handler, sender=model)
    for model in models:
        index_all(model, waiting[model])


def index_all(model: Any, keys: Iterable[Any]) -> None:
    """Put the things with these primary keys into the search index, which rows written past `save` are not in."""
    for some in batched(sorted(keys), 1000):
        found = list(model.get_indexed_objects().filter(pk__in=some))
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            backend.add_bulk(model, found)
