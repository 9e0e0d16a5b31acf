"""The list of calls and the page of one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.actions import support_idea
from ideas.enums import Feeds
from ideas.models import CallQuestion, Idea, PhaseShift
from tests.factories import CallFactory, IdeaFactory, PlaceFactory, ThemeFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def today():
    return timezone.now()


def statements(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_without_calls_the_list_says_that_nobody_need_wait(client) -> None:
    page = words(client.get("/ideas/calls/"))
    assert "No calls yet" in page
    assert "/ideas/new/" in page


def test_calls_stand_under_now_to_come_and_over_and_drafts_nowhere(client, today) -> None:
    CallFactory(title="Running", opens_at=today - DAY, closes_at=today + DAY)
    CallFactory(title="Later", opens_at=today + DAY, closes_at=today + 2 * DAY)
    CallFactory(title="Earlier", opens_at=today - 2 * DAY, closes_at=today - DAY)
    CallFactory(title="Draft", announced_at=None)
    page = words(client.get("/ideas/calls/"))
    order = [page.index(word) for word in (">Now<", "Running", ">To come<", "Later", ">Over<", "Earlier")]
    assert order == sorted(order)
    assert "Draft" not in page


def test_the_page_shows_what_happens_when_and_what_one_can_do_now(client, today) -> None:
    call = CallFactory(
        title="Parks",
        slug="parks",
        ideas_each=2,
        supports_each=5,
        phases={"suggest": (today - DAY, today + 3 * DAY), "support": (today + 3 * DAY, today + 9 * DAY)},
    )
    CallQuestion.objects.create(call=call, label="Who would use it?", kind="short")
    page = words(client.get("/ideas/calls/parks/"))
    assert "3 days left" in page
    assert 'aria-current="step"' in page
    assert "/ideas/new/?call=parks" in page
    assert "Each person can suggest 2 ideas." in page
    assert "Each person can support 5 ideas." in page
    assert "You have used" not in page
    assert "Who would use it?" in page
    assert "Everywhere" in page


def test_the_signed_in_read_what_they_have_used(client, account_with, today) -> None:
    call = CallFactory(
        slug="parks", ideas_each=2, supports_each=5, opens_at=today - DAY, closes_at=today + DAY
    )
    account = account_with()
    client.force_login(account)
    IdeaFactory(call=call, author=account.resident, at=today)
    for _ in range(2):
        support_idea(idea=IdeaFactory(call=call, at=today), resident=account.resident, at=today)
    page = words(client.get("/ideas/calls/parks/"))
    assert "You have used 1 of 2 ideas." in page
    assert "You have used 2 of 5 supports." in page


def test_each_phase_leads_to_what_can_be_done_in_it(client, today) -> None:
    running = (today - DAY, today + DAY)
    for kind, sentence in [
        ("support", "Support the ideas you like best"),
        ("assess", "The council works out what each idea would cost"),
        ("ballot", "Residents vote"),
        ("decide", "Councillors decide"),
        ("deliver", "What was chosen is built"),
    ]:
        CallFactory(slug=kind, phases={kind: running})
        page = words(client.get(f"/ideas/calls/{kind}/"))
        assert sentence in page
        assert "Sign in to watch this" in page
    CallFactory(slug="over", phases={"suggest": (today - 2 * DAY, today - DAY)})
    page = words(client.get("/ideas/calls/over/"))
    assert "This call is over" in page
    assert "watch this" not in page  # nothing new will be in it
    CallFactory(
        slug="gap",
        phases={"suggest": (today - 2 * DAY, today - DAY), "support": (today + DAY, today + 2 * DAY)},
    )
    page = words(client.get("/ideas/calls/gap/"))
    assert "“Support ideas” begins at" in page
    assert "Until then you can read the ideas and comment" in page


def test_the_ideas_are_the_most_supported_and_the_newest(client, today) -> None:
    call = CallFactory(slug="parks")
    for number in range(6):
        idea = IdeaFactory(call=call, title=f"Idea {number}", at=datetime(2026, 5, 1 + number, tzinfo=UTC))
        Idea.objects.filter(pk=idea.pk).update(supports_count=10 - number)
    IdeaFactory(title="Of no call")
    page = words(client.get("/ideas/calls/parks/"))
    supported, newest = page.split("The newest of the others")
    assert "Idea 0" in supported
    assert "Idea 5" not in supported
    assert "Idea 5" in newest
    assert "See all 6 ideas" in page
    assert "Of no call" not in page


def test_changed_dates_stand_there_with_their_reason(client, now) -> None:
    call = CallFactory(slug="parks", opens_at=now, closes_at=now + 9 * DAY)
    PhaseShift.objects.create(
        call=call,
        kind="suggest",
        from_starts_at=datetime(2026, 6, 1, 8, tzinfo=UTC),
        from_ends_at=datetime(2026, 6, 4, 23, tzinfo=UTC),
        to_starts_at=datetime(2026, 6, 1, 8, tzinfo=UTC),
        to_ends_at=datetime(2026, 6, 9, 23, tzinfo=UTC),
        reason="Snow closed the libraries.",
        shifted_at=now,
    )
    page = words(client.get("/ideas/calls/parks/"))
    assert "<s>1 June 2026, 9am to 4 June 2026</s> is now 1 June 2026, 9am to 9 June 2026." in page
    assert "Why: Snow closed the libraries." in page
    assert "Changed on 1 June 2026" in page


def test_the_pot_of_a_ballot_is_shown(client) -> None:
    CallFactory(slug="parks", feeds=Feeds.BALLOT, ballot_pot_pence=25_000_00)
    assert "£25,000" in words(client.get("/ideas/calls/parks/"))


def test_a_draft_is_for_staff_alone(client, account_with) -> None:
    CallFactory(slug="secret", title="Secret plans", announced_at=None)
    for address in ("/ideas/calls/secret/", "/ideas/calls/secret.json"):
        assert client.get(address).status_code == 404
    client.force_login(account_with())
    assert client.get("/ideas/calls/secret/").status_code == 404
    client.force_login(account_with("view_call"))
    page = words(client.get("/ideas/calls/secret/"))
    assert "This call has not been announced" in page


def test_a_call_that_does_not_exist_is_not_found(client) -> None:
    assert client.get("/ideas/calls/none/").status_code == 404


def test_the_twins_say_what_the_pages_say(client, now) -> None:
    place = PlaceFactory(slug="elm")
    call = CallFactory(slug="parks", opens_at=now, closes_at=now + DAY, ideas_each=3)
    call.places.add(place)
    IdeaFactory(call=call, place=place, at=now)
    listed = client.get("/ideas/calls.json").json()
    (row,) = listed["calls"]
    assert (row["slug"], row["ideas"], row["places"]) == ("parks", 1, "elm")
    twin = client.get("/ideas/calls/parks.json").json()
    assert twin["totals"]["ideas_each"] == 3
    assert twin["totals"]["ideas"] == 1
    assert [each["phase"] for each in twin["phases"]] == ["suggest"]
    assert client.get("/ideas/calls.csv").status_code == 200
    assert "suggest" in client.get("/ideas/calls/parks.csv").content.decode()


@pytest.mark.slow
def test_the_number_of_statements_does_not_grow(client, account_with, today) -> None:
    def grow(many: int) -> None:
        for _ in range(many):
            call = CallFactory(opens_at=today - DAY, closes_at=today + DAY)
            place, theme = PlaceFactory(), ThemeFactory()
            IdeaFactory(call=call, at=today)
            call.places.add(place)
            call.themes.add(theme)
            page.places.add(place)
            IdeaFactory(call=page, place=place, at=today)
            CallQuestion.objects.create(call=page, label="Why?", kind="short")

    page = CallFactory(
        slug="page", ideas_each=9, supports_each=9, opens_at=today - DAY, closes_at=today + DAY
    )
    client.force_login(account_with())
    addresses = ["/ideas/calls/", "/ideas/calls/page/", "/ideas/calls.json", "/ideas/calls/page.json"]
    grow(1)
    client.get("/ideas/calls/")  # the site's frame is read once and kept
    few = [statements(client, address) for address in addresses]
    grow(29)
    assert [statements(client, address) for address in addresses] == few
    assert max(few) <= 20


def test_the_list_of_ideas_shows_the_calls_that_run_and_leads_to_their_pages(client, today) -> None:
    CallFactory(title="Running", slug="running", opens_at=today - DAY, closes_at=today + DAY)
    CallFactory(title="Over", slug="over", opens_at=today - 2 * DAY, closes_at=today - DAY)
    page = words(client.get("/ideas/"))
    assert "/ideas/calls/running/" in page
    assert "/ideas/new/?call=running" in page
    assert "/ideas/calls/over/" not in page
    assert 'href="/ideas/calls/"' in page


def test_ideas_are_found_by_the_phase_their_call_is_in_now(client, today) -> None:
    support = CallFactory(
        phases={"suggest": (today - 9 * DAY, today - DAY), "support": (today - DAY, today + DAY)}
    )
    assess = CallFactory(
        phases={"suggest": (today - 9 * DAY, today - DAY), "assess": (today - DAY, today + DAY)}
    )
    IdeaFactory(title="To be supported", call=support, at=today - 3 * DAY)
    IdeaFactory(title="Looked at", call=assess, at=today - 3 * DAY)
    IdeaFactory(title="Of no call")
    found = client.get("/ideas.json?phase=support").json()
    assert [idea["title"] for idea in found["ideas"]] == ["To be supported"]
    assert client.get("/ideas.json?phase=ballot").json()["ideas"] == []
    assert client.get("/ideas.json?phase=none").status_code == 422
