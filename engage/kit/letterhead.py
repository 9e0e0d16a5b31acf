"""Emails with one link, and what stands at the head of each: the council's name for the site and its colour.

Settings belong to the frame, which fills this in; lower apps that write emails ask here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from engage.kit.decisions import Denied, Refused, Words

log = logging.getLogger(__name__)


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


def send_letter(name: str, to: str, *, subject: str, **context: Any) -> None:
    """In words and laid out, from `emails/<name>.txt` and `.html`; `url` is where its link leads."""
    head = letterhead()
    context |= {
        "subject": subject,
        "site_name": head.site_name,
        "colour": head.colour,
        "site_url": settings.SITE_URL,
    }
    text = render_to_string(f"emails/{name}.txt", context)
    message = EmailMultiAlternatives(" ".join(subject.split()), text.strip() + "\n", to=[to])
    message.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    message.send()


@contextmanager
def refused_unless_sent(words: Words) -> Iterator[None]:
    """Whoever waits for it reads `words`; the operator reads that it failed, and never to whom it should have gone."""
    try:
        yield
    except OSError as error:  # smtplib's errors are among them
        log.warning("A message could not be sent: %s", type(error).__name__)
        raise Refused(Denied(words, status=502)) from None
