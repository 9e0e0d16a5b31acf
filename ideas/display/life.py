"""What became of an idea, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import get_current_timezone, is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engage.audit.models import Record
from engage.kit.panels import Panel
from ideas import events
from ideas.display.common import name_of
from ideas.enums import OPEN_STATUSES, PhaseKind
from ideas.models import Assessment, Idea, Merge
from ideas.queries import IdeaStory
from ideas.rules.statuses import STATUS_KINDS, VERDICT_STATUSES

type Item = dict[str, Any]


def life_line(story: IdeaStory, *, panels: Sequence[Panel] = (), at: datetime) -> list[Item]:
    """For the `timeline` component: from the suggestion to the outcome, and what is still to come.

    `panels` are what other apps show on the page; their dated steps stand between the idea's own.
    """
    items = [
        _start(story.idea),
        *_edited(story.idea),
        *(_joined(merge) for merge in story.joined),
        *_changes(story, but_not={step["at"] for panel in panels for step in panel.steps}),
        *(item for assessment in story.assessments for item in _answered(assessment)),
        *({"kind": "done", **step} for panel in panels for step in panel.steps),
    ]
    return [*sorted(items, key=lambda item: _moment(item["at"])), *_ahead(story.idea, at)]


def _start(idea: Idea) -> Item:
    who = _("Suggested by %(name)s") % {"name": name_of(idea)}
    return {"at": idea.suggested_at, "title": who, "kind": "new"}


def _edited(idea: Idea) -> list[Item]:
    if idea.edited_at is None:
        return []
    return [{"at": idea.edited_at, "title": _("Its authors changed the words"), "kind": "open"}]


def _joined(merge: Merge) -> Item:
    """Also for what was joined with one of the joined: the page brings them all together."""
    return {
        "at": merge.merged_at,
        "title": _("Joined with “%(idea)s”") % {"idea": merge.merged.title},
        "body": merge.reason,
        "url": reverse("ideas:as_it_was", args=[merge.merged_id]),
        "kind": "progress",
    }


def _changes(story: IdeaStory, *, but_not: set[date | datetime]) -> list[Item]:
    """Each status; not one that an answer or the result of a vote brought, for that is a step of its own."""
    told = {each.answered_at for each in story.assessments} | but_not
    return [
        {
            "at": change.changed_at,
            "title": change.get_status_display(),
            "body": change.reason,
            "kind": STATUS_KINDS[change.status],
        }
        for change in story.changes
        if change.changed_at not in told
    ]


def _answered(assessment: Assessment) -> list[Item]:
    items = []
    if assessment.answered_at is not None:
        said = (
            _("Looked at again: %(answer)s")
            if assessment.reassesses_id
            else _("The council answered: %(answer)s")
        )
        items.append(
            {
                "at": assessment.answered_at,
                "title": said % {"answer": assessment.get_verdict_display()},
                "body": assessment.reason,
                "url": "#answer",
                "kind": STATUS_KINDS[VERDICT_STATUSES[assessment.verdict]],
            }
        )
    if (appeal := getattr(assessment, "appeal", None)) is not None:
        items.append(
            {
                "at": appeal.made_at,
                "title": _("The author asked for another look"),
                "body": _("Somebody else looks at it, not the person who answered."),
                "kind": "open",
            }
        )
    return items


def _ahead(idea: Idea, at: datetime) -> list[Item]:
    """By when the council answers, as the dates of the idea's call say."""
    if idea.call is None or idea.status not in OPEN_STATUSES:
        return []
    ends = [
        phase.ends_at
        for phase in idea.call.phases.all()
        if phase.kind == PhaseKind.ASSESS and phase.ends_at > at
    ]
    # What ends at midnight ends for people on the day before.
    return [
        {"at": when - timedelta(seconds=1), "title": _("The council answers by then"), "kind": "ahead"}
        for when in ends
    ]


def _moment(at: date | datetime) -> datetime:
    """Days come after the moments of the same day."""
    if isinstance(at, datetime):
        return at if is_aware(at) else at.replace(tzinfo=get_current_timezone())
    return datetime.combine(at, time.max, get_current_timezone())


# What staff read in the record of an idea. What is not named here is for residents' own pages.
_DID: dict[str, Any] = {
    events.IDEA_SUGGESTED: gettext_lazy("Suggested"),
    events.IDEA_EDITED: gettext_lazy("Words changed"),
    events.IDEA_STATUS_CHANGED: gettext_lazy("Status changed"),
    events.IDEA_MERGED: gettext_lazy("Another idea joined with it"),
    events.IDEA_MERGE_UNDONE: gettext_lazy("Taken apart from another idea"),
    events.IDEA_ASSIGNED: gettext_lazy("Assigned"),
    events.IDEA_ASSESSED: gettext_lazy("Assessment kept"),
    events.IDEA_NOTED: gettext_lazy("Internal note written"),
    events.IDEA_ANSWERED: gettext_lazy("Answered"),
    events.IDEA_ANSWER_APPEALED: gettext_lazy("Another look asked for"),
    events.IDEA_COMMENT_REMOVED: gettext_lazy("A comment removed"),
}


def record_rows(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Who did what when, in words; without the many supports and comments."""
    return [
        {"at": record.at, "what": _DID[record.event], "who": record.actor or ""}
        for record in records
        if record.event in _DID
    ]
