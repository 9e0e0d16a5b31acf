"""Where a ballot is, by the clock and by what there is. No job opens or closes voting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from budgets.ballots.enums import Phase
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.moments import end, start


@dataclass(frozen=True, slots=True)
class Course:
    """What decides the phase. The moments are there once it is opened."""

    opened: bool
    opens_at: datetime | None
    closes_at: datetime | None
    closed: bool = False
    counted: bool = False
    published: bool = False


def phase(course: Course, at: datetime) -> Phase:
    if not course.opened or course.opens_at is None or course.closes_at is None:
        return Phase.DRAFT
    done = [
        found
        for found, holds in (
            (Phase.PUBLISHED, course.closed and course.counted and course.published),
            (Phase.COUNTED, course.closed and course.counted),
            (Phase.CLOSED, course.closed),
        )
        if holds
    ]
    if done:
        return done[0]
    if at < course.opens_at:
        return Phase.ANNOUNCED
    return Phase.VOTING if at < course.closes_at else Phase.ENDED


def takes_votes(course: Course, at: datetime) -> Decision:
    """Whether a vote that arrives at this moment counts. The last is the one before the moment at which voting ends."""
    now = phase(course, at)
    if now == Phase.VOTING:
        return Allowed()
    if now == Phase.ANNOUNCED and course.opens_at:
        sentence = _("Voting has not started yet. It starts at %(when)s.") % {"when": start(course.opens_at)}
    elif now == Phase.DRAFT or course.closes_at is None:
        sentence = _("This ballot is still being prepared, so nobody can vote yet.")
    else:
        sentence = _("Voting ended at %(when)s. This vote was not cast.") % {"when": end(course.closes_at)}
    return Denied(sentence, status=409)
