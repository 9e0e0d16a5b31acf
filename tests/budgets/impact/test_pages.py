"""The public pages: an award's impact, where the money went, a councillor's effect, the statement of a place."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from budgets.actions import release_award
from budgets.enums import OrganisationKind
from budgets.grants.enums import FunderAnswer, Status
from budgets.grants.models import Application, Ask, Funder, Scheme
from budgets.impact.actions import publish_value_map, say_of_outcome
from budgets.impact.enums import MapKind, Says
from budgets.models import Award
from engage.kit.years import financial_year
from tests.budgets.impact.test_before_after import measured
from tests.budgets.impact.worth import NOON, begun, claimed, cooking_club, cooks
from tests.factories import (
    AccountFactory,
    AwardFactory,
    BudgetFactory,
    CouncillorFactory,
    OrganisationFactory,
    PlaceFactory,
    ResidentFactory,
    TermFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split()).replace("\N{NO-BREAK SPACE}", " ")


def applied(award, *, sent: datetime, others_pence: int) -> None:
    """The award was asked for here, and others gave to the same project."""
    scheme, _made = Scheme.objects.get_or_create(
        year=award.budget.year,
        defaults={
            "title": "Grants",
            "allocation_pence": 1,
            "grant_min_pence": 1,
            "grant_max_pence": 1,
            "opens_on": date(2026, 4, 1),
            "closes_on": date(2026, 5, 1),
            "decide_by": date(2026, 6, 1),
            "spend_by": date(2027, 3, 31),
        },
    )
    application = Application.objects.create(
        scheme=scheme,
        organisation=award.organisation,
        status=Status.PAID,
        reference=f"A-{award.pk}",
        created_at=sent,
        submitted_at=sent,
        status_since=sent,
    )
    Ask.objects.create(
        application=application, budget=award.budget, amount_pence=award.awarded_pence, award=award
    )
    if others_pence:
        Funder.objects.create(
            application=application, name="A trust", amount_pence=others_pence, answer=FunderAnswer.GIVEN
        )
        Funder.objects.create(
            application=application, name="Another", amount_pence=9_999_00, answer=FunderAnswer.REFUSED
        )


class TestTheImpactOfAnAward:
    def test_shows_the_value_map_its_range_and_where_it_would_switch(self, client):
        award = AwardFactory(title="A cooking club", paid_pence=1_000_00)
        cooking_club(award)
        page = words(client.get(reverse("impact:impact", args=[award.pk])))
        for said in (
            "£5,247.55 of value today from £1,650 put in: <b>£3.18</b> for each £1",
            "cautious end it is £1.35, with every one at its hopeful end £6.73",
            "68.6 % less before they only just equalled",
            "Deadweight: People who cook at home",
            "76.4 %",  # its switching value
            "£94.33",  # that of the proxy
            "3.5 % from year 1, 3 % from year 31",
            "Example survey 2026 (Open Government Licence v3.0)",
            "councillors are not ranked by it",
        ):
            assert said in page, said

    def test_shows_forecast_beside_actual(self, client):
        award = AwardFactory(paid_pence=1_000_00)
        cooking_club(award, MapKind.FORECAST)
        poor = begun(award, MapKind.ACTUAL)
        cooks(poor, quantity=5)
        publish_value_map(value_map=poor, by=None, at=NOON)
        page = words(client.get(award.get_absolute_url()))
        assert "£3.18 (from £1.35 to £6.73)" in page
        assert "£1.31 (from" in page

    def test_a_ratio_below_1_is_shown_like_any_other(self, client):
        award = AwardFactory(paid_pence=1_000_00)
        poor = begun(award)
        cooks(poor, quantity=2)
        publish_value_map(value_map=poor, by=None, at=NOON)
        page = words(client.get(reverse("impact:impact", args=[award.pk])))
        assert "<b>£0.52</b> for each £1" in page
        assert "£475.24 less than what was put in" in page

    def test_a_map_that_is_not_published_is_nobodys_to_read(self, client):
        award = AwardFactory(paid_pence=1_000_00)
        cooking_club(award, published=False)
        page = words(client.get(reverse("impact:impact", args=[award.pk])))
        assert "No value map" in page
        assert "5,247" not in page

    def test_shows_what_was_measured_and_what_residents_say(self, client):
        outcome = claimed()
        measured(outcome)
        say_of_outcome(outcome=outcome, resident=ResidentFactory(name="Kim"), says=Says.CONFIRM, at=NOON)
        page = words(client.get(reverse("impact:impact", args=[outcome.award_id])))
        for said in ("+2.7: better", "1 resident saw this; 0 disagree", "Sign in to say what you saw"):
            assert said in page
        assert "Kim" not in page

    def test_its_twin_says_the_same(self, client):
        award = AwardFactory(paid_pence=1_000_00)
        cooking_club(award)
        found = client.get(f"/budgets/awards/{award.pk}/impact.json").json()
        assert found["totals"]["actual_present_value"] == "5247.55"
        assert found["totals"]["actual_ratio"] == "3.18"
        assert found["value_map_lines"][0]["deadweight_percent"] == "25.00"
        rows = list(csv.DictReader(io.StringIO(client.get(f"/budgets/awards/{award.pk}/impact.csv").text)))
        assert rows[0]["actual_ratio"] == "3.18"

    def test_an_award_that_is_not_there(self, client):
        assert client.get("/budgets/awards/99/impact/").status_code == 404

    @pytest.mark.slow
    def test_as_many_queries_for_ten_outcomes_as_for_one(self, client, django_assert_max_num_queries):
        award = AwardFactory(paid_pence=1_000_00)
        cooking_club(award)
        claimed(award)
        with django_assert_max_num_queries(40) as few:
            client.get(award.get_absolute_url())
        for number in range(9):
            measured(claimed(award, measure=f"Measure {number}"))
        with django_assert_max_num_queries(len(few)):
            client.get(award.get_absolute_url())


class TestSayingWhatOneSaw:
    def test_a_resident_confirms_changes_and_takes_back(self, client):
        outcome = claimed()
        client.force_login(AccountFactory())
        address = reverse("impact:say", args=[outcome.award_id, outcome.pk])
        answer = client.post(address, {"says": "confirm"})
        assert (answer.status_code, answer["Location"]) == (
            303,
            f"{outcome.award.get_absolute_url()}#outcome-{outcome.pk}",
        )
        assert "You said that you saw this." in words(client.get(outcome.award.get_absolute_url()))
        part = words(
            client.post(address, {"says": "dispute", "doubt": "fewer"}, headers={"HX-Request": "true"})
        )
        assert "0 residents saw this; 1 disagrees" in part
        assert "<html" not in part
        part = words(client.post(address, {"says": "nothing"}, headers={"HX-Request": "true"}))
        assert "No resident has said anything yet." in part

    def test_strangers_are_sent_to_sign_in(self, client):
        outcome = claimed()
        answer = client.post(reverse("impact:say", args=[outcome.award_id, outcome.pk]), {"says": "confirm"})
        assert answer.status_code == 302
        assert answer.url.startswith("/account/login/")

    def test_what_is_not_understood_changes_nothing(self, client):
        outcome = claimed()
        client.force_login(AccountFactory())
        address = reverse("impact:say", args=[outcome.award_id, outcome.pk])
        assert client.post(address, {"says": "perhaps"}).status_code == 422
        assert client.post(address, {"says": "dispute"}).status_code == 422
        assert (
            client.post(reverse("impact:say", args=[99, outcome.pk]), {"says": "confirm"}).status_code == 404
        )


class TestWhereTheMoneyWent:
    def test_sums_of_places_themes_kinds_and_new_groups(self, client):
        north, south = PlaceFactory(name="Northfold"), PlaceFactory(name="Southwick")
        old = OrganisationFactory(kind=OrganisationKind.CHARITY)
        first, second = BudgetFactory(place=north, year=2025), BudgetFactory(place=north)
        AwardFactory(budget=first, organisation=old, decided_on=date(2025, 6, 1))
        parks = ThemeFactory(name="Parks")
        AwardFactory(budget=second, organisation=old, theme=parks, amount_pence=600_00)
        AwardFactory(
            budget=second, organisation=OrganisationFactory(kind=OrganisationKind.SCHOOL), place=south
        )
        page = words(client.get("/budgets/where-it-went/?year=2026"))
        for said in (
            "£1,600",
            "to 2 groups",
            "1 of 2, with £1,000",
            "Parks",
            "Northfold",
            "Southwick",
            "School or parents’ association",
            "0 of 2 awards",
        ):
            assert said in page, said
        assert "From application to payment" not in page

    def test_what_went_back_does_not_count(self, client):
        budget = BudgetFactory()
        award = AwardFactory(budget=budget)
        release_award(award=award, amount_pence=1_000_00, on=date(2026, 7, 1), key="back", by=None)
        assert "No awards here yet" in words(client.get("/budgets/where-it-went/?year=2026"))

    def test_days_from_application_to_payment_and_what_others_gave(self, client):
        award = AwardFactory(paid_pence=1_000_00)  # decided 1 June, paid 1 July
        applied(award, sent=datetime(2026, 5, 2, 12, tzinfo=UTC), others_pence=1_850_00)
        AwardFactory()  # recorded without an application
        totals = client.get("/budgets/where-it-went.json?year=2026").json()["totals"]
        assert totals["days_from_application_to_payment_median"] == 60
        assert totals["days_from_decision_to_payment_median"] == 30
        assert (totals["leverage"], totals["given_by_others"]) == ("1.85", "1850.00")
        assert "£1.85 (£1,850 confirmed by other funders)" in words(
            client.get("/budgets/where-it-went/?year=2026")
        )

    def test_a_joint_grant_counts_its_other_funders_once(self, client):
        award = AwardFactory(paid_pence=1_000_00)
        applied(award, sent=datetime(2026, 5, 2, 12, tzinfo=UTC), others_pence=500_00)
        partner = AwardFactory(organisation=award.organisation)
        Ask.objects.create(
            application=award.ask.application, budget=partner.budget, amount_pence=1_000_00, award=partner
        )
        totals = client.get("/budgets/where-it-went.json?year=2026").json()["totals"]
        assert (totals["given_by_others"], totals["leverage"]) == ("500.00", "0.25")

    def test_the_results_of_a_joint_grant_are_those_of_each_of_its_awards(self, client):
        award = AwardFactory()
        applied(award, sent=datetime(2026, 5, 2, 12, tzinfo=UTC), others_pence=1_00)
        partner = AwardFactory(organisation=award.organisation)
        Ask.objects.create(
            application=award.ask.application, budget=partner.budget, amount_pence=1_000_00, award=partner
        )
        AwardFactory()
        award.outcomes.create(measure="trees", actual=3, reported_on=date(2026, 9, 1))
        assert "2 of 3 awards" in words(client.get("/budgets/where-it-went/?year=2026"))

    def test_a_year_that_is_none_says_so(self, client):
        answer = client.get("/budgets/where-it-went/?year=soon")
        assert answer.status_code == 422
        assert client.get("/budgets/where-it-went.csv?year=soon").status_code == 422

    def test_an_empty_site(self, client):
        assert "No awards here yet" in words(client.get("/budgets/where-it-went/"))

    @pytest.mark.slow
    def test_as_many_queries_for_thirty_awards_as_for_one(self, client, django_assert_max_num_queries):
        budget = BudgetFactory(allocated_pence=100_000_00)
        cooking_club(AwardFactory(budget=budget, paid_pence=1_000_00))
        with django_assert_max_num_queries(40) as few:
            client.get("/budgets/where-it-went/?year=2026")
        for _more in range(29):
            cooking_club(AwardFactory(budget=budget, paid_pence=1_000_00, place=PlaceFactory()))
        with django_assert_max_num_queries(len(few)):
            client.get("/budgets/where-it-went/?year=2026")


class TestACouncillorsEffect:
    def test_is_told_without_a_rank(self, client):
        councillor = CouncillorFactory(name="Alex Example")
        place = PlaceFactory()
        TermFactory(councillor=councillor, place=place)
        award = AwardFactory(budget=BudgetFactory(place=place, councillor=councillor), paid_pence=1_000_00)
        cooking_club(award)
        say_of_outcome(outcome=claimed(award), resident=ResidentFactory(), says=Says.CONFIRM, at=NOON)
        page = words(client.get(councillor.get_absolute_url()))
        for said in (
            "Councillors are not ranked by these numbers",
            "1, 1 of them for the first time",
            "1 of 1 awards",
            "confirmed: 1, disputed: 0",
            "1 award: £5,247.55 of social value from £1,650 put in, £3.18 for each £1",
        ):
            assert said in page, said

    def test_nothing_where_nothing_was_awarded(self, client):
        councillor = CouncillorFactory()
        BudgetFactory(councillor=councillor)
        assert "What the money did" not in words(client.get(councillor.get_absolute_url()))


class TestTheStatement:
    def test_one_sheet_with_sums_awards_and_results(self, client):
        place = PlaceFactory(name="Otterham", slug="otterham")
        budget = BudgetFactory(place=place)
        claimed(AwardFactory(budget=budget, title="A cooking club", paid_pence=1_000_00))
        page = words(client.get("/budgets/otterham/statement/?year=2026"))
        for said in (
            "Of <b>£10,000</b>, <b>£1,000</b> is paid, <b>£0</b> is promised and <b>£9,000</b> is left to decide.",
            "A cooking club",
            "People who came: 20",
            "http://testserver/budgets/otterham/?year=2026",
        ):
            assert said in page, said

    def test_what_does_not_fit_is_summed(self, client):
        budget = BudgetFactory(place=PlaceFactory(slug="otterham"))
        for number in range(16):
            AwardFactory(budget=budget, amount_pence=10_00 + number)
        page = words(client.get("/budgets/otterham/statement/?year=2026"))
        assert "2 smaller awards" in page
        assert "£20.01" in page

    def test_a_place_without_money(self, client):
        PlaceFactory(slug="otterham")
        page = words(client.get("/budgets/otterham/statement/"))
        assert "has no money of its own" in page

    def test_an_odd_year_is_read_as_the_usual_one(self, client):
        budget = BudgetFactory(place=PlaceFactory(slug="otterham"), year=financial_year(NOON.date()))
        AwardFactory(budget=budget, title="A cooking club")
        assert Award.objects.count() == 1
        assert "A cooking club" in words(client.get("/budgets/otterham/statement/?year=soon"))

    def test_no_such_place(self, client):
        assert client.get("/budgets/nowhere/statement/").status_code == 404
