"""The scheme for everybody: this year's in plain words, and one year beside the one before."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.grants.actions import publish_scheme, save_scheme
from budgets.grants.models import Scheme
from engage.accounts.actions import give_roles
from engage.councillors.actions import save_pre_election
from tests.budgets.grants.factories import NOW, SchemeFactory, an_application
from tests.budgets.grants.test_save_scheme import FACTS
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return " ".join(answer.text.split())


@pytest.fixture
def officer():
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    return account


@pytest.fixture
def scheme(officer) -> Scheme:
    return publish_scheme(scheme=save_scheme(facts=FACTS, by=officer, at=NOW), by=officer, at=NOW)


@pytest.mark.usefixtures("scheme")
def test_everything_a_group_must_know(client, time_machine) -> None:
    time_machine.move_to(datetime(2026, 12, 30, 12, tzinfo=UTC))
    page = words(client.get("/grants/"))
    for said in (
        "Locality grants, 2026–27",
        "You can apply until 31 December 2026. 2 days left.",
        "£10,000",
        "Largest grant from one councillor",
        "Of it, only for things that last",
        "Last resort",
        "Party politics",
        "Latest accounts",
        "From £500 on",
        "For every grant",
        "6 and 12 months after you were paid",
        "The councillor whose money you ask for decides",
        "50 % of it goes over into the next year.",
    ):
        assert said in page, said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 31), "You can apply from 1 April 2026 on."),
        (date(2026, 12, 31), "Today is the last day."),
        (date(2027, 1, 1), "The last day for applications was 31 December 2026."),
    ],
)
@pytest.mark.usefixtures("scheme")
def test_the_page_says_whether_one_can_apply_today(client, time_machine, day, said) -> None:
    time_machine.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    assert said in words(client.get("/grants/?year=2026"))


@pytest.mark.usefixtures("scheme")
def test_the_banner_before_an_election(client, time_machine) -> None:
    time_machine.move_to(datetime(2026, 5, 1, 12, tzinfo=UTC))
    save_pre_election(by=None, name="Town elections", starts_on=date(2026, 4, 20), ends_on=date(2026, 5, 7))
    page = words(client.get("/grants/"))
    assert "Town elections: until the end of 7 May 2026 no new grant is awarded" in page
    assert "what was promised is paid" in page
    assert "Nobody is awarded anything before Town elections is over." in page


@pytest.mark.parametrize(
    ("day", "title", "button", "address"),
    [
        (date(2026, 3, 31), "Not open yet", "Get your group ready", "/grants/groups/"),
        (date(2026, 4, 1), "Open for applications", "Apply for a grant", "/grants/apply/"),
        (date(2027, 1, 1), "Closed", "Get your group ready", "/grants/groups/"),
    ],
)
@pytest.mark.usefixtures("scheme")
def test_the_first_thing_on_the_page_is_what_one_can_do_today(
    client, time_machine, day, title, button, address
) -> None:
    time_machine.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    answer = client.get("/grants/?year=2026")
    assert answer.context["now"]["title"] == title
    assert answer.context["now"]["buttons"][0] == {"text": button, "url": address}
    page = words(answer)
    assert page.index(button) < page.index("How much you can ask for")


@pytest.mark.usefixtures("scheme")
def test_last_years_rules_lead_to_the_scheme_that_is_open(client, time_machine) -> None:
    SchemeFactory(
        year=2027,
        opens_on=date(2027, 1, 10),
        closes_on=date(2027, 12, 31),
        decide_by=date(2028, 2, 28),
        spend_by=date(2028, 3, 31),
    )
    time_machine.move_to(datetime(2027, 2, 1, 12, tzinfo=UTC))
    now = client.get("/grants/?year=2026").context["now"]
    assert (now["title"], now["buttons"][0]["text"]) == ("Closed", "Apply for a grant in 2027–28")


def test_a_draft_is_not_shown(client, officer) -> None:
    save_scheme(facts=FACTS, by=officer, at=NOW)
    assert "No scheme is published here yet" in words(client.get("/grants/"))
    assert "Locality grants" not in words(client.get("/grants/?year=2026"))


def test_why_it_changed_is_there_for_everybody(client, officer, scheme) -> None:
    an_application(scheme=scheme)
    facts = type(FACTS)(
        **{name: getattr(FACTS, name) for name in FACTS.__slots__} | {"grant_max_pence": 2_000_00}
    )
    save_scheme(facts=facts, scheme=scheme, reason="Less money came in.", by=officer, at=NOW)
    page = words(client.get("/grants/?year=2026"))
    assert "the largest grant" in page
    assert "Why: Less money came in." in page


@pytest.mark.usefixtures("scheme")
def test_the_twin_says_what_the_page_says(client) -> None:
    data = json.loads(client.get("/grants.json?year=2026").content)
    assert (data["totals"]["largest_grant"], data["totals"]["largest_grant_pence"]) == ("3000.00", 3_000_00)
    assert [each["name"] for each in data["never_paid_for"]] == FACTS.prohibited
    assert len(data["principles"]) == 6
    assert client.get("/grants.csv?year=2026").text.startswith("row,")


@pytest.mark.parametrize("path", ["/grants", "/grants/compare"])
def test_a_year_that_is_none_is_said(client, path) -> None:
    assert client.get(f"{path}/?year=soon").status_code == 422
    assert "is not a year" in client.get(f"{path}.json?year=soon").text


@pytest.mark.usefixtures("scheme")
def test_one_year_beside_the_one_before(client) -> None:
    SchemeFactory(
        year=2027,
        title="Locality grants",
        grant_max_pence=4_000_00,
        opens_on=date(2027, 4, 1),
        closes_on=date(2027, 12, 31),
        decide_by=date(2028, 2, 28),
        spend_by=date(2028, 3, 31),
    )
    page = words(client.get("/grants/compare/"))
    assert "“Locality grants, 2026–27” to “Locality grants, 2027–28”" in page
    data = json.loads(client.get("/grants/compare.json?year=2027").content)
    facts = {row["label"]: (row["before"], row["after"], row["code"]) for row in data["facts"]}
    assert facts["Largest grant from one councillor"] == ("£3,000", "£4,000", "changed")
    assert facts["Smallest grant"] == ("£100", "£100", "same")
    assert facts["Party politics"] == ("Never paid for", "Not there", "gone")
    assert data["totals"]["changed"] == sum(row["code"] != "same" for row in data["facts"])
    for tag in ("Changed", "No longer"):
        assert f"<span>{tag}</span>" in page


@pytest.mark.usefixtures("scheme")
def test_with_one_year_there_is_nothing_to_compare(client) -> None:
    assert "There is nothing to compare yet" in words(client.get("/grants/compare/"))
    assert json.loads(client.get("/grants/compare.json").content)["facts"] == []


@pytest.mark.slow
def test_the_page_asks_the_same_of_the_database_for_thirty_of_everything(client, scheme) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/grants/?year=2026").status_code == 200
        return len(asked)

    client.get("/grants/")
    few = statements()
    for number in range(30):
        scheme.principles.create(key=f"more-{number}", title=f"More {number}", meaning="M", question="Q")
    assert statements() == few
