"""Showing something of a higher app on a lower app's page, without the lower app knowing.

`budgets` registers a panel for `Idea`; the idea page prints `panels_for(idea, request)` in order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from engage.kit.twins import Table, Value


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and its context, ready to be included; the same facts for the page's data twin.

    `steps` are dated steps for the thing's life line, as the `timeline` component takes them: `at` (a date or a
    moment), `title`, and perhaps `body`, `url` and `kind`. `results` says that it shows what came of the thing.
    """

    template: str
    context: dict[str, Any]
    totals: Mapping[str, Value] = field(default_factory=dict)
    tables: Sequence[Table[Any]] = ()
    steps: Sequence[Mapping[str, Any]] = ()
    results: bool = False


type Maker = Callable[[Any, HttpRequest], Panel | None]

_makers: dict[type[Model], list[tuple[int, Maker]]] = {}


def register_panel(model: type[Model], *, order: int = 100) -> Callable[[Maker], Maker]:
    """Decorator: `maker(thing, request)` answers a Panel, or None when it has nothing to show."""

    def decorate(maker: Maker) -> Maker:
        _makers.setdefault(model, []).append((order, maker))
        _makers[model].sort(key=lambda pair: pair[0])
        return maker

    return decorate


def panels_for(thing: Model, request: HttpRequest) -> list[Panel]:
    made = (maker(thing, request) for _, maker in _makers.get(type(thing), []))
    return [panel for panel in made if panel]
