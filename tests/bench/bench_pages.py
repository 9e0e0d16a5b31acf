"""What the main pages cost, as ratios to a trivial view in the same run: `make bench`.

Per page: SQL statements; CPU of this process and of its database backend per request; the ratio of the sum to
`/healthz`. CPU time, not the clock, because machines are shared. Nothing here is asserted except the number of
statements, which must not depend on how much data there is.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgets.enums import EntryKind
from budgets.models import Award, Budget, Entry
from engage.places.models import Place
from ideas.models import Idea
from tests.factories import IdeaFactory, OrganisationFactory, PlaceFactory, ResidentFactory

REQUESTS = 50
PLACES = 30
AWARDS = 5_000
IDEAS = 2_000
TICK = 1 / 100  # Linux counts a process's CPU in hundredths of a second

PAGES = ["/budgets/", "/budgets.json", "/budgets/bench-0/", "/budgets/awards/", "/ideas/", "/ideas.json"]


@pytest.fixture
def full(db: None) -> None:
    places = [PlaceFactory(name=f"Bench {n}", slug=f"bench-{n}") for n in range(PLACES)]
    _awards(places)
    author = ResidentFactory()
    at = datetime(2026, 6, 1, tzinfo=UTC)
    Idea.objects.bulk_create(
        Idea(
            title=f"Light number {n}",
            description="It is dark.",
            author=author,
            place=places[n % PLACES],
            suggested_at=at,
        )
        for n in range(IDEAS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _awards(places: list[Place]) -> None:
    group = OrganisationFactory()
    budgets = Budget.objects.bulk_create(Budget(year=2026, place=place) for place in places)
    day = date(2026, 6, 1)
    Entry.objects.bulk_create(
        Entry(
            budget=budget,
            kind=EntryKind.ALLOCATE,
            amount_pence=AWARDS * 100,
            posted_on=day,
            key=f"a{budget.pk}",
        )
        for budget in budgets
    )
    awards = Award.objects.bulk_create(
        Award(
            budget=budgets[n % PLACES],
            place=places[n % PLACES],
            organisation=group,
            title=f"Award {n}",
            purpose="To measure.",
            decided_on=day,
        )
        for n in range(AWARDS)
    )
    Entry.objects.bulk_create(
        Entry(
            budget_id=award.budget_id,
            award=award,
            kind=EntryKind.COMMIT,
            amount_pence=100,
            posted_on=day,
            key=f"c{award.pk}",
        )
        for award in awards
    )


def test_pages(full: None, client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    trivial = _cost(lambda: client.get("/healthz"))
    first = Award.objects.order_by("pk").first()
    idea = IdeaFactory(place=Place.objects.get(slug="bench-0"))
    lines = [
        f"{PLACES} places, {AWARDS} awards, {IDEAS} ideas; {REQUESTS} requests each",
        f"{'page':<28}{'SQL':>5}{'server ms':>11}{'database ms':>13}{'ratio':>8}",
        _line("/healthz (trivial)", 0, trivial, trivial),
    ]
    for page in [*PAGES, f"/budgets/awards/{first.pk}/", idea.get_absolute_url()]:
        assert client.get(page).status_code == 200, page
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page)
        lines.append(_line(page, len(asked), _cost(lambda page=page: client.get(page)), trivial))
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201 - the measurement is the output


def _cost(work: Callable[[], object]) -> tuple[float, float]:
    """CPU milliseconds a call: of this process, and of the database's backend for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    work()  # the first call compiles templates and fills caches
    server, database = time.process_time(), _cpu(backend)
    for _ in range(REQUESTS):
        work()
    return (
        (time.process_time() - server) * 1000 / REQUESTS,
        (_cpu(backend) - database) * 1000 / REQUESTS,
    )


def _cpu(pid: int) -> float:
    """Seconds of CPU a process has used; 0 where the database is on another machine."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rsplit(") ", 1)[1].split()[11:13]
    return (int(user) + int(system)) * TICK


def _line(page: str, statements: int, cost: tuple[float, float], trivial: tuple[float, float]) -> str:
    ratio = sum(cost) / sum(trivial)
    return f"{page:<28}{statements:>5}{cost[0]:>11.2f}{cost[1]:>13.2f}{ratio:>8.1f}"
