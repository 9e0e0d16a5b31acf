"""Ballots: one that was counted and paid for, one that people vote in now, and one being prepared.

Voters are invented, and so is their electoral roll. Everything goes through the verbs, each as if on its day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from budgets.actions import allocate, open_budget, pay_award
from budgets.ballots import actions
from budgets.ballots.actions import Details, Line, PotDetails, ProjectDetails
from budgets.ballots.actions.ideas import settle_ideas
from budgets.ballots.enums import Hand, Kind, Level, Proof
from budgets.ballots.models import Ballot, Pot
from budgets.ballots.queries import Ticket, sheet_for, verify, winners_awarded
from budgets.ballots.rules.counting import rule_line
from budgets.ballots.rules.sheet import PotOnSheet, Sheet, problems
from budgets.models import Budget
from engage.demo.content import county, read, residents
from engage.demo.loaded import Loaded
from engage.demo.pictures import alt_text
from engage.demo.plan import LONDON, TODAY
from engage.demo.signins import VOTER
from engage.places.models import Place

ELECTOR = "TW-{:05d}"
CODES = 40


def load_ballots(loaded: Loaded) -> None:
    for row in read("ballots")["ballot"]:
        ballot = _set_up(loaded, row)
        if "opened_on" not in row:
            continue
        _load_roll(loaded, ballot, row)
        codes = _issue_codes(loaded, ballot, row)
        actions.open_ballot(ballot=ballot, by=loaded.officer, at=_at(row["opened_on"]))
        _vote(loaded, ballot, row, codes)
        if "counted_on" in row:
            _count(loaded, ballot, row)


# --- setting up -------------------------------------------------------------------------------------------


def _set_up(loaded: Loaded, row: Mapping[str, Any]) -> Ballot:
    now = _at(row.get("opened_on", TODAY)) - timedelta(days=9)
    first, last = row["voting"]
    kind = Kind(row["kind"])
    council = Place.objects.get(gss_code=county()["council"]["code"])
    ballot = actions.set_up_ballot(
        details=Details(
            title=row["title"],
            summary=row["summary"],
            place=council,
            proofs=row["proofs"],
            on_paper=row["on_paper"],
            kind=kind,
            most=row.get("most"),
            rule=rule_line(row["rule"], kind),
            opens_at=datetime.combine(first, time(), LONDON),
            closes_at=datetime.combine(last + timedelta(days=1), time(), LONDON),
            turnout_shown=True,
            languages=["en"],
        ),
        by=loaded.officer,
        at=now,
    )
    budget = _fund(loaded, council, row, now)
    pots = {each["name"]: _pot(loaded, ballot, council, budget, each, now) for each in row["pot"]}
    for each in row["project"]:
        _project(loaded, pots[each["pot"]], council, each, now)
    return ballot


def _fund(loaded: Loaded, council: Place, row: Mapping[str, Any], at: datetime) -> Budget:
    """The council's own fund for votes, one a year."""
    found = Budget.objects.filter(year=row["year"], place=council, councillor=None).first()
    budget = found or open_budget(year=row["year"], place=council, by=loaded.officer, at=at)
    allocate(
        budget=budget,
        amount_pence=sum(each["amount"] for each in row["pot"]) * 100,
        on=at.date(),
        note=f"For the vote “{row['title']}”.",
        key=f"demo:ballot:{row['key']}",
        by=loaded.officer,
        at=at,
    )
    budget.refresh_from_db()
    return budget


def _pot(
    loaded: Loaded, ballot: Ballot, council: Place, budget: Budget, row: Mapping[str, Any], at: datetime
) -> Pot:
    place = loaded.places.get(row["place"], council)
    details = PotDetails(name=row["name"], place=place, amount_pence=row["amount"] * 100, budget=budget)
    return actions.add_pot(ballot=ballot, details=details, by=loaded.officer, at=at)


def _project(loaded: Loaded, pot: Pot, council: Place, row: Mapping[str, Any], at: datetime) -> None:
    idea = loaded.ideas[row["idea"]] if "idea" in row else None
    picture = row.get("picture", "")
    details = ProjectDetails(
        title=row["title"],
        cost_pence=row["cost"] * 100,
        place=idea.place if idea else loaded.places.get(row.get("place", ""), council),
        summary=row["summary"],
        description=idea.description if idea else row.get("description", ""),
        assessment=row.get("assessment", ""),
        theme=loaded.themes[row["theme"]],
        idea=idea,
        exclusive=row.get("exclusive", ""),
        image=loaded.images[picture] if picture else None,
        alt=alt_text(picture) if picture else "",
        organisation=loaded.organisations[row["org"]],
        promised_on=row.get("promised_on"),
    )
    actions.add_project(pot=pot, details=details, by=loaded.officer, at=at)


# --- voters -----------------------------------------------------------------------------------------------


def _load_roll(loaded: Loaded, ballot: Ballot, row: Mapping[str, Any]) -> None:
    """More electors than voters, and nobody's real name or home."""
    rng = Random(f"roll {row['key']}")
    homes = rng.choices(row["homes"], k=row["voters"] * 3)
    lines = [
        Line(ELECTOR.format(number), _last_name(number), VOTER.postcode, loaded.places[home])
        for number, home in enumerate(homes)
    ]
    lines.append(Line(*VOTER, loaded.places[homes[0]]))
    actions.load_electors(ballot=ballot, lines=lines, by=loaded.officer, at=_at(row["opened_on"]))


def _last_name(number: int) -> str:
    names = residents()
    return names[number % len(names)].split(" ", 1)[1]


def _issue_codes(loaded: Loaded, ballot: Ballot, row: Mapping[str, Any]) -> list[str]:
    """Letters for the first electors, who vote with them; the others show that they are on the roll."""
    if Proof.CODE not in row["proofs"]:
        return []
    issued = actions.issue_codes(
        ballot=ballot,
        hand=Hand.POST,
        number=0,
        electors=[ELECTOR.format(number) for number in range(CODES)],
        note="Letters to electors",
        by=loaded.officer,
        at=_at(row["opened_on"]),
    )
    return [each.code for each in issued]


# --- voting -----------------------------------------------------------------------------------------------


def _vote(loaded: Loaded, ballot: Ballot, row: Mapping[str, Any], codes: Sequence[str]) -> None:
    rng = Random(f"votes {row['key']}")
    first, last = row["voting"]
    days = (min(last, TODAY) - first).days
    liked = {each["title"]: each for each in row["project"]}
    places = {place.pk: place for place in loaded.places.values()}
    sheets: dict[int, Sheet] = {}
    for number in range(row["voters"]):
        at = datetime.combine(first + timedelta(rng.randint(0, days)), time(rng.randint(8, 20)), LONDON)
        ticket = _ticket(ballot, codes, number, at)
        sheet = sheets.get(ticket.place) or sheet_for(ballot, places[ticket.place])
        sheets[ticket.place] = sheet
        actions.cast_ballot(
            ballot=ballot,
            ticket=ticket,
            document=_choices(sheet, liked, _slug(loaded, ticket.place), rng),
            at=at,
            helped_by=loaded.officer if number < row.get("helped", 0) else None,
        )


def _ticket(ballot: Ballot, codes: Sequence[str], number: int, at: datetime) -> Ticket:
    if number < len(codes):
        return verify(ballot=ballot, proof=Proof.CODE, claim={"code": codes[number]}, at=at)
    claim = {"number": ELECTOR.format(number), "last_name": _last_name(number), "postcode": VOTER.postcode}
    return verify(ballot=ballot, proof=Proof.ROLL, claim=claim, at=at)


def _choices(sheet: Sheet, liked: Mapping[str, Any], home: str, rng: Random) -> dict[str, Any]:
    """At least one project: a paper with nothing on it cannot be cast."""
    chosen = {pot.key: _from(sheet, pot, liked, home, rng) for pot in sheet.pots}
    if not any(chosen.values()):
        first = sheet.pots[0]
        chosen[first.key] = [min(first.options, key=lambda option: option.cost).key]
    return {"pots": chosen}


def _from(sheet: Sheet, pot: PotOnSheet, liked: Mapping[str, Any], home: str, rng: Random) -> list[str]:
    found: list[str] = []
    for option in rng.sample(pot.options, len(pot.options)):
        project = liked[option.title]
        chance = project["liked"] * (2 if home in project["near"] else 1)
        tried = [*found, option.key]
        fits = not problems(sheet, {pot.key: tuple((key, 1) for key in tried)})
        if rng.randrange(100) < chance and fits:
            found = tried
    return found


def _slug(loaded: Loaded, place: int) -> str:
    return next((slug for slug, each in loaded.places.items() if each.pk == place), "")


# --- afterwards -------------------------------------------------------------------------------------------


def _count(loaded: Loaded, ballot: Ballot, row: Mapping[str, Any]) -> None:
    at = _at(row["counted_on"])
    actions.close_ballot(ballot=ballot, by=loaded.officer, at=at)
    actions.count_ballot(ballot=ballot, by=loaded.officer, at=at)
    actions.publish_count(
        ballot=ballot, level=Level(row["level"]), reason=row["why"], by=loaded.officer, at=at
    )
    settle_ideas(ballot=ballot, at=at)
    actions.award_winners(ballot=ballot, by=loaded.officer, at=at)
    _deliver(loaded, ballot, {each["title"]: each for each in row["project"]})


def _deliver(loaded: Loaded, ballot: Ballot, planned: Mapping[str, Mapping[str, Any]]) -> None:
    """What became of the winners: done on time, done late, or still waited for, with the reason."""
    winners = [(planned[won.project.title], won) for won in winners_awarded(ballot)]
    for plan, won in winners:
        if moved := plan.get("moved"):
            actions.promise_milestone(
                won=won,
                title=won.milestones.get().title,
                promised_on=moved["to"],
                why_moved=moved["why"],
                by=loaded.officer,
                at=_at(moved["on"]),
            )
    done = [(plan["done_on"], won) for plan, won in winners if "done_on" in plan]
    for day, won in sorted(done, key=lambda each: each[0]):
        at = _at(day)
        actions.reach_milestone(milestone=won.milestones.get(), on=day, by=loaded.officer, at=at)
        pay_award(award=won.award, amount_pence=won.award.awarded_pence, on=day, by=loaded.officer, at=at)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), LONDON)
