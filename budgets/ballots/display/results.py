"""A count as people read it: winners, the rest with the reason, the line where the money ended, shares worked out.

Everything here comes from what was stored with the count, which never changes: no visitor has anything counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.ballots import queries
from budgets.ballots.display.departures import signed_line
from budgets.ballots.display.languages import words_in
from budgets.ballots.display.promises import promises
from budgets.ballots.display.reckoning import few
from budgets.ballots.enums import Channel, Level
from budgets.ballots.models import Ballot, Count, Departure, Project, Publication, Won
from budgets.ballots.rules import counting
from budgets.ballots.rules.explain import CHOICE_WORDS, Shares, Story, in_words, shares, stories
from budgets.ballots.rules.small import without_small
from engage.kit.money import pounds

PARTS = {"paid_there": "spent", "paid_elsewhere": "committed", "kept": "remaining"}  # and how each is drawn
COLUMN, GAP, HEIGHT = 44, 8, 240  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Line:
    """One project of a pot, with what the count says and what was decided."""

    key: str
    title: str
    original: str
    cost: str
    cost_pence: int
    votes: int
    place: str
    story: Story
    funded: bool
    departure: Departure | None
    signed: str
    url: str
    award_url: str
    promises: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """A column of the cost line: from what was spent before this project up to what it would have made of it."""

    key: str
    title: str
    cost: str
    before: str
    after: str
    funded: bool
    x: str
    y: str
    height: str
    middle: str


@dataclass(frozen=True)
class PotResult:
    pot: Any
    amount: str
    spent: str
    left: str
    votes: int
    blank: int
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    drawing: dict[str, str]
    rule: str
    rule_words: list[str]
    shares: Shares | None
    worked: list[str]
    paid_for: list[dict[str, Any]]
    compared: list[dict[str, Any]]
    count: Count

    @property
    def won(self) -> list[Line]:
        return [line for line in self.lines if line.funded]

    @property
    def rest(self) -> list[Line]:
        return [line for line in self.lines if not line.funded]

    @property
    def table(self) -> list[dict[str, Any]]:
        """The comparison of rules, project by project."""
        return [
            {"line": line, "funded": [rule["funds"][number] for rule in self.compared]}
            for number, line in enumerate(self.lines)
        ]

    @property
    def departures(self) -> list[Line]:
        return [line for line in self.lines if line.departure]


def pot_result(ballot: Ballot, count: Count, *, today: date) -> PotResult:
    """A constant number of queries for each pot."""
    result = json.loads(count.result)
    projects = {
        each.key: each
        for each in Project.objects.filter(pot=count.pot_id)
        .select_related("place", "idea", "departure", "won__award")
        .prefetch_related("won__milestones")
    }
    words = words_in(queries.shown(ballot).document, "").projects
    titles = {key: words[key]["title"] for key in projects}
    costs = {key: each.cost_pence for key, each in projects.items()}
    told = stories(result, titles=titles)
    lines = tuple(
        _line(projects[story.key], words[story.key], story, count.supporters[story.key], today)
        for story in told
    )
    spent = sum(line.cost_pence for line in lines if line.funded)
    amount = count.pot.amount_pence
    steps, drawing = cost_line(told, costs, titles, amount)
    found = shares(result)
    return PotResult(
        pot=count.pot,
        amount=pounds(amount),
        spent=pounds(spent),
        left=pounds(amount - spent),
        votes=count.votes,
        blank=count.blank,
        lines=lines,
        steps=steps,
        drawing=drawing,
        rule=count.rule,
        rule_words=in_words(count.rule),
        shares=found,
        worked=worked(found, result, costs, titles) if found else [],
        paid_for=paid_for(result),
        compared=_compared(count, lines),
        count=count,
    )


def _line(project: Project, words: Mapping[str, Any], story: Story, votes: int, today: date) -> Line:
    departure: Departure | None = getattr(project, "departure", None)
    if departure is not None and departure.confirmed_at is None:
        departure = None  # it is not in force, and it is shown where it waits
    won: Won | None = getattr(project, "won", None)
    return Line(
        key=project.key,
        title=words["title"],
        original=words["original"],
        cost=pounds(project.cost_pence),
        cost_pence=project.cost_pence,
        votes=votes,
        place=project.place.name,
        story=story,
        funded=departure.funded if departure else story.funded,
        departure=departure,
        signed=signed_line(departure) if departure else "",
        url=project.idea.get_absolute_url() if project.idea else "",
        award_url=won.award.get_absolute_url() if won else "",
        promises=promises(won.milestones.all(), today) if won else [],
    )


def _compared(count: Count, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """For each rule which projects it funds, in the order of the list; the rule of this ballot says so."""
    costs = {line.key: line.cost_pence for line in lines}
    rows = []
    for choice in counting.CHOICES:
        winners = count.compared[choice]
        own = set(winners) == set(count.winners)
        rows.append(
            {
                "name": counting.CHOICES[choice][0],
                "words": CHOICE_WORDS[choice],
                "same": own,
                "funds": [line.key in winners for line in lines],
                "how_many": len(winners),
                "spent": pounds(sum(costs[key] for key in winners)),
            }
        )
    return rows


# --- the cost line ------------------------------------------------------------------------------------------


def cost_line(
    told: Sequence[Story], costs: Mapping[str, int], titles: Mapping[str, str], amount: int
) -> tuple[tuple[Step, ...], dict[str, str]]:
    """Projects in the order of their turns: what was funded stacks up, what did not fit stands above the line."""
    tops = [amount - story.left + costs[story.key] for story in told]
    highest = max([amount, *tops])
    base = HEIGHT - 28
    scale = Fraction(base - 24, highest or 1)

    def y(pence: int) -> Fraction:
        return base - pence * scale

    steps = []
    for number, (story, top) in enumerate(zip(told, tops, strict=True)):
        before = amount - story.left
        x = 72 + number * (COLUMN + GAP)
        steps.append(
            Step(
                key=story.key,
                title=titles[story.key],
                cost=pounds(costs[story.key]),
                before=pounds(before),
                after=pounds(top),
                funded=story.funded,
                x=_n(Fraction(x)),
                y=_n(y(top)),
                height=_n(max(y(before) - y(top), Fraction(2))),
                middle=_n(Fraction(x) + Fraction(COLUMN, 2)),
            )
        )
    width = 72 + len(told) * (COLUMN + GAP) + 8
    return tuple(steps), {
        "width": str(width),
        "height": str(HEIGHT),
        "right": str(width - 8),
        "base": str(base),
        "label_y": str(base + 18),
        "line_y": _n(y(amount)),
        "line_text_y": _n(y(amount) - 6),
        "column": str(COLUMN),
        "amount": pounds(amount),
    }


def _n(value: Fraction) -> str:
    return f"{float(value):.1f}"


# --- equal shares, in numbers -------------------------------------------------------------------------------


def worked(
    found: Shares, result: Mapping[str, Any], costs: Mapping[str, int], titles: Mapping[str, str]
) -> list[str]:
    """The shares of this very count, sentence by sentence."""
    lines = [
        _("%(budget)s divided between %(voters)s ballots is %(first)s for each.")
        % {"budget": pounds(found.budget), "voters": f"{found.voters:,}", "first": found.first_words}
    ]
    if found.steps:
        lines.append(
            ngettext(
                "Money was left, so every share was raised once, to %(final)s.",
                "Money was left, so every share was raised %(steps)d times, to %(final)s.",
                found.steps,
            )
            % {"steps": found.steps, "final": found.final_words}
        )
    for each in found.rounds[:1]:
        cost, payers = costs[each["project"]], each["payers"]
        lines.append(
            _(
                "First came “%(title)s”: %(cost)s shared by the %(payers)s ballots that chose it is %(each)s from each."
            )
            % {
                "title": titles[each["project"]],
                "cost": pounds(cost),
                "payers": f"{payers:,}",
                "each": pounds(round(Fraction(cost, payers))),
            }
        )
    bought = sum(costs[each["project"]] for each in found.rounds)
    rest = found.budget - bought
    lines.append(
        _("In this way supporters paid for %(number)d projects, %(bought)s together. %(rest)s was left over.")
        % {"number": len(found.rounds), "bought": pounds(bought), "rest": pounds(rest)}
    )
    later = [
        key
        for key in result["winners"]
        if key not in {each["project"] for each in found.rounds} and costs[key]
    ]
    if later:
        lines.append(
            _("What was left went to those with most votes that still fitted: %(names)s.")
            % {"names": ", ".join(f"“{titles[key]}”" for key in later)}
        )
    return lines


def neighbourhoods(ballot: Ballot, pot: PotResult) -> dict[str, Any]:
    """What the voters of each place of the pot brought into it by their shares, and what was funded there.

    No ballot says where its voter lives, so who paid for what cannot be known, and small places stand together. Where
    some voters gave this pot no ballot that counts, nobody knows of which place: then nothing is said of `brought`.
    """
    if pot.shares is None:
        return {}
    share = pot.shares.first
    on_sheet = queries.whole_sheet(ballot).pot(pot.pot.key)
    assert on_sheet is not None
    inside = queries.turnout(ballot, on_sheet.places)
    got: dict[str, list[Line]] = {}
    for line in pot.won:
        got.setdefault(line.place, []).append(line)
    rows = []
    for place, voters in inside.by_place.items():
        name = place.name if place else _("Places with few voters, together")
        brought = pounds(round(share * voters)) if voters >= queries.SMALL else "–"
        told = f"{voters:,}" if place else few(voters)
        rows.append(_neighbourhood(name, told, brought, got.pop(name, [])))
    rows += [_neighbourhood(name, "–", "–", lines) for name, lines in got.items()]
    return {"rows": rows, "brought": inside.voters == pot.votes}


def paid_for(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What ballots that chose a project of a place had, paid there and elsewhere, and kept. None are told of a few.

    `bar` is the same to draw: parts as wide as the money is, next to the largest.
    """
    places = result.get("places", [])
    largest = max(
        (Fraction(each["chose_there"]["shares"]) for each in places if each["chose_there"]), default=0
    )
    return [_payers(place, largest or 1) for place in places]


def _payers(place: Mapping[str, Any], largest: Fraction | int) -> dict[str, Any]:
    found = place["chose_there"]
    amounts = {name: Fraction(found[name]) if found else None for name in ("shares", *PARTS)}
    bar, x = [], Fraction(0)
    for name, kind in PARTS.items():
        width = (amounts[name] or 0) / Fraction(largest) * 100
        bar.append({"kind": kind, "x": f"{_n(x)}%", "width": f"{_n(width)}%"})
        x += width
    return {
        "name": place["place"],
        "ballots": f"{found['ballots']:,}" if found else _("not shown"),
        **{name: "–" if amount is None else pounds(round(amount)) for name, amount in amounts.items()},
        "leftover": pounds(place["from_what_was_left"]),
        "got": pounds(place["got"]),
        "bar": bar if found else [],
    }


def _neighbourhood(name: str, voters: str, brought: str, lines: Sequence[Line]) -> dict[str, str]:
    return {
        "name": name,
        "voters": voters,
        "brought": brought,
        "got": pounds(sum(line.cost_pence for line in lines)),
        "projects": ", ".join(line.title for line in lines),
    }


# --- the page as a whole ------------------------------------------------------------------------------------


def turnout_tables(turnout: queries.Turnout) -> dict[str, Any]:
    """Small numbers by channel are put together as well: a few on paper could be known by name."""
    large, rest = without_small(turnout.by_channel, queries.SMALL)
    channels = [(str(Channel(name).label), f"{voters:,}") for name, voters in sorted(large.items())]
    if rest:
        channels.append((_("In other ways, together"), few(rest)))
    places = [
        (
            place.name if place else _("Places with few voters, together"),
            f"{voters:,}" if place else few(voters),
        )
        for place, voters in turnout.by_place.items()
    ]
    return {"voters": few(turnout.voters), "channels": channels, "places": places}


def downloads(ballot: Ballot, count: Count, publication: Publication) -> list[dict[str, str]]:
    """Everything that somebody needs to check the count, with what each is."""
    key = count.pot.key
    found = []
    if publication.level == Level.ALL:
        found.append(
            {
                "url": reverse("ballots:count_file", args=[ballot.pk, key, "pb"]),
                "name": f"ballot-{ballot.pk}-{key}.pb",
                "what": _("Every ballot of this pot, in random order, in the Pabulib format"),
            }
        )
    return [
        *found,
        {
            "url": reverse("ballots:count_file", args=[ballot.pk, key, "json"]),
            "name": f"ballot-{ballot.pk}-{key}.json",
            "what": _("The result: every round with its exact fractions, and what became of each project"),
        },
        {
            "url": reverse("ballots:log", args=[ballot.pk]),
            "name": f"ballot-{ballot.pk}-log.txt",
            "what": _("The log of receipts, one line for each ballot paper"),
        },
        {
            "url": reverse("ballots:frozen", args=[ballot.pk]),
            "name": f"ballot-{ballot.pk}-frozen.json",
            "what": _("The ballot as it was frozen, byte for byte"),
        },
    ]


def checks(ballot: Ballot, count: Count, *, size: int, root: str) -> list[tuple[str, str]]:
    version = queries.version_of(ballot)
    assert version is not None
    result = json.loads(count.result)
    said = result.get("seed", {})
    public = (
        [
            (_("Public value after voting"), f"{said['tie_seed_value']} ({said['tie_seed_source']})"),
            (_("Seed of the lot, from both"), count.seed),
        ]
        if said.get("tie_seed_value")
        else []
    )
    return [
        (_("Frozen ballot, SHA-256"), version.sha256),
        (
            _("Sealed seed of the lot") if public else _("Seed of the lot"),
            said.get("tie_seed_sealed", count.seed),
        ),
        (_("Its SHA-256, published before voting"), version.commitment),
        *public,
        (_("Ballot papers in the log"), f"{size:,}"),
        (_("Root of the log"), root),
        (_("Result, SHA-256"), count.output_sha256),
        (_("Counting engine"), str(result["engine"])),
    ]


def command(ballot: Ballot, count: Count) -> str:
    return f"python -m budgets.count ballot-{ballot.pk}-{count.pot.key}.pb"
