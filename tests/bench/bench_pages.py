"""What the main pages cost, as ratios to a trivial view in the same run: `make bench`.

Per page: SQL statements; CPU of this process and of its database backend per request; the ratio of the sum to
`/healthz`.
"""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client

from budgets.enums import EntryKind
from budgets.models import Award, Budget, Entry
from engage.places.models import Place
from ideas.models import Idea
from tests.costs import HEAD, Cost, cost
from tests.factories import IdeaFactory, OrganisationFactory, PlaceFactory, ResidentFactory

REQUESTS = 50
PLACES = 30
AWARDS = 5_000
IDEAS = 2_000

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
    first = Award.objects.order_by("pk").first()
    idea = IdeaFactory(place=Place.objects.get(slug="bench-0"))
    trivial = _cost(client, "/healthz")
    lines = [
        f"{PLACES} places, {AWARDS} awards, {IDEAS} ideas; {REQUESTS} requests each",
        HEAD,
        trivial.line("/healthz (trivial)", trivial),
    ]
    for page in [*PAGES, f"/budgets/awards/{first.pk}/", idea.get_absolute_url()]:
        assert client.get(page).status_code == 200, page
        lines.append(_cost(client, page).line(page, trivial))
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201 - the measurement is the output


def _cost(client: Client, page: str) -> Cost:
    return cost([lambda: client.get(page)] * REQUESTS)
