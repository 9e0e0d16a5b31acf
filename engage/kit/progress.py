"""A bar for long work at a terminal; silence in a log or a test.

Printed to standard error, so that a command's report on standard output can be piped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

# What a verb with many steps asks for: hand these out one by one, and say so under this label.
type Track = Callable[[Sequence[Any], str], Iterable[Any]]


def untracked(items: Sequence[Any], label: str) -> Iterable[Any]:
    """No bar: the verb was not called from a terminal."""
    return items


def track[T](
    items: Iterable[T], label: str, *, total: int | None = None, console: Console | None = None
) -> Iterator[T]:
    """Hand out `items` one by one while a bar says how many are done.

    `total` is needed only for items that cannot be counted beforehand.
    """
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    if total is None and isinstance(items, Sequence):
        total = len(items)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield from progress.track(items, total=total, description=label)


@contextmanager
def working(label: str, *, console: Console | None = None) -> Iterator[None]:
    """Say that one step of unknown length is running, and how long it took."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    columns = (SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(label, total=1)
        yield
        progress.advance(task)
