"""Who said and did what when: the demo council's two and a half years, worked out from its content.

Pure and deterministic: the same content gives the same plan. Every date is fixed, counted from `TODAY`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from engage.demo import places
from engage.demo.content import county, read, residents
from engage.kit.money import pounds

TODAY = date(2026, 11, 21)
OPENED = date(2024, 5, 20)
YEARS = (2024, 2025, 2026)
LONDON = ZoneInfo("Europe/London")
START = datetime.combine(OPENED, time(8), LONDON)
AREAS = ("harstow", "coast", "market-towns", "wolds", "valley")
PANEL = "The grants panel"
MOST_COMMENTS = 5


@dataclass(frozen=True)
class Person:
    """A resident. `name` is the public name: whole, first name and initial, or first name alone."""

    name: str
    division: str
    joined_at: datetime


@dataclass(frozen=True)
class Change:
    status: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Remark:
    """`who` is a resident's position in `people()`, or a councillor's slug for an official answer."""

    who: int | str
    text: str
    at: datetime
    stance: str = "neutral"
    replies: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """An idea with everything that happened to it. `pin` is (latitude, longitude); `own` is for no call."""

    title: str
    text: str
    division: str
    theme: str
    author: int
    at: datetime
    pin: tuple[float, float] | None
    supporters: tuple[tuple[int, datetime], ...]
    changes: tuple[Change, ...]
    own: bool = False


@dataclass(frozen=True)
class Movement:
    """Money that moves on an award after its commitment; `kind` is an EntryKind."""

    kind: str
    amount_pence: int
    on: date
    note: str


@dataclass(frozen=True)
class Report:
    on: date
    outcomes: tuple[tuple[str, int, int], ...]
    story: str


@dataclass(frozen=True)
class Grant:
    """An award: `key` names it, `idea` is the title of the idea it grew from, `picture` a scene."""

    key: str
    year: int
    councillor: str
    organisation: str
    title: str
    purpose: str
    theme: str
    amount_pence: int
    decided_on: date
    decided_by: str
    reason: str
    idea: str
    picture: str
    movements: tuple[Movement, ...]
    report: Report | None


# --- people -----------------------------------------------------------------------------------------------


@cache
def people() -> tuple[Person, ...]:
    rng = Random("people")
    divisions = county()["division"]
    homes = rng.choices(
        [row["slug"] for row in divisions], [row["electors"] for row in divisions], k=len(residents())
    )
    found = []
    for name, home in zip(residents(), homes, strict=True):
        public, joined = _public_name(name, rng), moment(_day(rng, OPENED, date(2026, 10, 31)), rng)
        regular = regulars().get(name)
        found.append(Person(name, regular["division"], START) if regular else Person(public, home, joined))
    return tuple(found)


@cache
def regulars() -> dict[str, dict[str, Any]]:
    """The residents whom a visitor can be, by name."""
    return {row["name"]: row for row in read("regulars")["person"]}


@cache
def position(name: str) -> int:
    """Where a resident stands in `people()`."""
    return residents().index(name)


def _public_name(name: str, rng: Random) -> str:
    first, last = name.split(" ", 1)
    return rng.choices([name, f"{first} {last[0]}", first], [35, 40, 25])[0]


@cache
def councillors() -> dict[str, dict[str, Any]]:
    return {row["slug"]: row for row in read("councillors")["councillor"]}


# --- money ------------------------------------------------------------------------------------------------


@cache
def grants() -> tuple[Grant, ...]:
    """Every award in the order of its decision."""
    found = [
        _grant(year, slug, number, row)
        for year in YEARS
        for slug, rows in read(f"awards/{year}").items()
        for number, row in enumerate(rows, 1)
    ]
    return tuple(sorted(found, key=lambda grant: (grant.decided_on, grant.key)))


def _grant(year: int, slug: str, number: int, row: dict[str, Any]) -> Grant:
    key = f"{year}/{slug}/{number}"
    rng = Random(key)
    state = row.get("state", "reported")
    report = _report(year, row, rng) if state == "reported" else None
    return Grant(
        key=key,
        year=year,
        councillor=slug,
        organisation=row["org"],
        title=row["title"],
        purpose=row["purpose"] if report else _with_hopes(row),
        theme=row["theme"],
        amount_pence=row["amount"] * 100,
        decided_on=row["on"],
        decided_by=PANEL if row.get("interest") else f"Councillor {councillors()[slug]['name']}",
        reason=row["reason"],
        idea=row.get("idea", ""),
        picture=row.get("picture", ""),
        movements=tuple(_movements(row, state, report, rng)),
        report=report,
    )


def _with_hopes(row: dict[str, Any]) -> str:
    """What the money is for, with the numbers the group expects to report."""
    hopes = [
        f"{measure[0].lower()}{measure[1:]}: {number:,}" for measure, number, *_ in row.get("outcomes", [])
    ]
    return f"{row['purpose']}\n\nWhat the group expects: {'; '.join(hopes)}." if hopes else row["purpose"]


def _report(year: int, row: dict[str, Any], rng: Random) -> Report:
    shortest, longest, latest = {
        2024: (150, 260, date(2025, 9, 18)),
        2025: (170, 260, date(2026, 11, 13)),
        2026: (90, 105, date(2026, 11, 12)),
    }[year]
    on = _weekday(min(row["on"] + timedelta(rng.randint(shortest, longest)), latest))
    outcomes = tuple((measure, forecast, actual) for measure, forecast, actual in row["outcomes"])
    return Report(on, outcomes, row.get("story", ""))


def _movements(row: dict[str, Any], state: str, report: Report | None, rng: Random) -> list[Movement]:
    amount, decided = row["amount"], row["on"]
    if state == "approved":
        return []
    if state == "cancelled":
        return [Movement("release", amount * 100, row["cancelled_on"], row["cancelled_why"])]
    first_on = _weekday(decided + timedelta(rng.randint(16, 27)))
    if state == "part_paid":
        return [Movement("pay", row["part"] * 100, first_on, "First part.")]
    found = []
    due = amount - row.get("released", 0)
    if report and due > 3000:
        half = due // 2
        second_on = _weekday(report.on - timedelta(rng.randint(26, 44)))
        found.append(Movement("pay", half * 100, first_on, "First half, on signing the agreement."))
        found.append(Movement("pay", (due - half) * 100, second_on, "Second half, on receipts."))
    else:
        found.append(Movement("pay", due * 100, first_on, "Paid in one go."))
    last = found[-1].on
    if "released" in row:
        on = _weekday(last + timedelta(rng.randint(5, 15)))
        found.append(Movement("release", row["released"] * 100, on, row["released_why"]))
    if "refunded" in row and report:
        on = _weekday(report.on - timedelta(7))
        found.append(Movement("refund", row["refunded"] * 100, on, row["refunded_why"]))
    return found


# --- ideas ------------------------------------------------------------------------------------------------


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """Every idea in the order in which it was suggested."""
    awarded = {grant.idea: grant for grant in grants() if grant.idea}
    found = [
        _suggestion(division, row, awarded.get(row["title"]))
        for area in AREAS
        for division, rows in read(f"ideas/{area}").items()
        for row in rows
    ]
    return tuple(sorted(found, key=lambda idea: (idea.at, idea.title)))


def _suggestion(division: str, row: dict[str, Any], grant: Grant | None) -> Suggestion:
    rng = Random(row["title"])
    at, changes = _life(row, grant, rng)
    decided = next((change.at for change in changes if change.status in {"accepted", "declined"}), None)
    author = _author(row["title"], division, rng)
    pin = None
    if rng.random() < 0.68:
        lon, lat = places.point_in(division, rng)
        pin = (lat, lon)
    return Suggestion(
        title=row["title"],
        text=row["text"],
        division=division,
        theme=row["theme"],
        author=author,
        at=at,
        pin=pin,
        supporters=_supporters(row, division, author, at, decided, rng, popular=bool(changes)),
        changes=changes,
        own=row.get("own", False),
    )


def _author(title: str, division: str, rng: Random) -> int:
    for name, regular in regulars().items():
        if title in regular["ideas"]:
            return position(name)
    return rng.choice([index for index, person in enumerate(people()) if person.division == division])


def _life(row: dict[str, Any], grant: Grant | None, rng: Random) -> tuple[datetime, tuple[Change, ...]]:
    """When it was suggested, and each change of its status."""
    if grant:
        return _awarded_life(grant, rng)
    if "declined" in row:
        late = "2026" in row["declined"]
        first, last = (
            (date(2026, 10, 1), date(2026, 11, 12)) if late else (date(2024, 11, 1), date(2026, 9, 30))
        )
        on = _weekday(_day(rng, first, last))
        at = moment(_no_earlier(on - timedelta(rng.randint(40, 150))), rng)
        return at, (Change("declined", row["declined"], office_hour(on, rng)),)
    if "assessing" in row:
        on = _weekday(_day(rng, date(2026, 10, 26), date(2026, 11, 17)))
        at = moment(on - timedelta(rng.randint(30, 140)), rng)
        return at, (Change("assessing", row["assessing"], office_hour(on, rng)),)
    if "on" in row:
        return moment(row["on"], rng), ()
    first = date(2026, 4, 2) if rng.random() < 0.78 else date(2025, 5, 1)
    return moment(_day(rng, first, TODAY - timedelta(1)), rng), ()


def _awarded_life(grant: Grant, rng: Random) -> tuple[datetime, tuple[Change, ...]]:
    decided = grant.decided_on
    suggested = _no_earlier(decided - timedelta(rng.randint(32, 130)))
    looked = max(suggested + timedelta(2), decided - timedelta(rng.randint(9, 24)))
    organisation = read("organisations")["organisations"][grant.organisation][0]
    looking = rng.choice(read("answers")["looking"])
    given = f"{grant.decided_by} awarded {pounds(grant.amount_pence)} to {organisation}. {grant.reason}"
    changes = [
        Change("assessing", looking, office_hour(looked, rng)),
        Change("accepted", given, office_hour(decided, rng, after=15)),
    ]
    for movement in grant.movements:
        if movement.kind == "release" and movement.amount_pence == grant.amount_pence:
            changes.append(Change("declined", movement.note, office_hour(movement.on, rng)))
    if grant.report:
        numbers = "; ".join(
            f"{measure[0].lower()}{measure[1:]}: {actual:,} (hoped for {forecast:,})"
            for measure, forecast, actual in grant.report.outcomes
        )
        told = f"{organisation} has reported what the money did. In numbers: {numbers}."
        changes.append(Change("done", told, office_hour(grant.report.on + timedelta(1), rng)))
    return moment(suggested, rng), tuple(changes)


def _supporters(
    row: dict[str, Any],
    division: str,
    author: int,
    at: datetime,
    decided: datetime | None,
    rng: Random,
    *,
    popular: bool,
) -> tuple[tuple[int, datetime], ...]:
    """Neighbours first; support ends with the decision."""
    until = decided or datetime.combine(TODAY, time(17), LONDON)
    wanted = round(rng.lognormvariate(2.5, 0.75) * (1.7 if popular else 1.0))
    fresh = max(0.2, min(1.0, (until - at) / timedelta(days=45)))
    count = row.get("supports") or max(1, min(132, round(wanted * fresh)))
    ranked = sorted(
        (index for index in range(len(people())) if index != author),
        key=lambda index: -(rng.random() ** (1 / (6 if people()[index].division == division else 1))),
    )
    span = (until - at).total_seconds()
    return tuple(
        (index, at + timedelta(seconds=round(span * rng.random() ** 1.8))) for index in ranked[:count]
    )


@cache
def remarks() -> dict[str, tuple[Remark, ...]]:
    """Title of an idea → what was said under it, oldest first. Every remark is used once."""
    rng = Random("remarks")
    found: dict[str, list[Remark]] = {idea.title: [] for idea in suggestions()}
    for theme, texts in read("comments").items():
        ideas = [idea for idea in suggestions() if idea.theme == theme]
        for text in rng.sample(texts, len(texts)):
            free = [idea for idea in ideas if len(found[idea.title]) < MOST_COMMENTS]
            idea = rng.choices(free, [len(idea.supporters) for idea in free])[0]
            taken = [each.who for each in found[idea.title]]
            found[idea.title].append(_with_replies(idea, _remark(idea, text, taken, rng), rng))
    by_title = {idea.title: idea for idea in suggestions()}
    for row in read("answers")["official"]:
        idea = by_title[row["idea"]]
        last = max([idea.at, *(each.at for each in found[idea.title])])
        found[idea.title].append(Remark(_councillor_of(idea.division, rng), row["text"], _later(last, rng)))
    return {title: tuple(sorted(each, key=lambda remark: remark.at)) for title, each in found.items() if each}


def _remark(idea: Suggestion, text: str, taken: Sequence[int | str], rng: Random) -> Remark:
    who = rng.choice([index for index, _at in idea.supporters if index not in taken] or [idea.author])
    stance = next((side for side in ("for", "against") if text in read("talk")[side]), "neutral")
    return Remark(who, text, _later(idea.at, rng), stance)


def _with_replies(idea: Suggestion, remark: Remark, rng: Random) -> Remark:
    replies: list[Remark] = []
    for text in next((row["texts"] for row in read("talk")["reply"] if row["to"] == remark.text), ()):
        taken = [remark.who, *(each.who for each in replies)]
        said = _remark(idea, text, taken, rng)
        replies.append(replace(said, at=_soon(max([remark, *replies], key=lambda each: each.at).at, rng)))
    return replace(remark, replies=tuple(replies))


def _councillor_of(division: str, rng: Random) -> str:
    return rng.choice([slug for slug, row in councillors().items() if row["division"] == division])


# --- dates ------------------------------------------------------------------------------------------------


def moment(day: date, rng: Random) -> datetime:
    """Some time of that day at which people are awake."""
    return datetime.combine(day, time(rng.randint(7, 21), rng.randint(0, 59)), LONDON)


def office_hour(day: date, rng: Random, *, after: int = 9) -> datetime:
    return datetime.combine(_weekday(day), time(rng.randint(after, 16), rng.randint(0, 59)), LONDON)


def _later(at: datetime, rng: Random) -> datetime:
    """Some days after, and never after today."""
    latest = datetime.combine(TODAY, time(16), LONDON)
    return min(at + timedelta(hours=rng.randint(6, 30 * 24)), max(at + timedelta(minutes=20), latest))


def _soon(at: datetime, rng: Random) -> datetime:
    """Within a day, and never after today."""
    latest = datetime.combine(TODAY, time(16, 30), LONDON)
    return min(at + timedelta(minutes=rng.randint(20, 24 * 60)), max(at + timedelta(minutes=5), latest))


def _day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(rng.randint(0, (last - first).days))


def _no_earlier(day: date) -> date:
    return max(day, OPENED + timedelta(1))


def _weekday(day: date) -> date:
    """Itself, or the Friday before a weekend."""
    return day - timedelta(max(0, day.weekday() - 4))
