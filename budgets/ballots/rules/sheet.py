"""The ballot paper: what is on it for one voter, and whether what they chose fits, with a sentence for each refusal.

Limits hold in each pot by itself. `docs/rules/ballots.md` is this module in prose. The same rules read what was
chosen online, what two people entered from paper, and what staff entered with the voter beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.ballots.enums import Kind
from engage.kit.decisions import Denied, Refused
from engage.kit.money import pounds


@dataclass(frozen=True, slots=True)
class Option:
    """One project as it is voted on. `place` is the name of the neighbourhood for which it is."""

    key: str
    title: str
    cost: int
    exclusive: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PotOnSheet:
    """`places` are those whose people vote on it: fixed with the ballot, however the tree of places grows later."""

    key: str
    name: str
    amount: int
    places: frozenset[int]
    options: tuple[Option, ...]

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class Home:
    """Where voters can say that they live. `pk` is the place."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`most`, `points` and `points_most` as on the ballot; None for no limit."""

    kind: Kind
    pots: tuple[PotOnSheet, ...]
    most: int | None = None
    points: int | None = None
    points_most: int | None = None
    homes: tuple[Home, ...] = ()

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Sheet:
        """The sheet with every pot, from the frozen document."""
        options: dict[str, list[Option]] = {pot["key"]: [] for pot in document["pots"]}
        for each in document["projects"]:
            options[each["pot"]].append(
                Option(
                    each["key"], each["title"], each["cost_pence"], each["exclusive"], each["place"]["name"]
                )
            )
        return cls(
            kind=Kind(document["kind"]),
            pots=tuple(
                PotOnSheet(
                    pot["key"],
                    pot["name"],
                    pot["amount_pence"],
                    frozenset(pot["places"]),
                    tuple(options[pot["key"]]),
                )
                for pot in document["pots"]
            ),
            most=document["most"],
            points=document["points"],
            points_most=document["points_most"],
            homes=tuple(Home(home["id"], home["name"]) for home in document["homes"]),
        )

    def for_place(self, place: int) -> Sheet:
        """What somebody who lives there votes on: the pots of all the places they live in."""
        return replace(self, pots=tuple(pot for pot in self.pots if place in pot.places))

    def titled(self, titles: Mapping[str, str], names: Mapping[str, str]) -> Sheet:
        """With other titles and names of pots, as in another language: sentences then call them so."""
        pots = (
            replace(
                pot,
                name=names[pot.key],
                options=tuple(replace(each, title=titles[each.key]) for each in pot.options),
            )
            for pot in self.pots
        )
        return replace(self, pots=tuple(pots))

    def has_place(self, place: int) -> bool:
        """Whether people of this place vote, perhaps without money of their own to vote on."""
        return any(place == home.pk for home in self.homes) or any(place in pot.places for pot in self.pots)

    def pot(self, key: str) -> PotOnSheet | None:
        return next((pot for pot in self.pots if pot.key == key), None)


# Pot → (project, points) in the order chosen; without points each has 1.
type Marks = Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why this cannot be cast: `pot` and `project` say where, empty when it is the whole paper."""

    sentence: str
    pot: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """The running total of one pot: `limit` None for none. `unit` is "pence", "points" or "projects"."""

    used: int
    limit: int | None
    unit: str

    @property
    def left(self) -> int | None:
        return None if self.limit is None else self.limit - self.used


def read(raw: Any) -> Marks:
    """Marks from a posted document: `{"pots": {"elm": ["P1", "P3"]}}`, for points `{"pots": {"elm": {"P1": 4}}}`.

    Refused when it has another shape; what it says is judged by `problems`.
    """
    pots = raw.get("pots") if isinstance(raw, Mapping) else None
    if not isinstance(pots, Mapping):
        raise Refused(
            Denied(_("This is not a ballot paper. Go back to the ballot and vote again."), status=422)
        )
    return {str(pot): tuple(_read_marks(chosen)) for pot, chosen in pots.items()}


def _read_marks(chosen: Any) -> Iterator[tuple[str, int]]:
    if isinstance(chosen, Mapping) and all(_whole(points) for points in chosen.values()):
        yield from ((str(key), points) for key, points in chosen.items() if points)
    elif isinstance(chosen, list) and all(isinstance(key, str) for key in chosen):
        yield from ((key, 1) for key in chosen)
    else:
        raise Refused(
            Denied(_("This is not a ballot paper. Go back to the ballot and vote again."), status=422)
        )


def _whole(points: Any) -> bool:
    return isinstance(points, int) and not isinstance(points, bool) and points >= 0


def require_pots(sheet: Sheet) -> Sheet:
    """Somebody may live where there is no money to vote on."""
    if not sheet.pots:
        raise Refused(
            Denied(
                _("This ballot has no money for where you live, so there is nothing for you to vote on."),
                status=403,
            )
        )
    return sheet


def document_of(sheet: Sheet, marks: Marks) -> dict[str, Any]:
    """The document that `read` reads back."""
    if sheet.kind == Kind.POINTS:
        return {"pots": {pot: dict(chosen) for pot, chosen in marks.items()}}
    return {"pots": {pot: [key for key, _points in chosen] for pot, chosen in marks.items()}}


def problems(sheet: Sheet, marks: Marks) -> list[Problem]:
    """Everything that stands against casting it; none when it is valid. A pot may be left blank, a paper not."""
    found = [
        Problem(_("This part is not on your ballot paper. Go back to the ballot and vote again."), pot)
        for pot in marks
        if sheet.pot(pot) is None
    ]
    for pot in sheet.pots:
        found += _in_pot(sheet, pot, marks.get(pot.key, ()))
    if not found and not any(marks.values()):
        found.append(Problem(_("You have not chosen anything. Choose at least one project.")))
    return found


def why_not(sheet: Sheet, marks: Marks, project: str) -> str:
    """Why this project cannot be added to what is chosen, in a sentence; empty when it can."""
    pot = next((pot for pot in sheet.pots if pot.option(project)), None)
    if pot is None:
        return _("This project is not on your ballot paper.")
    chosen = dict(marks.get(pot.key, ()))
    if project in chosen and sheet.kind != Kind.POINTS:
        return ""
    chosen[project] = chosen.get(project, 0) + 1
    return next((each.sentence for each in _in_pot(sheet, pot, tuple(chosen.items()))), "")


def used(sheet: Sheet, pot: PotOnSheet, marks: Marks) -> Used:
    chosen = marks.get(pot.key, ())
    if sheet.kind == Kind.KNAPSACK:
        costs = {option.key: option.cost for option in pot.options}
        return Used(sum(costs.get(key, 0) for key, _points in chosen), pot.amount, "pence")
    if sheet.kind == Kind.POINTS:
        return Used(sum(points for _key, points in chosen), sheet.points, "points")
    limit = sheet.most if sheet.kind in {Kind.PICK, Kind.RANKING} else None
    return Used(len(chosen), limit, "projects")


def _in_pot(sheet: Sheet, pot: PotOnSheet, chosen: tuple[tuple[str, int], ...]) -> list[Problem]:
    keys = [key for key, _points in chosen]
    strange = [
        Problem(_("Project %(key)s is not on your ballot paper.") % {"key": key}, pot.key, key)
        for key in keys
        if pot.option(key) is None
    ]
    if strange:
        return strange
    twice = [
        Problem(_("Project %(key)s is chosen twice. Choose it once.") % {"key": key}, pot.key, key)
        for key in dict.fromkeys(key for key in keys if keys.count(key) > 1)
    ]
    if sheet.kind != Kind.POINTS and any(points != 1 for _key, points in chosen):
        return [Problem(_("This is not a ballot paper. Go back to the ballot and vote again."), pot.key)]
    judge = {Kind.KNAPSACK: _over_budget, Kind.POINTS: _over_points}.get(sheet.kind, _over_most)
    return twice + list(judge(sheet, pot, chosen))


def _over_most(sheet: Sheet, pot: PotOnSheet, chosen: tuple[tuple[str, int], ...]) -> Iterator[Problem]:
    limit = used(sheet, pot, {pot.key: chosen}).limit
    if limit is not None and len(chosen) > limit:
        words = ngettext(
            "You can choose %(most)d project from “%(pot)s”. Take one off to choose another.",
            "You can choose %(most)d projects from “%(pot)s”. Take one off to choose another.",
            limit,
        )
        yield Problem(words % {"most": limit, "pot": pot.name}, pot.key)


def _over_budget(sheet: Sheet, pot: PotOnSheet, chosen: tuple[tuple[str, int], ...]) -> Iterator[Problem]:
    total = used(sheet, pot, {pot.key: chosen})
    if total.used > pot.amount:
        yield Problem(
            _("This is %(over)s more than the %(amount)s there is for “%(pot)s”. Take something off first.")
            % {"over": pounds(total.used - pot.amount), "amount": pounds(pot.amount), "pot": pot.name},
            pot.key,
        )
    groups: dict[str, Option] = {}
    for key, _points in chosen:
        option = pot.option(key)
        assert option is not None
        rival = groups.setdefault(option.exclusive, option) if option.exclusive else option
        if rival.key != option.key:
            yield Problem(
                _("Only one of “%(one)s” and “%(other)s” can be built. Choose one of them.")
                % {"one": rival.title, "other": option.title},
                pot.key,
                key,
            )


def _over_points(sheet: Sheet, pot: PotOnSheet, chosen: tuple[tuple[str, int], ...]) -> Iterator[Problem]:
    total = used(sheet, pot, {pot.key: chosen})
    if total.limit is not None and total.used > total.limit:
        words = ngettext(
            "You have %(points)d point for “%(pot)s” and gave %(used)d. Take some back.",
            "You have %(points)d points for “%(pot)s” and gave %(used)d. Take some back.",
            total.limit,
        )
        yield Problem(words % {"points": total.limit, "used": total.used, "pot": pot.name}, pot.key)
    for key, points in chosen:
        if points < 1:
            yield Problem(_("Give project %(key)s at least one point.") % {"key": key}, pot.key, key)
        elif sheet.points_most is not None and points > sheet.points_most:
            yield Problem(
                _("One project can have %(most)d points at most.") % {"most": sheet.points_most}, pot.key, key
            )
