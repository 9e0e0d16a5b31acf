"""`/budgets/awards/<id>/` and the list of all awards."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgets import actions
from ideas.models import Idea
from tests.budgets.test_add_photo import picture
from tests.factories import (
    AwardFactory,
    CouncillorFactory,
    OrganisationFactory,
    ResidentFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def told(award) -> None:
    """Everything that can be known of an award."""
    actions.report_outcome(
        award=award,
        measure="Benches placed",
        forecast=3,
        actual=5,
        story="People sit & talk. <script>alert(1)</script>",
        on=date(2026, 9, 1),
        by=None,
    )
    actions.add_photo(award=award, file=picture(), alt="Two people on a bench", caption="In May", by=None)


def test_tells_what_who_why_when_and_what_came_of_it(client):
    award = AwardFactory(
        title="Benches for the green",
        budget__councillor=CouncillorFactory(name="Alex Example"),
        organisation=OrganisationFactory(name="Friends of the Green"),
        reason="They last.",
        decided_by="Alex Example",
        amount_pence=1_000_00,
        paid_pence=400_00,
    )
    told(award)
    page = words(client.get(award.get_absolute_url()))
    for part in (
        "Benches for the green",
        "Friends of the Green",
        "They last.",
        "£1,000 awarded",
        "£400 paid",
        "Part paid",
        "2 more than forecast",
        'alt="Two people on a bench"',
        "&lt;script&gt;",
    ):
        assert part in page, part
    assert "<script>alert" not in page


def test_names_the_idea_it_grew_from_and_the_idea_names_it(client):
    award = AwardFactory()
    idea = Idea.objects.create(
        title="Seats please",
        description="Somewhere to sit.",
        place=award.place,
        author=ResidentFactory(),
        suggested_at=timezone.now(),
    )
    grown = AwardFactory(budget=award.budget, idea=idea)
    assert "Seats please" in words(client.get(grown.get_absolute_url()))
    assert "Seats please" not in words(client.get(award.get_absolute_url()))
    assert grown.title in words(client.get(idea.get_absolute_url()))


def test_the_twin_says_the_same(client):
    award = AwardFactory(amount_pence=1_000_00, paid_pence=400_00)
    told(award)
    data = client.get(f"/budgets/awards/{award.pk}.json").json()
    assert data["totals"]["awarded_pence"] == 1_000_00
    assert data["award"][0]["purpose"] == award.purpose
    assert [entry["kind"] for entry in data["entries"]] == ["commit", "pay"]
    assert data["outcomes"][0]["actual"] == 5
    assert data["photos"][0]["photo"].startswith("http://testserver/media/")
    rows = list(csv.DictReader(io.StringIO(client.get(f"/budgets/awards/{award.pk}.csv").content.decode())))
    assert [row["row"] for row in rows] == ["total", "award", "entry", "entry", "outcome", "photo"]


@pytest.mark.parametrize("number", ["1", "999999999999999999", "99999999999999999999999"])
def test_an_award_that_is_not_there_is_404(client, number):
    assert client.get(f"/budgets/awards/{number}/").status_code == 404
    assert client.get(f"/budgets/awards/{number}.json").status_code == 404


def test_takes_as_many_queries_for_many_outcomes_and_photos_as_for_one(client):
    award = AwardFactory()
    told(award)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(award.get_absolute_url()).status_code == 200
        return len(captured)

    client.get(award.get_absolute_url())
    few = queries()
    image = award.photos.get().image
    for n in range(10):
        actions.report_outcome(award=award, measure=f"Measure {n}", actual=n, on=date(2026, 9, 1), by=None)
        actions.add_photo(award=award, image=image, alt=f"Bench {n}", by=None)
    assert queries() == few


def test_the_list_is_searched_by_words_place_theme_state_and_year(client):
    theme = ThemeFactory()
    boat = AwardFactory(title="A boat", theme=theme, paid_pence=1_000_00)
    tea = AwardFactory(title="Sunday tea", budget__year=2025, organisation__name="Corn Exchange")

    def found(query: str) -> list[int]:
        return [award["id"] for award in client.get(f"/budgets/awards.json?{query}").json()["awards"]]

    assert set(found("")) == {boat.pk, tea.pk}
    assert found("text=boat") == [boat.pk]
    assert found("text=exchange+sunday") == [tea.pk]
    assert found("text=nothing") == []
    assert found(f"theme={theme.slug}") == [boat.pk]
    assert found("status=paid") == [boat.pk]
    assert found("year=2025") == [tea.pk]
    assert found(f"place={tea.place.slug}") == [tea.pk]
    assert client.get("/budgets/awards.json?status=lost").status_code == 422
    assert "No awards found" in words(client.get("/budgets/awards/?text=nothing"))


def test_the_list_adds_up_what_it_shows(client):
    AwardFactory(amount_pence=1_000_00, paid_pence=400_00)
    AwardFactory(amount_pence=2_000_00)
    assert "2 awards: £3,000 awarded, £400 paid" in words(client.get("/budgets/awards/"))
    totals = client.get("/budgets/awards.json").json()["totals"]
    assert (totals["awarded"], totals["spent"], totals["awards"]) == ("3000.00", "400.00", 2)
