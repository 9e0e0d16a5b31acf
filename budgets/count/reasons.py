"""Why a project was funded or not, in plain words. No sentence of this stands anywhere else.

The command prints them as they are; a page translates them, and puts in its own names and amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from budgets.count.greedy import Fate, Turn
from budgets.count.rule import UTILITIES, Rule


def gettext_noop(words: str) -> str:
    """Mark words for translation: whoever shows them translates them."""
    return words


@dataclass(frozen=True, slots=True)
class Reason:
    """English sentences with gaps: for amounts in minor units, for projects by their id, and for numbers."""

    sentences: tuple[str, ...]
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
        gaps = {name: money(amount) for name, amount in self.money.items()}
        gaps |= {name: project(id) for name, id in self.projects.items()}
        gaps |= {name: f"{number:,}" for name, number in self.numbers.items()}
        return " ".join(translate(sentence) % gaps for sentence in self.sentences)


LOST_BY = {
    "cost asc": gettext_noop("Lost the tie with %(rival)s, which costs less."),
    "cost desc": gettext_noop("Lost the tie with %(rival)s, which costs more."),
    "votes desc": gettext_noop("Lost the tie with %(rival)s, which has more votes."),
    "votes asc": gettext_noop("Lost the tie with %(rival)s, which has fewer votes."),
    "lot": gettext_noop("Lost the tie with %(rival)s, drawn by the published seed."),
    "id": gettext_noop("Lost the tie with %(rival)s, whose number comes first, as the rule says."),
}
LOST = {
    Fate.EXCLUDED: gettext_noop("Excluded: its alternative %(rival)s was funded."),
    Fate.NOT_REACHED: gettext_noop(
        "Not reached: the count stopped at %(rival)s, for which too little was left."
    ),
    Fate.UNSUPPORTED: gettext_noop("Not funded: no ballot gives it anything."),
    Fate.BELOW_THRESHOLD: gettext_noop("Below the minimum support. Votes: %(votes)s. Needed: %(least)s."),
    Fate.TOO_EXPENSIVE: gettext_noop("Skipped: it costs %(short)s more than the %(left)s that was left."),
    Fate.OUTBID: gettext_noop("Not funded."),
}
STOPPED = gettext_noop(
    "Not funded: it costs %(short)s more than the %(left)s that was left, and here the count stopped."
)
LACKING = gettext_noop("Together its supporters had %(lacking)s too little left of their shares.")
FUNDED = gettext_noop("Funded: %(left)s was left when its turn came.")
FREE = gettext_noop("Funded: it costs nothing.")
LEFTOVER = gettext_noop("Funded from the %(left)s that equal shares left over.")
PRICES = {
    "votes": gettext_noop("Funded at %(price)s for each supporter."),
    "points": gettext_noop("Funded at %(price)s for each point."),
    "borda": gettext_noop("Funded at %(price)s for each place above another project."),
    "position": gettext_noop("Funded at %(price)s for each place counted from the last."),
}
PAYERS = gettext_noop("Supporters who paid: %(payers)s.")
EMPTIED = gettext_noop("Supporters who paid: %(payers)s. Of them gave all that they had left: %(emptied)s.")


def reason(rule: Rule, turn: Turn) -> Reason:
    """Why this project was funded by the rule, or not."""
    return Reason(
        _funded(rule, turn) if turn.fate == Fate.FUNDED else _lost(rule, turn),
        money={
            "left": Fraction(turn.left),
            "short": turn.short,
            "lacking": turn.lacking,
            "price": turn.price or Fraction(0),
        },
        projects={"rival": turn.beaten_by},
        numbers={
            "votes": int(turn.score),
            "least": rule.threshold,
            "payers": turn.payers,
            "emptied": turn.emptied,
        },
    )


def _funded(rule: Rule, turn: Turn) -> tuple[str, ...]:
    if turn.price == 0:
        return (FREE,)
    if turn.leftover:
        return (LEFTOVER, LACKING) if turn.lacking else (LEFTOVER,)
    if turn.price is None:
        return (FUNDED,)
    return PRICES[UTILITIES[rule.utility][0]], EMPTIED if turn.emptied else PAYERS


def _lost(rule: Rule, turn: Turn) -> tuple[str, ...]:
    if turn.decided_by:
        return (LOST_BY[turn.decided_by],)
    stopped = turn.fate == Fate.TOO_EXPENSIVE and rule.kind == "greedy" and not rule.skip
    first = STOPPED if stopped else LOST[turn.fate]
    return (first, LACKING) if turn.lacking else (first,)
