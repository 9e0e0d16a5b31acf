"""A rule, and what it did to each project, in plain words. What the public reads of a count is written here.

The words say what the engine did and nothing more: every number comes from its result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgets.count import Fate, Rule, UnknownRule, parse
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

_LOST = {
    "cost asc": gettext_lazy("It was level with “%(rival)s”, which costs less."),
    "cost desc": gettext_lazy("It was level with “%(rival)s”, which costs more."),
    "votes asc": gettext_lazy("It was level with “%(rival)s”, which has fewer votes."),
    "votes desc": gettext_lazy("It was level with “%(rival)s”, which has more votes."),
    "lot": gettext_lazy("It was level with “%(rival)s”, and the sealed lot decided for that one."),
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


def stories(result: Mapping[str, Any], *, costs: Mapping[str, int], titles: Mapping[str, str]) -> list[Story]:
    """Every project in the order of its turn. `result` is the engine's document."""
    rule = parse(result["rule"])
    rounds = {each["project"]: each for each in result.get("shares", {}).get("rounds", [])}
    bought = set(rounds)
    return [
        Story(
            key=turn["project"],
            funded=turn["fate"] == Fate.FUNDED,
            reason=_reason(turn, rule, rounds.get(turn["project"]), costs, titles) + _tie(turn, rule, titles),
            score=_score(turn, rule, turn["project"] in bought),
            left=turn["left_before"],
            tied=tuple(turn.get("tied_with", ())),
        )
        for turn in result["turns"]
    ]


def _reason(
    turn: Mapping[str, Any],
    rule: Rule,
    bought: Mapping[str, Any] | None,
    costs: Mapping[str, int],
    titles: Mapping[str, str],
) -> str:
    if turn["fate"] == Fate.FUNDED:
        return _why(turn, rule, bought, costs)
    left = turn["left_before"]
    rival = turn.get("beaten_by", "")
    words = {
        Fate.TOO_EXPENSIVE: _("Not funded: it costs %(over)s more than the %(left)s that was left."),
        Fate.EXCLUDED: _("Not funded: only one of a group can be, and “%(rival)s” was."),
        Fate.NOT_REACHED: _("Not funded: the count had stopped before its turn."),
        Fate.BELOW_THRESHOLD: _("Not funded: it has %(votes)s votes, and %(least)d are needed."),
        Fate.UNSUPPORTED: _("Not funded: nobody chose it."),
        Fate.OUTBID: _("Not funded: its supporters did not have enough left to pay for it together."),
    }[Fate(turn["fate"])]
    return words % {
        "over": pounds(costs[turn["project"]] - left),
        "left": pounds(left),
        "rival": titles.get(rival, rival),
        "votes": turn["score"],
        "least": rule.threshold,
    }


def _why(
    turn: Mapping[str, Any], rule: Rule, bought: Mapping[str, Any] | None, costs: Mapping[str, int]
) -> str:
    """Why it was funded."""
    left = pounds(turn["left_before"])
    if bought:
        return _paid(bought, rule)
    if not costs[turn["project"]]:
        return _("Funded: it costs nothing.")
    if rule.kind == "mes":
        completion = rule.completion if rule.completion != "none" else "votes"
        return _(
            "Funded from what was left over: it has the most %(score)s of those that fit into the %(left)s."
        ) % {
            "left": left,
            "score": _SCORED[completion],
        }
    return _("Funded: %(left)s was left when its turn came.") % {"left": left}


def _paid(bought: Mapping[str, Any], rule: Rule) -> str:
    """`price` is for one vote, one point or one place above another project."""
    each = _pence(bought["price"])
    words = {
        "points": _("Funded: %(payers)s ballots paid for it together, %(each)s for each point they gave it"),
        "borda": _(
            "Funded: %(payers)s ballots paid for it together, %(each)s for each place it stands above another"
        ),
        "position": _(
            "Funded: %(payers)s ballots paid for it together, %(each)s for each place counted from the bottom"
        ),
    }.get(
        rule.utility.removesuffix("*cost"),
        _("Funded: %(payers)s ballots paid for it together, %(each)s each"),
    )
    text = words % {"payers": f"{bought['payers']:,}", "each": each}
    emptied = bought["emptied"]
    if emptied:
        text += ngettext(
            "; %(number)s of them had less than that left and gave all of it",
            "; %(number)s of them had less than that left and gave all of it",
            emptied,
        ) % {"number": f"{emptied:,}"}
    return text + "."


def _tie(turn: Mapping[str, Any], rule: Rule, titles: Mapping[str, str]) -> str:
    """With whom it was level, and when it lost by that, what decided."""
    others = turn.get("tied_with")
    if not others:
        return ""
    lost = turn.get("decided_by", "").split(":")[0]
    if lost in _LOST:
        rival = turn.get("beaten_by", others[0])
        return " " + _LOST[lost] % {"rival": titles.get(rival, rival)}
    named = ", ".join(f"“{titles.get(key, key)}”" for key in others)
    return " " + _("It was level with %(others)s. Then %(ties)s.") % {
        "others": named,
        "ties": _("; then ").join(str(_TIES[tie]) for tie in _ties(rule)),
    }


def _ties(rule: Rule) -> list[str]:
    """What decides between projects that are level. A sealed lot carries its seed after a colon."""
    plain = (tie.split(":")[0] for tie in rule.ties)
    return [tie for tie in plain if tie in _TIES]


def _score(turn: Mapping[str, Any], rule: Rule, bought: bool) -> str:
    value = Fraction(turn["score"])
    if rule.kind == "mes":
        return ""
    if "/" in rule.score:
        return _("%(score)s for each £1,000") % {"score": f"{float(value * 100_000):,.1f}"}
    return f"{int(value):,}"


def _pence(text: str) -> str:
    """A fraction of pence as pounds, to the penny."""
    return pounds(round(Fraction(text)))


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
