"""What to mend: on the command line, in the back office, and as a check when nobody has said who publishes."""

from datetime import UTC, datetime

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from engage.accounts.actions import give_roles
from tests.factories import AccountFactory, AwardFactory, OrganisationFactory
from tests.opendata.served import many_awards, statements, text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
REPORT = "/admin/reports/open-data/"


@pytest.fixture
def officer(client):
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    client.force_login(account)
    return account


def three_faults() -> None:
    AwardFactory(title="Ask sam@example.org", organisation__identifier="GB-CHC-1110767")
    for identifier in ("GB-CHC-1110768", "GB-CHC-1110769"):
        group = OrganisationFactory(name="Hall Trust", identifier=identifier)
        AwardFactory(title="Good", organisation=group)


def test_the_command_names_each_fault_and_ends_with_1(publisher, capsys):
    three_faults()
    with pytest.raises(CommandError, match="2 to mend; 1 of 3 awards are held back"):
        call_command("lint_open_data")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("error email-in-text: award ")
    assert "“Ask sam@example.org”. There is an email address" in first
    assert second.startswith("warning one-name-two-ids: ")
    assert "“Hall Trust: GB-CHC-1110768, GB-CHC-1110769”" in second


def test_warnings_alone_end_well_unless_asked_otherwise(publisher, capsys):
    AwardFactory(title="x" * 141, organisation__identifier="GB-CHC-1110767")
    call_command("lint_open_data")
    assert "Nothing is held back: 1 awards looked at, 1 warnings." in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("lint_open_data", "--strict")


def test_the_command_says_when_nobody_publishes(capsys):
    AwardFactory()
    with pytest.raises(CommandError, match="enter the council’s organisation identifier"):
        call_command("lint_open_data")


def test_the_report_says_what_to_mend_and_leads_there(client, officer, publisher):
    three_faults()
    page = " ".join(text(client, REPORT).split())
    assert "3 awards were looked at. 1 is held back" in page
    assert page.index("Ask sam@example.org") < page.index("Hall Trust: GB-CHC-1110768")
    assert "/admin/awards/inspect/" in page
    assert "identifiers are missing" not in page


def test_the_report_says_that_nothing_is_to_be_mended(client, officer, publisher):
    assert "There is nothing to mend." in text(client, REPORT)


def test_the_report_leads_to_where_the_identifiers_are_entered(client, officer):
    page = text(client, REPORT)
    assert "identifiers are missing" in page
    assert 'href="/admin/settings/opendata/publisher/' in page


@pytest.mark.parametrize(
    ("role", "status"), [("auditor", 200), ("administrator", 200), ("editor", 403), ("councillor", 403)]
)
def test_only_those_who_mend_and_audit_see_it(client, role, status):
    account = AccountFactory()
    give_roles(account=account, roles=[role], at=NOW)
    client.force_login(account)
    assert client.get(REPORT).status_code == status


def test_the_report_takes_as_many_statements_for_30_awards_as_for_one(client, officer, publisher):
    many_awards(1)
    few = statements(client, REPORT)
    many_awards(29)
    assert statements(client, REPORT) == few


def test_an_officer_enters_who_publishes_and_both_identifiers_are_wanted(client, officer):
    form = {"name": "", "org_id": "GB-LAE-TDW", "prefix": "", "department": "", "licence": "ogl"}
    address = client.get("/admin/settings/opendata/publisher/", follow=True).redirect_chain[-1][0]
    refused = client.post(address, form)
    assert "Ask 360Giving for your prefix" in refused.content.decode()
    assert "looks like 360G-tidewold" in client.post(address, form | {"prefix": "tidewold"}).content.decode()
    assert client.post(address, form | {"prefix": "360G-tidewold"}).status_code == 302
    AwardFactory()
    assert client.get("/data/360giving.json").status_code == 200


def found() -> list[str]:
    return [check.id for check in run_checks(databases=["default"]) if check.id.startswith("opendata")]


def test_a_check_warns_while_grants_have_no_publisher():
    assert found() == []
    AwardFactory()
    assert found() == ["opendata.W001"]


def test_with_a_publisher_it_is_silent(publisher):
    AwardFactory()
    assert found() == []
