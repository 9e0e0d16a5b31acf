"""Letters with voting codes, and their QR codes, as they are printed once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from budgets.ballots.actions import Issued
from budgets.ballots.enums import Proof
from budgets.ballots.models import Ballot
from engage.kit.moments import end, start


@dataclass(frozen=True, slots=True)
class Letter:
    """`address` is what somebody can type; the QR code leads there with the code after a #, which no server sees."""

    serial: str
    code: str
    number: str
    address: str
    qr: SafeString


def letters(ballot: Ballot, issued: Iterable[Issued], *, base: str) -> list[Letter]:
    """`base` is the site, like `https://engage.example`."""
    address = base + reverse("ballots:short", args=[ballot.pk])
    at_once = base + reverse("ballots:prove", args=[ballot.pk, Proof.CODE.value])
    return [
        Letter(each.serial, each.code, each.number, address, qr(f"{at_once}#code={each.code}"))
        for each in issued
    ]


def when(ballot: Ballot) -> str:
    """Empty while the dates are not decided."""
    if ballot.opens_at is None or ballot.closes_at is None:
        return ""
    return _("Voting starts at %(start)s and ends at %(end)s.") % {
        "start": start(ballot.opens_at),
        "end": end(ballot.closes_at),
    }


def qr(text: str) -> SafeString:
    """A QR code as a drawing in the page: no picture to fetch, sharp on paper."""
    drawing = segno.make(text, micro=False, error="m").svg_inline(omitsize=True, border=2, svgclass="qr")
    return mark_safe(drawing)
