"""What became of a project, in plain words that a page can show and translate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from budgets.count.counting import Count
from budgets.count.greedy import Fate, Turn
from budgets.count.instance import Instance
from budgets.count.rule import UTILITIES


def gettext_noop(words: str) -> str:
    """Mark words for translation: whoever shows them translates them."""
    return words


@dataclass(frozen=True, slots=True)
class Reason:
    """English `words` with gaps: for amounts in minor units, for projects by their id, and for numbers."""

    words: str
    money: Mapping[str, Fraction] = field(default_factory=dict)
    projects: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def said(
        self,
        *,
        money: Callable[[Fraction], str],
        project: Callable[[str], str],
        translate: Callable[[str], str] = str,
    ) -> str:
        gaps: dict[str, object] = {name: money(amount) for name, amount in self.money.items()}
        gaps |= {name: project(id) for name, id in self.projects.items()}
        return translate(self.words) % (gaps | dict(self.numbers))


LOST_BY = {
    "cost asc": gettext_noop("Lost the tie with %(rival)s, which costs less."),
    "cost desc": gettext_noop("Lost the tie with %(rival)s, which costs more."),
    "votes desc": gettext_noop("Lost the tie with %(rival)s, which has more votes."),
    "votes asc": gettext_noop("Lost the tie with %(rival)s, which has fewer votes."),
    "lot": gettext_noop("Lost the tie with %(rival)s, drawn by the published seed."),
    "id": gettext_noop("Lost the tie with %(rival)s, whose number comes first, as the rule says."),
}
OUTRIGHT = {
    Fate.EXCLUDED: gettext_noop("Excluded: its alternative %(rival)s was funded."),
    Fate.NOT_REACHED: gettext_noop(
        "Not reached: the count stopped at %(rival)s, for which too little was left."
    ),
    Fate.UNSUPPORTED: gettext_noop("Not funded: no ballot gives it anything."),
    Fate.OUTBID: gettext_noop(
        "Not funded: together its supporters had %(short)s too little left of their shares."
    ),
}
SKIPPED = gettext_noop("Skipped: it costs %(short)s more than was left.")
STOPPED = gettext_noop("Not funded: it costs %(short)s more than was left, and here the count stopped.")
SHARES = {
    "votes": gettext_noop("Funded at %(price)s for each supporter. Supporters who paid: %(payers)s."),
    "points": gettext_noop("Funded at %(price)s for each point. Supporters who paid: %(payers)s."),
    "borda": gettext_noop("Funded at %(price)s for each place on a ballot. Supporters who paid: %(payers)s."),
    "position": gettext_noop(
        "Funded at %(price)s for each place on a ballot. Supporters who paid: %(payers)s."
    ),
}


def reason(instance: Instance, counted: Count, turn: Turn) -> Reason:
    """Why this project was funded, or not."""
    if turn.decided_by:
        return Reason(LOST_BY[turn.decided_by], projects={"rival": turn.beaten_by})
    if turn.fate in OUTRIGHT:
        return Reason(OUTRIGHT[turn.fate], money={"short": turn.short}, projects={"rival": turn.beaten_by})
    if turn.fate == Fate.BELOW_THRESHOLD:
        return Reason(
            gettext_noop("Below the minimum support: %(votes)s votes, and %(least)s are needed."),
            numbers={"votes": instance.votes[turn.project], "least": counted.rule.threshold},
        )
    if turn.fate == Fate.TOO_EXPENSIVE:
        stops = counted.rule.kind == "greedy" and not counted.rule.skip
        return Reason(STOPPED if stops else SKIPPED, money={"short": turn.short})
    return _funded(instance, counted, turn)


def _funded(instance: Instance, counted: Count, turn: Turn) -> Reason:
    left = {"left": Fraction(turn.left)}
    if instance.cost[turn.project] == 0:
        return Reason(gettext_noop("Funded: it costs nothing."))
    if turn.leftover:
        return Reason(gettext_noop("Funded from the %(left)s that equal shares left over."), money=left)
    if turn.price is None:
        return Reason(gettext_noop("Funded: %(left)s was left when its turn came."), money=left)
    words = SHARES[UTILITIES[counted.rule.utility][0]]
    return Reason(words, money={"price": turn.price}, numbers={"payers": turn.payers})
