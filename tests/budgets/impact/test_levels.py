"""How much a group tells, by the money: said when it applies, signs and reports, and held against the last report."""

from datetime import UTC, datetime

import pytest

from budgets.grants import actions
from budgets.grants.actions import ReportWords, accept_report
from budgets.grants.enums import Status
from budgets.grants.forms.reports import AcceptForm
from budgets.grants.models import Application, Report
from budgets.grants.permissions.reports import lacking
from budgets.impact.actions import set_levels
from budgets.impact.enums import Level
from budgets.impact.queries import asked_of
from budgets.models import Award
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, SchemeFactory, a_councillors_budget, an_application, with_role
from tests.budgets.impact.test_before_after import measured
from tests.budgets.impact.worth import claimed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THEN = datetime(2027, 8, 2, 12, tzinfo=UTC)


def text(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.text.split()).replace("\N{NO-BREAK SPACE}", " ")


def reported(pounds: int) -> Report:
    """The last report of a grant of so many pounds, sent."""
    made = an_application(Status.PAID, amount_pence=pounds * 100)
    actions.schedule_reports(application=made, at=NOW)
    report = made.reports.get(final=True)
    words = ReportWords(
        used_pence=pounds * 100,
        story="People sit there every day.",
        actual={each.pk: 3 for each in made.expected.all()},
    )
    lead = made.organisation.members.get().account
    return actions.send_report(report=report, words=words, by=lead, at=THEN)


@pytest.mark.parametrize(
    ("pounds", "level"), [(1_999, Level.COUNTS), (2_000, Level.BEFORE_AND_AFTER), (10_000, Level.VALUE_MAP)]
)
def test_the_level_is_by_the_money_that_is_asked_for(pounds, level) -> None:
    assert asked_of(an_application(amount_pence=pounds * 100)).level == level


def test_a_joint_grant_is_one_grant() -> None:
    made = an_application(budgets=[a_councillors_budget(), a_councillors_budget()], amount_pence=1_500_00)
    assert (asked_of(made).pence, asked_of(made).level) == (3_000_00, Level.BEFORE_AND_AFTER)


def test_a_group_reads_it_before_it_sends_and_before_it_signs_and_when_it_reports(client) -> None:
    said = "At least one thing measured before and after"
    draft = an_application(Status.DRAFT, amount_pence=2_500_00)
    client.force_login(draft.created_by)
    page = text(client.get(f"/grants/applications/{draft.pk}/write/check/"))
    assert "For a grant of £2,500 we ask for this" in page
    assert said in page
    approved = an_application(Status.APPROVED, amount_pence=2_500_00)
    client.force_login(approved.created_by)
    assert said in text(client.get(f"/grants/applications/{approved.pk}/agreement/"))
    paid = an_application(Status.PAID, amount_pence=2_500_00)
    actions.schedule_reports(application=paid, at=NOW)
    client.force_login(paid.created_by)
    page = text(client.get(f"/grants/applications/{paid.pk}/report/"))
    assert "What this report must say" in page
    assert f"The last report also needs this: {said}" in page


def test_everybody_reads_the_amounts_with_the_scheme(client) -> None:
    scheme = SchemeFactory()
    set_levels(scheme=scheme, before_and_after_pence=1_000_00, value_map_pence=5_000_00, by=None)
    page = text(client.get("/grants/?year=2026"))
    assert "From £1,000" in page
    assert "From £5,000" in page
    levels = client.get("/grants.json?year=2026").json()["reporting_levels"]
    assert [(each["level"], each["from_pence"]) for each in levels] == [
        ("counts", 0),
        ("before", 1_000_00),
        ("map", 5_000_00),
    ]


def test_a_last_report_that_lacks_what_its_size_asks_is_refused_without_a_reason(client) -> None:
    report, officer = reported(2_500), with_role("officer")
    with pytest.raises(Refused, match="something measured before and after is asked for") as refused:
        accept_report(report=report, by=officer, at=THEN)
    assert (refused.value.denied.status, refused.value.denied.field) == (422, "although")
    report.refresh_from_db()
    assert report.accepted_at is None
    accept_report(report=report, although="They moved away.", by=officer, at=THEN)
    award = Award.objects.get(ask__application=report.application)
    assert "(“Before and after”). Why: They moved away." in text(client.get(award.get_absolute_url()))


def test_with_something_measured_nothing_is_lacking() -> None:
    report = reported(2_500)
    award = Award.objects.get(ask__application=report.application)
    measured(claimed(award))
    assert lacking(report) == []
    accept_report(report=report, by=with_role("officer"), at=THEN)
    assert Application.objects.get(pk=report.application_id).status == Status.CLOSED


def test_a_small_grant_and_a_report_in_between_lack_nothing() -> None:
    assert lacking(reported(500)) == []
    report = reported(2_500)
    assert lacking(report.application.reports.get(final=False)) == []


def test_the_officers_form_is_the_way_to_it() -> None:
    report, officer = reported(2_500), with_role("officer")
    form = AcceptForm({"although": ""})
    assert form.is_valid()
    with pytest.raises(Refused):
        form.do(report, by=officer)
