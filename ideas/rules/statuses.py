"""Where an idea can stand: what staff call it, how it is shown, and what may follow by whom.

docs/rules/idea-statuses.md is this table in prose, and the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engage.kit.decisions import Allowed, Decision, Denied, Words
from ideas.enums import IdeaStatus, Verdict


class Who(StrEnum):
    """Who takes an idea from one status to another.

    RULE is a verb of its own that decides it: joining two ideas, taking them apart again, or putting back a joined one.
    """

    AUTHOR = "author"
    OFFICER = "officer"
    MODERATOR = "moderator"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Standing:
    """`kind` is the kind of tag it is shown with; `then` says which statuses may follow, and by whom."""

    staff_name: Words
    kind: str
    then: Mapping[IdeaStatus, Who]


_OPEN, _ASSESSING, _BALLOT = IdeaStatus.OPEN, IdeaStatus.ASSESSING, IdeaStatus.BALLOT
_ACCEPTED, _DONE, _DECLINED = IdeaStatus.ACCEPTED, IdeaStatus.DONE, IdeaStatus.DECLINED
_WITHDRAWN, _REMOVED, _MERGED = IdeaStatus.WITHDRAWN, IdeaStatus.REMOVED, IdeaStatus.MERGED
_ANSWERED = {_BALLOT: Who.OFFICER, _ACCEPTED: Who.OFFICER, _DONE: Who.OFFICER, _DECLINED: Who.OFFICER}
_STILL_THE_AUTHORS = {_WITHDRAWN: Who.AUTHOR, _MERGED: Who.RULE, _REMOVED: Who.MODERATOR}

STANDINGS: dict[str, Standing] = {
    _OPEN: Standing(
        gettext_lazy("New"), "open", {_ASSESSING: Who.OFFICER, **_ANSWERED, **_STILL_THE_AUTHORS}
    ),
    _ASSESSING: Standing(
        gettext_lazy("With us"), "progress", {_OPEN: Who.OFFICER, **_ANSWERED, **_STILL_THE_AUTHORS}
    ),
    _BALLOT: Standing(
        gettext_lazy("On the ballot"),
        "progress",
        {
            _ASSESSING: Who.OFFICER,
            _ACCEPTED: Who.OFFICER,
            _DECLINED: Who.OFFICER,
            _REMOVED: Who.MODERATOR,
        },
    ),
    _ACCEPTED: Standing(
        gettext_lazy("Agreed"),
        "progress",
        {
            _ASSESSING: Who.OFFICER,
            _BALLOT: Who.OFFICER,
            _DONE: Who.OFFICER,
            _DECLINED: Who.OFFICER,
            _REMOVED: Who.MODERATOR,
        },
    ),
    _DONE: Standing(
        gettext_lazy("Delivered"),
        "done",
        {_ASSESSING: Who.OFFICER, _ACCEPTED: Who.OFFICER, _REMOVED: Who.MODERATOR},
    ),
    _DECLINED: Standing(
        gettext_lazy("Declined"),
        "closed",
        {
            _OPEN: Who.OFFICER,
            _ASSESSING: Who.OFFICER,
            _BALLOT: Who.OFFICER,
            _ACCEPTED: Who.OFFICER,
            _REMOVED: Who.MODERATOR,
        },
    ),
    _WITHDRAWN: Standing(gettext_lazy("Withdrawn"), "closed", {}),
    _REMOVED: Standing(
        gettext_lazy("Removed"),
        "warn",
        {
            **dict.fromkeys((_OPEN, _ASSESSING, _BALLOT, _ACCEPTED, _DONE, _DECLINED), Who.MODERATOR),
            _MERGED: Who.RULE,
        },
    ),
    _MERGED: Standing(
        gettext_lazy("Joined"),
        "closed",
        {_OPEN: Who.RULE, _ASSESSING: Who.RULE, _REMOVED: Who.MODERATOR},
    ),
}

# The kind of tag each status is shown with.
STATUS_KINDS: dict[str, str] = {status: standing.kind for status, standing in STANDINGS.items()}

# What each answer makes of the idea.
VERDICT_STATUSES: dict[str, IdeaStatus] = {
    Verdict.GO_AHEAD: _ACCEPTED,
    Verdict.BALLOT: _BALLOT,
    Verdict.DECLINE: _DECLINED,
}


def following(status: str, by: Collection[Who]) -> list[IdeaStatus]:
    """What these people may choose next, in the order in which ideas usually go."""
    then = STANDINGS[status].then
    return [each for each in IdeaStatus if then.get(each) in by]


def may_follow(before: str, after: IdeaStatus, by: Collection[Who]) -> Decision:
    """Whether an idea that stands at `before` may be moved to `after` by somebody who is all of `by`."""
    who = STANDINGS[before].then.get(after)
    if who in by:
        return Allowed()
    return Denied(_why_not(before, after, who, by), status=422, field="status")


def both_names(status: str) -> Words:
    """For staff: their own name, and the one that the public reads."""
    staff, public = STANDINGS[status].staff_name, IdeaStatus(status).label
    return format_lazy("{staff} – “{public}”", staff=staff, public=public)


def _why_not(before: str, after: IdeaStatus, who: Who | None, by: Collection[Who]) -> str:
    names = {"before": IdeaStatus(before).label, "after": after.label}
    if after == IdeaStatus.MERGED:
        return _("To join this idea with another one, use “Join with another idea”.")
    if after == IdeaStatus.WITHDRAWN:
        return _("Only the author can withdraw an idea. Choose another status.")
    if who == Who.MODERATOR:
        return (
            _("Only a moderator may take an idea from “%(before)s” to “%(after)s”. Ask one, and say why.")
            % names
        )
    if who == Who.OFFICER:
        return _("Only an officer may take an idea from “%(before)s” to “%(after)s”. Ask one.") % names
    offered = ", ".join(f"“{each.label}”" for each in following(before, by))
    if not offered:
        return _("An idea that is “%(before)s” stays as it is.") % names
    return _(
        "An idea that is “%(before)s” cannot become “%(after)s” at once. Choose one of these: %(offered)s."
    ) % (names | {"offered": offered})
