"""What the council answered, and whose ideas were brought together."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from engage.kit.money import pounds
from engage.kit.text import paragraphs
from ideas.display.common import name_of
from ideas.models import Assessment
from ideas.queries import IdeaStory
from ideas.rules.statuses import STATUS_KINDS, VERDICT_STATUSES


def answers(assessments: list[Assessment]) -> list[dict[str, Any]]:
    """For the `answer` component: the answer that stands, then the one before it."""
    found = [_answer(each) for each in assessments if each.answered_at is not None]
    return found[::-1]


def waits_for_another_look(assessments: list[Assessment]) -> Any:
    """When the author asked for another look that nobody has taken yet, else None."""
    last = assessments[-1] if assessments else None
    if last is None or last.reassesses_id is None or last.answered_at is not None:
        return None
    appeal = getattr(assessments[0], "appeal", None)
    return appeal.made_at if appeal else None


def _answer(assessment: Assessment) -> dict[str, Any]:
    return {
        "verdict": assessment.get_verdict_display(),
        "kind": STATUS_KINDS[VERDICT_STATUSES[assessment.verdict]],
        "at": assessment.answered_at,
        "body_html": paragraphs(assessment.answer),
        "reason": assessment.reason,
        "cost": cost_range(assessment),
        "feasibility": assessment.get_feasibility_display(),
        "policy_fit": assessment.get_policy_fit_display(),
        "again": assessment.reassesses_id is not None,
    }


def cost_range(assessment: Assessment) -> str:
    """`£4,000 to £6,500`; one amount when both are the same, nothing when nobody said."""
    low, high = assessment.cost_low_pence, assessment.cost_high_pence
    if low is None or high is None:
        return ""
    if low == high:
        return pounds(low)
    return _("%(low)s to %(high)s") % {"low": pounds(low), "high": pounds(high)}


def findings(assessment: Assessment | None) -> list[tuple[Any, str]]:
    """What an assessment says by now, for whoever wrote at the same time."""
    if assessment is None:
        return []
    return [
        (_("Cost"), cost_range(assessment)),
        (_("Can it be done?"), assessment.get_feasibility_display()),
        (_("Does it fit the council’s plans?"), assessment.get_policy_fit_display()),
        (_("What the council answers"), assessment.get_verdict_display()),
        (_("Public answer"), assessment.answer),
        (_("Reason"), assessment.reason),
    ]


def brought_together(story: IdeaStory) -> list[dict[str, str]]:
    """The ideas that were joined with this one, with who had them."""
    return [
        {
            "title": merge.merged.title,
            "author": name_of(merge.merged),
            "url": reverse("ideas:as_it_was", args=[merge.merged_id]),
        }
        for merge in story.joined
    ]
