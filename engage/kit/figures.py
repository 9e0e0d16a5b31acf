"""Live figures: numbers and lists from the apps that a page, however low in the ladder, may show.

A higher app registers a maker under a key; a block stores the key and prints what the maker answers today.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

from engage.kit.decisions import Words
from engage.kit.panels import Panel

type FigureMaker = Callable[[], Panel | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """`make()` answers a template with its context, or None when there is nothing to show yet."""

    key: str
    label: Words
    make: FigureMaker


_figures: dict[str, Figure] = {}


def register_figure(key: str, label: Words) -> Callable[[FigureMaker], FigureMaker]:
    def decorate(maker: FigureMaker) -> FigureMaker:
        _figures[key] = Figure(key, label, maker)
        return maker

    return decorate


def figure_for(key: str) -> Figure | None:
    return _figures.get(key)


def figure_choices() -> list[tuple[str, Words]]:
    """For a choice field; given as a callable, so that migrations never freeze the list."""
    return [(figure.key, figure.label) for figure in _figures.values()]


def render_figure(figure: Figure | None) -> str:
    """Its HTML as of now; empty for no figure, and for one with nothing to show."""
    panel = figure.make() if figure else None
    return render_to_string(panel.template, panel.context) if panel else ""
