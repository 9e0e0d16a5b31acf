"""What stands at the head of an email: the council's name for the site and its colour.

Settings belong to the frame, which fills this in; lower apps that write emails ask here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`colour` is a hex colour on which white text can be read."""

    site_name: str
    colour: str


_maker: list[Callable[[], Letterhead]] = [lambda: Letterhead(settings.WAGTAIL_SITE_NAME, "#0a4a3c")]


def register_letterhead(maker: Callable[[], Letterhead]) -> Callable[[], Letterhead]:
    """Decorator: use this from now on."""
    _maker[:] = [maker]
    return maker


def letterhead() -> Letterhead:
    return _maker[0]()
