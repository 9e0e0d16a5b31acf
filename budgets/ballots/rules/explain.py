"""A rule, and what it did to each project, in the reader's words.

Every number comes from the engine's result. Why a project won or lost is said in `budgets.count.reasons` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from budgets.count import Fate, Rule, Turn, UnknownRule, parse, reason, turns_in
from engage.kit.money import pounds

CHOICE_WORDS = {
    "shares": gettext_lazy(
        "Every ballot gets the same share of the money. A project is funded when its supporters can pay for it"
        " together; what is left over goes to the projects with most votes. Many neighbourhoods win something."
    ),
    "most-votes": gettext_lazy(
        "Projects are funded from most votes down. One that costs more than is left is skipped, and the next is tried."
    ),
    "most-votes-stop": gettext_lazy(
        "Projects are funded from most votes down. At the first that costs more than is left, the count stops."
    ),
    "value": gettext_lazy(
        "Projects are funded from most votes for each pound down, so small ones that many want come first."
    ),
}
_SCORED = {
    "votes": gettext_lazy("votes"),
    "points": gettext_lazy("points"),
    "borda": gettext_lazy("places above other projects"),
    "position": gettext_lazy("places on the ballot"),
}
_TIES = {
    "cost asc": gettext_lazy("the cheaper project goes first"),
    "cost desc": gettext_lazy("the dearer project goes first"),
    "votes asc": gettext_lazy("the one with fewer votes goes first"),
    "votes desc": gettext_lazy("the one with more votes goes first"),
    "lot": gettext_lazy("the lot decides, which was drawn and sealed before the first vote"),
}


def in_words(line: str) -> list[str]:
    """A rule as sentences, one for each thing that decides. A line that cannot be read is shown as it is."""
    try:
        rule = parse(line)
    except UnknownRule:
        return [line]
    steps = _shares(rule) if rule.kind == "mes" else _greedy(rule)
    if rule.threshold:
        words = ngettext(
            "A project that nobody chose is never funded.",
            "A project with fewer than %(votes)d votes is never funded.",
            rule.threshold,
        )
        steps.append(words % {"votes": rule.threshold})
    ties = [str(_TIES[tie]) for tie in _ties(rule)]
    if ties:
        steps.append(_("When projects are level: %(ties)s.") % {"ties": _("; then ").join(ties)})
    return steps


def _shares(rule: Rule) -> list[str]:
    steps = [
        _("The money is divided equally: every ballot starts with the same share."),
        _(
            "A project is funded when the ballots that support it can pay its whole cost between them."
            " First comes the one that asks least of each supporter for what they get."
        ),
        _("Every supporter pays the same part of the price, or all that they have left if that is less."),
    ]
    if rule.step is not None:
        steps.append(
            _(
                "If money is left, every share is made %(step)s larger and the count starts again, as long as"
                " the winners cost no more than there is."
            )
            % {"step": pounds(rule.step * 100)}
        )
    if rule.completion != "none":
        steps.append(
            _("What is left then goes to the projects with most %(score)s that still fit.")
            % {"score": _SCORED[rule.completion]}
        )
    return steps


def _greedy(rule: Rule) -> list[str]:
    score, *per = rule.score.split("/")
    first = _("Projects take their turn from most %(score)s for each pound of their cost down.")
    if not per:
        first = _("Projects take their turn from most %(score)s down.")
    fits = _(
        "A project is funded when its whole cost is left. Else it is skipped, and the next has its turn."
    )
    if not rule.skip:
        fits = _(
            "A project is funded when its whole cost is left. At the first that does not fit, the count stops."
        )
    return [first % {"score": _SCORED[score]}, fits]


# --- one project ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """What a count says of one project. `score` is what it was ordered by, in words; `left` what was left before."""

    key: str
    funded: bool
    reason: str
    score: str
    left: int
    tied: tuple[str, ...] = ()


def stories(result: Mapping[str, Any], *, titles: Mapping[str, str]) -> list[Story]:
    """Every project in the order of its turn. `result` is the engine's document."""
    rule = parse(result["rule"])

    def named(key: str) -> str:
        return _("“%(title)s”") % {"title": titles.get(key, key)}

    def story(turn: Turn) -> Story:
        why = reason(rule, turn).said(
            money=lambda part: pounds(round(part)), project=named, translate=gettext
        )
        return Story(
            key=turn.project,
            funded=turn.fate == Fate.FUNDED,
            reason=why + _level(turn, rule, named),
            score=_score(turn, rule),
            left=turn.left,
            tied=turn.tied,
        )

    return [story(turn) for turn in turns_in(result)]


def _level(turn: Turn, rule: Rule, named: Callable[[str], str]) -> str:
    """With whom it was level, where that did not cost it the money."""
    if not turn.tied or turn.decided_by:
        return ""
    return " " + _("It was level with %(others)s. Then %(ties)s.") % {
        "others": ", ".join(named(key) for key in turn.tied),
        "ties": _("; then ").join(str(_TIES[tie]) for tie in _ties(rule)),
    }


def _ties(rule: Rule) -> list[str]:
    """What decides between projects that are level. A sealed lot carries its seed after a colon."""
    plain = (tie.split(":")[0] for tie in rule.ties)
    return [tie for tie in plain if tie in _TIES]


def _score(turn: Turn, rule: Rule) -> str:
    if rule.kind == "mes":
        return ""
    if "/" in rule.score:
        return _("%(score)s for each £1,000") % {"score": f"{float(turn.score * 100_000):,.1f}"}
    return f"{int(turn.score):,}"


# --- equal shares, worked -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of a count in pounds: `first` is what each ballot started with when the money was divided, `final`
    after `steps` raises. `example` works the first purchase out.
    """

    voters: int
    budget: int
    first: Fraction
    final: Fraction
    steps: int
    rounds: tuple[Mapping[str, Any], ...]

    @property
    def first_words(self) -> str:
        return _exact(self.first)

    @property
    def final_words(self) -> str:
        return _exact(self.final)


def shares(result: Mapping[str, Any]) -> Shares | None:
    """None when the count was by another rule, or nobody voted."""
    found = result.get("shares")
    if not found or not result["voters"]:
        return None
    return Shares(
        voters=result["voters"],
        budget=result["budget"],
        first=Fraction(result["budget"], result["voters"]),
        final=Fraction(found["start"]),
        steps=found["steps"],
        rounds=tuple(found["rounds"]),
    )


def _exact(pence: Fraction) -> str:
    """To the penny, and said so when it is not exactly that."""
    words = pounds(round(pence))
    return words if pence.denominator == 1 else _("about %(amount)s") % {"amount": words}
