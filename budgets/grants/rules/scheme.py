"""What a year's scheme lets a group ask for, and a budget give: from its amounts, dates and ring-fences alone.

`docs/rules/scheme.md` is this module in prose; its worked tables are read by the tests. All amounts are whole pence.

A ring-fence keeps a part of each budget for one use. A grant is for capital spending or not, and helps the environment
or not; every penny of it fills one place only. So a grant that is both may fill either fence, and what a budget can
still give is the least that any fence leaves over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.grants.enums import Decides
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.money import pounds


@dataclass(frozen=True, slots=True)
class Use:
    """What the money is for, as far as fences ask: for things that last, for the environment, both or neither."""

    capital: bool = False
    environmental: bool = False


@dataclass(frozen=True, slots=True)
class Fences:
    """Pence of every budget that may be spent on nothing else."""

    capital: int = 0
    environment: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What a budget has promised or paid already, by use. Awards of which nobody knows the use count as `plain`."""

    plain: int = 0
    capital: int = 0
    environment: int = 0
    both: int = 0

    @classmethod
    def of(cls, awards: Iterable[tuple[Use, int]]) -> Given:
        given = cls()
        for use, pence in awards:
            given = given.and_also(use, pence)
        return given

    @property
    def total(self) -> int:
        return self.plain + self.capital + self.environment + self.both

    def and_also(self, use: Use, pence: int) -> Given:
        name = _NAMES[use]
        return replace(self, **{name: getattr(self, name) + pence})


_NAMES = {
    Use(): "plain",
    Use(capital=True): "capital",
    Use(environmental=True): "environment",
    Use(capital=True, environmental=True): "both",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """A scheme as its rules need it. No `fences` means that the money is free for any use."""

    title: str
    published: bool
    grant_min: int
    grant_max: int
    opens_on: date
    closes_on: date
    decide_by: date
    joint_grants: bool = True
    decides: str = Decides.COUNCILLOR
    officer_above: int | None = None
    fences: Fences = field(default_factory=Fences)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one budget is asked for, and how it stands. `holder` is whose budget it is, as people read it."""

    holder: str
    amount: int
    allocated: int
    given: Given = field(default_factory=Given)


def room(use: Use, allocated: int, fences: Fences, given: Given) -> int:
    """How much more a budget can give for `use`: never below nought, never more than what it has left.

    Each line below is a set of uses and the money they may share: what is neither gets what no fence keeps; capital
    spending that, and its own fence; and so on. A use may take what the tightest set that it is in leaves over.
    """
    limits = [allocated - given.total]
    if not use.environmental:
        limits.append(allocated - fences.environment - given.plain - given.capital)
    if not use.capital:
        limits.append(allocated - fences.capital - given.plain - given.environment)
    if use == Use():
        limits.append(allocated - fences.capital - fences.environment - given.plain)
    return max(0, min(limits))


def fences_fit(allocation: int, fences: Fences) -> Decision:
    """Whether a budget holds what its fences keep."""
    if fences.capital + fences.environment <= allocation:
        return Allowed()
    return Denied(
        _(
            "The ring-fences come to %(fences)s, which is more than each budget has (%(allocation)s). Lower one."
        )
        % {"fences": pounds(fences.capital + fences.environment), "allocation": pounds(allocation)},
        status=422,
    )


def takes_applications(terms: Terms, *, on: date) -> Decision:
    """Whether applications may be sent on that day."""
    if not terms.published:
        return Denied(
            _(
                "“%(scheme)s” is not published yet, so it takes no applications. You can save yours and send it later."
            )
            % {"scheme": terms.title},
            status=409,
        )
    if on < terms.opens_on:
        return Denied(
            _("“%(scheme)s” opens on %(day)s. Your application is kept: send it from that day on.")
            % {"scheme": terms.title, "day": _day(terms.opens_on)},
            status=409,
        )
    if on > terms.closes_on:
        return Denied(
            _(
                "The last day for “%(scheme)s” was %(day)s. Look on the grants page for when the next one opens,"
                " and start a new application then."
            )
            % {"scheme": terms.title, "day": _day(terms.closes_on)},
            status=409,
        )
    return Allowed()


def may_ask(terms: Terms, asks: Sequence[Asked], use: Use, *, on: date) -> Decision:
    """Whether a group may send an application that asks these budgets for these amounts on that day."""
    if not (decision := takes_applications(terms, on=on)):
        return decision
    return amounts_fit(terms, asks, use)


def amounts_fit(terms: Terms, asks: Sequence[Asked], use: Use) -> Decision:
    """The amounts alone: the smallest grant is one of the whole application, the largest one of each budget."""
    if not asks:
        return _wrong(_("Choose at least one councillor to ask."), "budget")
    if len(asks) > 1 and not terms.joint_grants:
        return _wrong(
            _("This scheme has no joint grants: ask one councillor only, and take the others out."), "budget"
        )
    total = sum(ask.amount for ask in asks)
    if total < terms.grant_min:
        return _wrong(
            _("The smallest grant is %(least)s, and you ask for %(asked)s. Ask for %(least)s or more.")
            % {"least": pounds(terms.grant_min), "asked": pounds(total)}
        )
    for ask in asks:
        if not (decision := _one_fits(terms, ask, use)):
            return decision
    return Allowed()


def may_award(terms: Terms, ask: Asked, use: Use, *, others: int = 0, on: date) -> Decision:
    """Whether this much may be awarded from one budget on that day.

    `others` is what other budgets give, or are still asked for, to the same application. The answer holds only while
    nobody else decides about the same budget: lock it first.
    """
    if on > terms.decide_by:
        return Denied(
            _(
                "The last day for decisions in “%(scheme)s” was %(day)s, so nothing can be awarded from it any more."
                " Decline it with that reason, or ask the grants team."
            )
            % {"scheme": terms.title, "day": _day(terms.decide_by)},
            status=409,
        )
    if ask.amount + others < terms.grant_min:
        return _wrong(
            _("The smallest grant is %(least)s. Award %(least)s or more, or decline it and say why.")
            % {"least": pounds(max(terms.grant_min - others, 1))}
        )
    return _one_fits(terms, ask, use)


def who_decides(terms: Terms, amount: int) -> Decides:
    """Who decides about an ask of that amount; a declared interest moves it to an officer all the same."""
    above = terms.officer_above is not None and amount > terms.officer_above
    return Decides.OFFICER if above else Decides(terms.decides)


def _one_fits(terms: Terms, ask: Asked, use: Use) -> Decision:
    said = {"holder": ask.holder, "asked": pounds(ask.amount)}
    if ask.amount <= 0:
        return _wrong(_("Enter an amount above £0 for %(holder)s.") % said)
    if ask.amount > terms.grant_max:
        return _wrong(
            _(
                "The largest grant from one budget is %(most)s, and this is %(asked)s. Make it %(most)s or less."
            )
            % {**said, "most": pounds(terms.grant_max)}
        )
    left = ask.allocated - ask.given.total
    if ask.amount > left:
        return _wrong(
            _("%(holder)s has %(left)s left this year, and this is %(asked)s. Make it %(left)s or less.")
            % {**said, "left": pounds(max(left, 0))}
            if left > 0
            else _("%(holder)s has nothing left to give this year.") % said
        )
    can_give = room(use, ask.allocated, terms.fences, ask.given)
    if ask.amount > can_give:
        return _wrong(
            _(
                "%(holder)s has %(left)s left, and only %(room)s of it may go to this kind of spending: the rest is"
                " kept for %(kept)s. Make it %(room)s or less."
            )
            % {**said, "left": pounds(left), "room": pounds(can_give), "kept": _kept_for(terms.fences, use)}
        )
    return Allowed()


def _kept_for(fences: Fences, use: Use) -> str:
    capital = fences.capital > 0 and not use.capital
    environment = fences.environment > 0 and not use.environmental
    if capital and environment:
        return _("capital spending and for the environment")
    return _("capital spending") if capital else _("the environment")


def _wrong(sentence: str, name: str = "amount") -> Denied:
    return Denied(sentence, status=422, field=name)


def days_left(until: date, *, on: date) -> int:
    """Days in which something can still be done, today included; 0 when it is over."""
    return max(0, (until - on).days + 1)


def days_left_words(until: date, *, on: date) -> str:
    left = days_left(until, on=on)
    if left == 0:
        return _("This day is over")
    if left == 1:
        return _("Today is the last day")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
