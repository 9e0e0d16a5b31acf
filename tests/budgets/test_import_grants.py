"""`manage.py import_grants`: grants become awards with entries, once, in the right budget, or not at all."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets import actions
from budgets.enums import AwardStatus, OrganisationKind
from budgets.imports import import_grants
from budgets.models import Award, Budget, Entry, Organisation
from budgets.rules.grants_file import read_grants
from engage.audit.models import Record, Source
from engage.places.actions import save_place
from engage.places.models import Place
from tests.factories import AwardFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GRANT = {
    "Identifier": "360G-any-1",
    "Title": "Benches",
    "Description": "Three benches by the mill.",
    "Currency": "GBP",
    "Amount Awarded": "1500.50",
    "Amount Disbursed": "",
    "Award Date": "2024-05-10",
    "Recipient Org:Identifier": "GB-CHC-1",
    "Recipient Org:Name": "Mill Hill Friends",
    "Recipient Org:Charity Number": "1",
    "Beneficiary Location:Geographic Code": "E10000099",
    "Funding Org:Name": "Anyshire Council",
    "Funding Org:Department": "Communities",
    "Grant Programme:Title": "Local fund",
}


@pytest.fixture(autouse=True)
def council() -> Place:
    return save_place(by=None, kind="council", name="Anyshire", gss_code="E10000099").place


@pytest.fixture
def run(tmp_path: Path, capsys):
    """Write the grants given into a file, import it, and answer what was said."""

    def write_and_import(*grants: dict[str, str], options: tuple[str, ...] = ()) -> str:
        file = tmp_path / "grants.csv"
        with file.open("w", newline="") as out:
            writer = csv.DictWriter(out, GRANT)
            writer.writeheader()
            writer.writerows([GRANT | grant for grant in grants or [{}]])
        call_command("import_grants", str(file), *options)
        return capsys.readouterr().out

    return write_and_import


def journal() -> list[tuple[str, int]]:
    return list(Entry.objects.order_by("pk").values_list("kind", "amount_pence"))


class TestBooking:
    def test_a_grant_is_an_award_with_its_commitment(self, run, council: Place):
        said = run()
        award = Award.objects.select_related("budget", "organisation", "source").get()
        assert (award.title, award.reference, award.decided_by) == ("Benches", "360G-any-1", "Communities")
        assert (award.decided_on, award.place, award.status) == (
            date(2024, 5, 10),
            council,
            AwardStatus.APPROVED,
        )
        assert (award.committed_pence, award.spent_pence) == (1500_50, 0)
        assert (award.budget.place, award.budget.year, award.budget.councillor) == (council, 2024, None)
        assert (award.organisation.name, award.organisation.kind) == (
            "Mill Hill Friends",
            OrganisationKind.CHARITY,
        )
        assert award.source.name == "Grants of Anyshire Council"
        assert "Open Government Licence v3.0" in award.source.attribution
        assert journal() == [("allocate", 1500_50), ("commit", 1500_50)]
        assert Entry.objects.get(kind="commit").posted_on == date(2024, 5, 10)
        assert "Grants: 1 added, 0 changed, 0 unchanged." in said

    def test_the_allocation_is_what_the_year_adds_up_to_and_the_report_says_so(self, run):
        said = run(
            {"Identifier": "1", "Amount Awarded": "100.01"},
            {"Identifier": "2", "Amount Awarded": "200", "Award Date": "2025-03-31"},
            {"Identifier": "3", "Amount Awarded": "50", "Award Date": "2025-04-01"},
        )
        budgets = {budget.year: budget for budget in Budget.objects.all()}
        assert {year: budget.allocated_pence for year, budget in budgets.items()} == {
            2024: 300_01,
            2025: 50_00,
        }
        assert all(budget.remaining_pence == 0 for budget in budgets.values())
        assert "The file names no allocation, so:" in said
        assert "Anyshire, 2024–25: allocated £300.01, what its grants add up to" in said
        assert Entry.objects.filter(kind="allocate").earliest("pk").posted_on == date(2024, 4, 1)

    def test_what_was_paid_out_is_a_payment(self, run):
        run(
            {"Identifier": "1", "Amount Disbursed": "1500.50"}, {"Identifier": "2", "Amount Disbursed": "500"}
        )
        assert {award.reference: award.status for award in Award.objects.all()} == {
            "1": AwardStatus.PAID,
            "2": AwardStatus.PART_PAID,
        }
        budget = Budget.objects.get()
        assert (budget.spent_pence, budget.committed_pence) == (2000_50, 1000_50)

    def test_the_place_named_by_its_code_has_the_budget(self, run, council: Place):
        mill = save_place(by=None, kind="ward", name="Mill", gss_code="E05000001", parent=council).place
        run({"Beneficiary Location:Geographic Code": "E05000001"})
        award = Award.objects.select_related("budget__place").get()
        assert (award.place, award.budget.place) == (mill, mill)

    def test_an_unknown_place_means_the_whole_council_and_is_told(self, run, council: Place):
        said = run(
            {"Beneficiary Location:Geographic Code": "E05099999"},
            {"Identifier": "2", "Beneficiary Location:Geographic Code": ""},
        )
        assert {award.budget.place for award in Award.objects.select_related("budget__place")} == {council}
        assert "1 grant names no known place (E05099999): booked for all of Anyshire" in said

    def test_money_that_people_allocated_is_used_and_not_added_to(self, run, council: Place):
        fund = actions.open_budget(year=2024, place=council, by=None)
        actions.allocate(budget=fund, amount_pence=2000_00, on=date(2024, 4, 1), by=None)
        said = run()
        fund.refresh_from_db()
        assert (fund.allocated_pence, fund.remaining_pence) == (2000_00, 499_50)
        assert "names no allocation" not in said

    def test_money_that_does_not_fit_is_refused_and_nothing_is_written(self, run, council: Place):
        fund = actions.open_budget(year=2024, place=council, by=None)
        actions.allocate(budget=fund, amount_pence=2000_00, on=date(2024, 4, 1), by=None)
        with pytest.raises(CommandError, match=r"Line 3: You cannot award £600.* left \(£499\.50\)"):
            run({}, {"Identifier": "2", "Amount Awarded": "600"})
        assert not Award.objects.exists()
        assert not Organisation.objects.exists()

    def test_json_books_the_same(self, tmp_path: Path):
        grant = {
            "id": "360G-any-1",
            "title": "Benches",
            "description": "Three benches.",
            "currency": "GBP",
            "amountAwarded": 1500.5,
            "awardDate": "2024-05-10",
            "recipientOrganization": [{"id": "GB-CHC-1", "name": "Mill Hill Friends"}],
            "beneficiaryLocation": [{"geoCode": "E10000099"}],
        }
        (tmp_path / "grants.json").write_text(json.dumps({"grants": [grant]}))
        call_command("import_grants", str(tmp_path / "grants.json"), "--source=Grants 2024")
        award = Award.objects.select_related("source").get()
        assert (award.committed_pence, award.source.name) == (1500_50, "Grants 2024")

    def test_organisations_are_made_once(self, run):
        known = OrganisationFactory(identifier="GB-CHC-1", name="Friends of Mill Hill")
        said = run({}, {"Identifier": "2"}, {"Identifier": "3", "Recipient Org:Identifier": "GB-CHC-2"})
        assert Organisation.objects.count() == 2
        assert Award.objects.filter(organisation=known).count() == 2
        assert "Organisations: 1 added, 0 changed, 1 unchanged." in said
        known.refresh_from_db()
        assert known.name == "Friends of Mill Hill"

    def test_several_spellings_are_told(self, run):
        said = run({}, {"Identifier": "2"}, {"Identifier": "3", "Recipient Org:Name": "mill hill friends"})
        assert (
            "GB-CHC-1 is spelled “Mill Hill Friends”, “mill hill friends”; shown as “Mill Hill Friends”"
            in said
        )

    def test_totals_are_printed_by_year(self, run):
        said = run({"Amount Disbursed": "500"}, {"Identifier": "2", "Award Date": "2025-05-10"})
        lines = [line.split() for line in said.splitlines()]
        assert ["2024–25", "1", "£1,500.50", "£1,000.50", "£500"] in lines
        assert ["All", "years", "2", "£3,001", "£2,501", "£500"] in lines


class TestAgain:
    def test_the_same_file_twice_changes_nothing(self, run):
        grants = [{"Identifier": str(n), "Amount Disbursed": "10.01"} for n in range(3)]
        run(*grants)
        before = [list(model.objects.order_by("pk").values()) for model in (Budget, Award, Entry, Record)]
        said = run(*grants)
        assert "Grants: 0 added, 0 changed, 3 unchanged." in said
        assert [
            list(model.objects.order_by("pk").values()) for model in (Budget, Award, Entry, Record)
        ] == before

    def test_new_grants_are_added_and_allocated(self, run):
        run()
        said = run({}, {"Identifier": "2", "Amount Awarded": "100"})
        assert "Grants: 1 added, 0 changed, 1 unchanged." in said
        budget = Budget.objects.get()
        assert (budget.allocated_pence, budget.committed_pence) == (1600_50, 1600_50)

    def test_new_words_are_taken_over(self, run):
        run()
        said = run({"Title": "Four benches", "Description": "By the mill."})
        award = Award.objects.get()
        assert (award.title, award.purpose) == ("Four benches", "By the mill.")
        assert "0 added, 1 changed, 0 unchanged" in said
        assert "changed: 360G-any-1 Four benches" in said
        assert len(journal()) == 2

    @pytest.mark.parametrize("amounts", [("1500.50", "2000"), ("1500.50", "1000"), ("5", "9", "5", "9", "5")])
    def test_another_amount_is_booked_as_the_difference(self, run, amounts: tuple[str, ...]):
        for amount in amounts:
            run({"Amount Awarded": amount})
        budget, award = Budget.objects.get(), Award.objects.get()
        expected = round(float(amounts[-1]) * 100)
        assert (budget.allocated_pence, budget.committed_pence, budget.remaining_pence) == (
            expected,
            expected,
            0,
        )
        assert award.committed_pence == expected
        assert Entry.objects.latest("pk").posted_on == timezone.localdate()

    def test_a_later_payment_is_booked(self, run):
        run()
        run({"Amount Disbursed": "1000"})
        run({"Amount Disbursed": "1500.50"})
        award = Award.objects.get()
        assert (award.spent_pence, award.status) == (1500_50, AwardStatus.PAID)
        assert journal()[2:] == [("pay", 1000_00), ("pay", 500_50)]

    def test_a_payment_taken_back_is_refused(self, run):
        run({"Amount Disbursed": "1000"})
        with pytest.raises(
            CommandError, match="Line 2: the file says £400 was paid, £600 less than it said before"
        ):
            run({"Amount Disbursed": "400"})
        assert Award.objects.get().spent_pence == 1000_00

    def test_less_than_was_already_paid_is_refused(self, run):
        run({"Amount Disbursed": "1500.50"})
        with pytest.raises(CommandError, match=r"Line 2: You cannot release £500\.50"):
            run({"Amount Awarded": "1000", "Amount Disbursed": ""})

    def test_what_an_officer_did_stays_until_the_file_changes(self, run):
        run()
        award = Award.objects.get()
        actions.release_award(award=award, amount_pence=500_50, on=date(2024, 9, 1), by=None)
        actions.pay_award(award=award, amount_pence=1000_00, on=date(2024, 9, 1), by=None)
        assert "Grants: 0 added, 0 changed, 1 unchanged." in run()
        award.refresh_from_db()
        assert (award.committed_pence, award.spent_pence) == (0, 1000_00)

    def test_another_date_place_or_organisation_is_told_and_stays(self, run):
        run()
        said = run({"Award Date": "2023-05-10", "Recipient Org:Identifier": "GB-CHC-2"})
        award = Award.objects.select_related("organisation").get()
        assert (award.decided_on, award.organisation.identifier) == (date(2024, 5, 10), "GB-CHC-1")
        assert "360G-any-1 has another date, place or organisation in the file now" in said

    def test_an_award_recorded_by_hand_is_not_touched(self, run):
        AwardFactory(reference="360G-any-1", title="Benches by hand")
        with pytest.raises(
            CommandError, match="“Benches by hand” has the same identifier and was recorded by hand"
        ):
            run()


class TestRefusals:
    def test_one_bad_row_keeps_the_whole_file_out(self, run):
        with pytest.raises(CommandError, match="Nothing was imported") as error:
            run({}, {"Identifier": "2", "Currency": "EUR"})
        assert "Line 3, column “Currency”: expected GBP, not “EUR”" in str(error.value)
        assert not Award.objects.exists()
        assert not Source.objects.exists()

    def test_a_dry_run_says_the_same_and_writes_nothing(self, run):
        said = run(options=("--dry-run",))
        assert "Grants: 1 added" in said
        assert "nothing was written" in said
        assert not any(model.objects.exists() for model in (Award, Budget, Entry, Organisation, Source))

    def test_without_a_council_it_says_what_to_do_first(self, run, council: Place):
        council.delete()
        with pytest.raises(CommandError, match="There is no council yet"):
            run()

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"Identifier;Title\n1;Benches", "the column “Identifier”, “Title”"),
            ("Identifier,Title\n1,Caf\xe9".encode("latin-1"), "not in UTF-8: line 2"),
            (b"PK\x03\x04\x00\x00", "not a plain text file in UTF-8"),
            (b"", "The file is empty"),
        ],
    )
    def test_a_wrong_file_is_a_sentence(self, tmp_path: Path, content: bytes, sentence: str):
        (tmp_path / "grants.csv").write_bytes(content)
        with pytest.raises(CommandError, match=sentence):
            call_command("import_grants", str(tmp_path / "grants.csv"))

    def test_words_are_kept_as_text(self, run, client):
        run({"Title": "<script>alert(1)</script>", "Description": "=HYPERLINK(1)"})
        page = client.get(Award.objects.get().get_absolute_url()).content.decode()
        assert "<script>alert(1)" not in page


AMOUNTS = st.integers(1, 10**10)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(AMOUNTS, st.sampled_from([2022, 2023, 2024]), st.booleans()), min_size=1, max_size=6)
)
def test_however_the_grants_fall_the_books_add_up_and_repeat_to_nothing(db, grants):
    file = {
        "grants": [
            {
                "id": f"g-{number}",
                "title": "Benches",
                "description": "Benches.",
                "currency": "GBP",
                "amountAwarded": f"{pence // 100}.{pence % 100:02d}",
                "amountDisbursed": f"{pence // 100}.{pence % 100:02d}" if paid else None,
                "awardDate": f"{year}-06-01",
                "recipientOrganization": [{"id": f"o-{number % 2}", "name": "Friends"}],
            }
            for number, (pence, year, paid) in enumerate(grants)
        ]
    }
    read = read_grants(json.dumps(file), today=date(2026, 1, 1))
    with transaction.atomic():
        source = Source.objects.create(name="Grants", attribution="OGL", licence_name="OGL")
        first = import_grants(grants=read, source=source, today=date(2026, 1, 1), by=None)
        again = import_grants(grants=read, source=source, today=date(2026, 1, 1), by=None)
        assert len(first.grants.added) == len(again.grants.unchanged) == len(grants)
        for budget in Budget.objects.all():
            mine = [(pence, paid) for pence, year, paid in grants if year == budget.year]
            assert budget.allocated_pence == sum(pence for pence, _paid in mine)
            assert budget.spent_pence == sum(pence for pence, paid in mine if paid)
            assert budget.remaining_pence == 0
        transaction.set_rollback(True)
