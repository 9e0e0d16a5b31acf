"""The weeks before an election: set by officers, and what they hold back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from budgets.actions import add_photo, correct_outcome, pay_award, record_award, report_outcome
from budgets.impact.actions import measure_before_after, publish_value_map
from engage.accounts.actions import give_roles
from engage.audit.models import Record
from engage.councillors.actions import remove_pre_election, save_councillor, save_pre_election
from engage.councillors.models import PreElection
from engage.councillors.permissions import may_decide_on, may_promote_on
from engage.councillors.queries import pre_election
from engage.kit.decisions import Refused
from tests.budgets.impact.worth import claimed, cooking_club
from tests.factories import (
    AccountFactory,
    AwardFactory,
    BudgetFactory,
    CouncillorFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db

DATES = {"starts_on": date(2027, 3, 22), "ends_on": date(2027, 5, 6)}
DURING = datetime(2027, 4, 1, 12, tzinfo=UTC)
AFTER = datetime(2027, 5, 7, 12, tzinfo=UTC)


def a_period(**fields) -> PreElection:
    return save_pre_election(by=None, name="County elections", **DATES | fields)


@pytest.mark.parametrize(
    ("day", "near"),
    [("2027-03-21", False), ("2027-03-22", True), ("2027-05-06", True), ("2027-05-07", False)],
)
def test_both_days_are_part_of_it(day, near) -> None:
    period = a_period()
    on = date.fromisoformat(day)
    assert pre_election(on=on) == (period if near else None)
    assert bool(may_decide_on(on)) == bool(may_promote_on(on)) == (not near)


def test_the_sentence_says_from_when_on() -> None:
    a_period()
    for decision in (may_decide_on(DATES["ends_on"]), may_promote_on(DATES["ends_on"])):
        assert decision.status == 409
        assert "County elections" in decision.reason
        assert "from 7 May 2027 on" in decision.reason
        assert "Payments that are due go on" in decision.reason


def test_two_periods_do_not_overlap() -> None:
    a_period()
    with pytest.raises(Refused, match="Another pre-election period"):
        a_period(starts_on=date(2027, 5, 6), ends_on=date(2027, 6, 1))
    with pytest.raises(Refused, match="cannot end before it starts"):
        a_period(starts_on=date(2028, 5, 6), ends_on=date(2028, 5, 1))


def test_only_officers_and_administrators_set_them() -> None:
    officer = AccountFactory()
    with pytest.raises(Refused, match="Only officers"):
        save_pre_election(by=officer, name="Town elections", **DATES)
    give_roles(account=officer, roles=["officer"], at=DURING)
    officer = type(officer).objects.get(pk=officer.pk)
    period = save_pre_election(by=officer, name="Town elections", **DATES)
    save_pre_election(
        by=officer, period=period, name="Town elections", **DATES | {"ends_on": date(2027, 5, 13)}
    )
    changed = Record.objects.get(event="PRE_ELECTION_CHANGED")
    assert changed.data == {"fields": ["ends_on"], "before": {"from": "2027-03-22", "to": "2027-05-06"}}
    remove_pre_election(by=officer, period=period)
    assert not PreElection.objects.exists()


def test_staff_publish_no_results_before_an_election_and_payments_go_on() -> None:
    a_period()
    award, officer = AwardFactory(), AccountFactory()
    said = {"award": award, "measure": "benches", "actual": 3, "on": date(2027, 4, 1)}
    with pytest.raises(Refused, match="held back before the election"):
        report_outcome(**said, by=officer, at=DURING)
    with pytest.raises(Refused, match="held back before the election"):
        add_photo(award=award, alt="Benches", by=officer, at=DURING)
    assert not award.outcomes.exists()
    report_outcome(**said, by=officer, at=AFTER)
    pay_award(award=award, amount_pence=100, on=date(2027, 4, 1), by=officer, at=DURING)


def test_nor_do_they_correct_results_or_publish_what_they_were_worth() -> None:
    a_period()
    officer, value_map = AccountFactory(), cooking_club(published=False)
    outcome = claimed(value_map.award)
    measured = {
        "question": "How sure are you?",
        "unit": "points of 10",
        "before": Decimal(4),
        "after": Decimal(7),
    }
    measured |= {"people": 18, "higher_is_better": True, "how": "On paper."}
    promotions = [
        lambda at: correct_outcome(
            outcome=outcome, measure=outcome.measure, actual=9, on=at.date(), by=officer, at=at
        ),
        lambda at: measure_before_after(outcome=outcome, **measured, by=officer, at=at),
        lambda at: publish_value_map(value_map=value_map, by=officer, at=at),
    ]
    for publish in promotions:
        with pytest.raises(Refused, match="held back before the election"):
            publish(DURING)
        publish(AFTER)


def test_a_councillors_page_says_so(client, time_machine) -> None:
    time_machine.move_to(DURING)
    page = CouncillorFactory().get_absolute_url()
    assert "County elections" not in client.get(page).text
    a_period()
    assert "until the end of 6 May 2027 nothing new is decided here" in " ".join(
        client.get(page).text.split()
    )


def test_officers_keep_them_in_the_back_office(client) -> None:
    officer = AccountFactory()
    give_roles(account=officer, roles=["officer"], at=DURING)
    client.force_login(officer)
    sent = {"name": "County elections", "starts_on": "2027-03-22", "ends_on": "2027-05-06"}
    assert client.post("/admin/pre_elections/new/", sent).status_code == 302
    again = client.post("/admin/pre_elections/new/", sent)
    assert "Another pre-election period covers some of these days" in again.text
    period = PreElection.objects.get()
    assert (
        client.post(f"/admin/pre_elections/edit/{period.pk}/", sent | {"name": "Elections"}).status_code
        == 302
    )
    assert "Elections" in client.get("/admin/pre_elections/").text
    assert client.post(f"/admin/pre_elections/delete/{period.pk}/").status_code == 302
    assert not PreElection.objects.exists()


def test_new_words_of_a_councillor_wait_and_other_facts_do_not() -> None:
    a_period()
    editor, ada = AccountFactory(), CouncillorFactory(name="Ada", statement="I like trees.")
    give_roles(account=editor, roles=["editor"], at=DURING)
    said = {"councillor": ada, "name": "Ada", "by": editor}
    with pytest.raises(Refused, match="held back before the election"):
        save_councillor(**said, statement="Vote for trees.", at=DURING)
    assert save_councillor(**said, statement="I like trees.", email="a@example.org", at=DURING).email
    assert save_councillor(**said, statement="", at=DURING).statement == ""
    assert save_councillor(**said, statement="I like trees.", at=AFTER).statement


def test_what_was_decided_before_is_recorded_and_nothing_is_decided_meanwhile() -> None:
    a_period()
    budget, officer = BudgetFactory(year=2026), AccountFactory()
    facts = {
        "budget": budget,
        "organisation": OrganisationFactory(),
        "title": "A boat",
        "purpose": "A boat.",
        "amount_pence": 1_00,
        "by": officer,
    }
    with pytest.raises(Refused, match="Nothing new is decided"):
        record_award(**facts, decided_on=DATES["starts_on"])
    assert record_award(**facts, decided_on=date(2027, 3, 21)).committed_pence == 1_00
