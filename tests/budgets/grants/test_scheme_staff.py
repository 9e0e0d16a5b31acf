"""The back office for schemes: boxes for every fact, next year's in one step, and a year's budgets opened."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from budgets.grants.models import Scheme
from budgets.grants.tasks import open_year
from budgets.models import Budget
from engage.accounts.actions import give_roles
from tests.budgets.grants.factories import NOW, SchemeFactory, an_application
from tests.budgets.grants.test_open_year import THEN, a_councillor, a_year
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db

SENT = {
    "title": "Locality grants",
    "year": "2026",
    "allocation": "10,000",
    "grant_min": "100",
    "grant_max": "3000",
    "carry_over_percent": "50",
    "joint_grants": "on",
    "decides": "councillor",
    "opens_on": "2026-04-01",
    "closes_on": "2026-12-31",
    "decide_by": "2027-02-28",
    "spend_by": "2027-03-31",
    "fence_capital": "2500",
    "document_constitution": "0",
    "document_accounts": "500",
    "prohibited": "Party politics\n\nTrips abroad\nParty politics",
    "monitoring_months": "6, 12",
    "principles-TOTAL_FORMS": "0",
    "principles-INITIAL_FORMS": "0",
}


def words(answer) -> str:
    return " ".join(answer.text.split())


@pytest.fixture
def officer(client):
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    client.force_login(account)
    return account


def again(scheme: Scheme, **changed: str) -> dict[str, str]:
    """The edit form as it is sent, with its principles."""
    rows = {
        f"principles-{number}-{name}": str(value)
        for number, each in enumerate(scheme.principles.all())
        for name, value in (
            ("id", each.pk),
            ("title", each.title),
            ("meaning", each.meaning),
            ("question", each.question),
            ("ORDER", number + 1),
        )
    }
    count = str(scheme.principles.count())
    totals = {"principles-TOTAL_FORMS": count, "principles-INITIAL_FORMS": count}
    return SENT | rows | totals | {"version": str(scheme.version)} | changed


@pytest.mark.usefixtures("officer")
def test_an_officer_writes_a_scheme(client) -> None:
    form = words(client.get("/admin/schemes/new/"))
    for label in (
        "Allocation of each councillor",
        "Never paid for",
        "Reports are due after",
        "Latest accounts",
    ):
        assert label in form
    assert client.post("/admin/schemes/new/", SENT).status_code == 302
    scheme = Scheme.objects.get()
    assert (scheme.allocation_pence, scheme.grant_max_pence) == (10_000_00, 3_000_00)
    assert scheme.prohibited == ["Party politics", "Trips abroad"]
    assert scheme.monitoring_months == [6, 12]
    assert {each.kind: each.from_pence for each in scheme.documents_required.all()} == {
        "constitution": 0,
        "accounts": 500_00,
    }
    assert scheme.fences.get().amount_pence == 2_500_00
    assert scheme.principles.count() == 6
    assert "2026–27" in words(client.get("/admin/schemes/"))


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"grant_max": "50"}, "The largest grant cannot be less than the smallest."),
        ({"monitoring_months": "six"}, "Enter whole months with commas between them"),
        ({"closes_on": "2026-01-01"}, "The dates must follow each other"),
        ({"prohibited": "x" * 201}, "is too long"),
        ({"allocation": "0"}, "Enter an amount above £0."),
    ],
)
def test_what_is_refused_keeps_what_was_typed(client, changed, sentence) -> None:
    answer = client.post("/admin/schemes/new/", SENT | changed)
    assert sentence in words(answer)
    assert "Trips abroad" in answer.text or "x" * 201 in answer.text
    assert not Scheme.objects.exists()


@pytest.mark.usefixtures("officer")
def test_two_officers_at_once_are_shown_what_differs(client) -> None:
    client.post("/admin/schemes/new/", SENT)
    scheme = Scheme.objects.get()
    mine, theirs = again(scheme, grant_max="4000"), again(scheme, grant_max="2000")
    path = f"/admin/schemes/edit/{scheme.pk}/"
    assert client.post(path, theirs).status_code == 302
    answer = client.post(path, mine)
    assert answer.status_code == 409
    assert "Somebody else saved this scheme" in words(answer)
    assert "It now says: “2000.00”." in words(answer)
    assert 'value="4000"' in answer.text
    assert client.post(path, mine | {"version": "2"}).status_code == 302
    scheme.refresh_from_db()
    assert scheme.grant_max_pence == 4_000_00


@pytest.mark.usefixtures("officer")
def test_a_scheme_in_use_asks_why_it_changes(client) -> None:
    client.post("/admin/schemes/new/", SENT)
    scheme = Scheme.objects.get()
    assert "Groups can send applications" in words(client.get(f"/admin/schemes/publish/{scheme.pk}/"))
    assert client.post(f"/admin/schemes/publish/{scheme.pk}/").status_code == 302
    an_application(scheme=scheme)
    scheme.refresh_from_db()
    path = f"/admin/schemes/edit/{scheme.pk}/"
    answer = client.post(path, again(scheme, grant_max="2000"))
    assert (answer.status_code, "Say why it changes" in words(answer)) == (422, True)
    assert client.post(path, again(scheme, grant_max="2000", reason="Less money.")).status_code == 302


@pytest.mark.usefixtures("officer")
def test_next_year_in_one_step(client) -> None:
    scheme = SchemeFactory()
    answer = client.post(f"/admin/schemes/next-year/{scheme.pk}/", follow=True)
    assert "This is next year’s scheme as a draft" in words(answer)
    assert Scheme.objects.get(year=2027).opens_on.year == 2027
    answer = client.post(f"/admin/schemes/next-year/{scheme.pk}/")
    assert (answer.status_code, "There is a scheme for 2027–28 already" in words(answer)) == (409, True)


@pytest.mark.usefixtures("officer")
def test_a_year_is_opened_from_its_preview(client, time_machine, django_capture_on_commit_callbacks) -> None:
    scheme = a_year()
    time_machine.move_to(NOW)
    early = words(client.get(f"/admin/schemes/open-year/{scheme.pk}/"))
    assert "nothing is carried over before 1 March 2027" in early
    time_machine.move_to(THEN)
    a_councillor()
    path = f"/admin/schemes/open-year/{scheme.pk}/"
    preview = words(client.get(path))
    assert "0 of 1 budgets are done." in preview
    assert "£12,000 to allocate and £5,000 to carry over" in preview
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(path)
    assert answer.url == f"{path}?started=1"
    assert not Budget.objects.filter(year=2027).exists()
    assert client.get(answer.url).headers["Refresh"] == "2"
    job = ProcrastinateJob.objects.get(task_name="grants.open_year")
    open_year(**job.args)
    done = client.get(answer.url)
    assert "Refresh" not in done.headers
    assert "1 of 1 budgets is done." in words(done)
    assert "Open these budgets now" not in words(done)
    assert Budget.objects.get(year=2027).allocated_pence == 17_000_00


@pytest.mark.usefixtures("officer")
def test_a_draft_opens_no_budgets(client) -> None:
    scheme = a_year(published_at=None)
    answer = client.get(f"/admin/schemes/open-year/{scheme.pk}/")
    assert (answer.status_code, "Publish this scheme first" in words(answer)) == (409, True)


def test_a_councillor_reads_schemes_and_writes_none(client) -> None:
    account = AccountFactory()
    give_roles(account=account, roles=["councillor"], at=NOW)
    client.force_login(account)
    scheme = SchemeFactory()
    assert "Locality grants" in words(client.get("/admin/schemes/"))
    for path in ("new/", f"edit/{scheme.pk}/", f"publish/{scheme.pk}/", f"open-year/{scheme.pk}/"):
        assert client.post(f"/admin/schemes/{path}", SENT).status_code in {302, 403}, path
    assert Scheme.objects.get().grant_max_pence == 3_000_00
