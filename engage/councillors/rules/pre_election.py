"""What the weeks before an election hold back. Payments that are due go on: nothing here asks about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engage.kit.decisions import Allowed, Decision, Denied


class Period(Protocol):
    """From `starts_on` to `ends_on`, both included."""

    @property
    def name(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


def may_decide(period: Period | None) -> Decision:
    """Whether something new may be decided while `period` runs (None: no election near)."""
    if period is None:
        return Allowed()
    return Denied(
        _(
            "Nothing new is decided before the election (%(election)s). Decide from %(day)s on."
            " Payments that are due go on."
        )
        % _words(period),
        status=409,
    )


def may_promote(period: Period | None) -> Decision:
    """Whether what councillors' money achieved may be published: results, stories, pictures and news of awards."""
    if period is None:
        return Allowed()
    return Denied(
        _(
            "Results, stories and pictures are held back before the election (%(election)s), because they could look"
            " like advertising. Publish them from %(day)s on. Payments that are due go on."
        )
        % _words(period),
        status=409,
    )


def may_announce(period: Period | None, why: str) -> Decision:
    """Whether a page may go out while `period` runs: only with a reason why it advertises nobody."""
    if period is None or why.strip():
        return Allowed()
    return Denied(
        _(
            "Pages wait until the election is over (%(election)s), because they could look like advertising. Let it go"
            " live from %(day)s on; or, when it advertises neither councillors nor what their money does, say why under"
            " “Before an election”."
        )
        % _words(period),
        status=409,
        field="election_reason",
    )


def _words(period: Period) -> dict[str, str]:
    return {"election": period.name, "day": date_format(period.ends_on + timedelta(days=1), "j F Y")}
