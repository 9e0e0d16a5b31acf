"""What was promised of the projects that won: each step with its day, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budgets.ballots.models import Milestone, Won
from budgets.ballots.rules.lateness import Promise


def promises(milestones: Iterable[Milestone], today: date) -> list[dict[str, Any]]:
    return [_promise(each, today) for each in milestones]


def _promise(milestone: Milestone, today: date) -> dict[str, Any]:
    promise = Promise(milestone.first_promised_on, milestone.promised_on, milestone.done_on)
    moved = milestone.promised_on != milestone.first_promised_on
    first = date_format(milestone.first_promised_on, "j F Y")
    return {
        "title": milestone.title,
        "sentence": promise.sentence(today),
        "late": promise.days_late(today) > 0,
        "done": milestone.done_on is not None,
        "moved": _("First promised for %(day)s.") % {"day": first} if moved else "",
        "why": milestone.why_moved if moved else "",
    }


def promise_rows(winners: Iterable[Won], today: date) -> list[dict[str, Any]]:
    """For staff: each winning project with its steps, and where each is moved or marked as done."""
    return [
        {
            "title": f"{won.project.key} {won.project.title}",
            "award_url": won.award.get_absolute_url(),
            "steps": [
                _promise(each, today)
                | {
                    "move_url": _url("move_promise", won, each),
                    "done_url": _url("keep_promise", won, each),
                }
                for each in won.milestones.all()
            ],
        }
        for won in winners
    ]


def _url(name: str, won: Won, milestone: Milestone) -> str:
    if milestone.done_on is not None:
        return ""
    return reverse(f"staff_ballots:{name}", args=[won.project.ballot_id, milestone.pk])
