"""What an officer's check must say before money is promised, and which other grants it has to be compared with.

docs/rules/checks.md is this module in prose; its worked tables are read by the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgets.grants.enums import Verdict
from engage.kit.decisions import Allowed, Decision, Denied, Words

# How alike two texts are, from 0 to 1, by the letters they share in threes. From these on an officer should look.
TITLE_ALIKE, PURPOSE_ALIKE = 0.45, 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known about one principle: the verdict, or None while nobody has checked it.

    `outdated`: the group has changed its application since, so that the verdict is about something else.
    """

    principle: str
    verdict: Verdict | None = None
    overridden: str = ""
    outdated: bool = False

    @property
    def stops(self) -> bool:
        return (
            self.verdict is None or self.outdated or (self.verdict == Verdict.BLOCK and not self.overridden)
        )


def may_go_ahead(findings: Sequence[Finding]) -> Decision:
    """Whether the check allows an approval: every principle looked at as the application is now, and every block
    overridden with a reason."""
    if not findings:
        return Denied(
            _("This scheme has no principles, so nothing can be checked. Add them first."), status=409
        )
    missing = [each.principle for each in findings if each.verdict is None]
    if missing:
        return Denied(
            _("It is not checked yet: %(missing)s. An officer checks it first.")
            % {"missing": ", ".join(missing)},
            status=409,
        )
    outdated = [each.principle for each in findings if each.outdated]
    if outdated:
        return Denied(
            _(
                "The group has changed its application since an officer checked it: %(outdated)s. An officer looks at"
                " it again and saves the check first."
            )
            % {"outdated": ", ".join(outdated)},
            status=409,
        )
    blocked = [each.principle for each in findings if each.stops]
    if blocked:
        return Denied(
            _(
                "The check found something that stops it: %(blocked)s. Decline it, ask the group for more, or have"
                " the block overridden with a reason."
            )
            % {"blocked": ", ".join(blocked)},
            status=409,
        )
    return Allowed()


def although(findings: Iterable[Finding], waived: str = "") -> list[str]:
    """What the public reads about an approval that went past a block or an overdue report."""
    said = [
        _("Approved although the check stopped it at “%(principle)s”: %(reason)s")
        % {"principle": each.principle, "reason": each.overridden}
        for each in findings
        if each.overridden
    ]
    if waived:
        said.append(_("Approved although the group owed a report: %(reason)s") % {"reason": waived})
    return said


def owes_nothing(overdue: int, *, waived: bool) -> Decision:
    """A group with a report that is overdue gets nothing new, unless an officer has said why it should."""
    if not overdue or waived:
        return Allowed()
    return Denied(
        ngettext(
            "This group owes %(count)d report that is overdue. Wait for it, or have it waived with a reason.",
            "This group owes %(count)d reports that are overdue. Wait for them, or have it waived with a reason.",
            overdue,
        )
        % {"count": overdue},
        status=409,
    )


class Overlap(StrEnum):
    """Why another grant is shown beside an application, the strongest reason first."""

    IDEA = "idea"
    GROUP_THIS_YEAR = "group_this_year"
    TITLE = "title"
    PURPOSE = "purpose"
    GROUP_BEFORE = "group_before"
    PLACE_AND_COUNCILLOR = "place_and_councillor"
    OTHER_BUDGET = "other_budget"


OVERLAP_WORDS: dict[Overlap, Words] = {
    Overlap.IDEA: gettext_lazy("from the same idea"),
    Overlap.GROUP_THIS_YEAR: gettext_lazy("same group, this year"),
    Overlap.TITLE: gettext_lazy("nearly the same title"),
    Overlap.PURPOSE: gettext_lazy("nearly the same purpose"),
    Overlap.GROUP_BEFORE: gettext_lazy("same group, an earlier year"),
    Overlap.PLACE_AND_COUNCILLOR: gettext_lazy("same place and councillor"),
    Overlap.OTHER_BUDGET: gettext_lazy("asks another councillor"),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How another application or award compares with the one on the desk."""

    same_group: bool = False
    same_idea: bool = False
    same_year: bool = True
    same_place: bool = False
    same_budgets: bool = True
    title_alike: float = 0.0
    purpose_alike: float = 0.0


def overlaps(likeness: Likeness) -> list[Overlap]:
    """The reasons to look at it, the strongest first; empty when it need not be shown.

    The same place and councillor alone say little, and only within the year. That it asks another councillor is never
    a reason of its own: it is said of what overlaps already, because two councillors may not know of each other.
    """
    found = {
        Overlap.IDEA: likeness.same_idea,
        Overlap.GROUP_THIS_YEAR: likeness.same_group and likeness.same_year,
        Overlap.TITLE: likeness.title_alike >= TITLE_ALIKE,
        Overlap.PURPOSE: likeness.purpose_alike >= PURPOSE_ALIKE,
        Overlap.GROUP_BEFORE: likeness.same_group and not likeness.same_year,
        Overlap.PLACE_AND_COUNCILLOR: likeness.same_place and likeness.same_budgets and likeness.same_year,
    }
    reasons = [each for each, holds in found.items() if holds]
    if reasons and not likeness.same_budgets:
        reasons.append(Overlap.OTHER_BUDGET)
    return reasons


def weight(reasons: Collection[Overlap]) -> tuple[int, int]:
    """For sorting: the strongest reason first, then how many there are."""
    order = list(Overlap)
    return (min((order.index(each) for each in reasons), default=len(order)), -len(reasons))
