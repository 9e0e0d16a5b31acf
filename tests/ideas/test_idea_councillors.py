"""An idea outside any call is for the councillors of its place: they are named, are told and see what is open."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.accounts.actions import give_roles
from engage.councillors.models import Councillor
from engage.kit.happenings import Happening
from engage.notifications.actions import follow, tell_next
from engage.notifications.models import News, Notification
from engage.notifications.queries import inbox
from ideas import notices
from ideas.enums import IdeaStatus
from ideas.models import Idea
from tests.factories import (
    AccountFactory,
    CallFactory,
    CouncillorFactory,
    IdeaFactory,
    PlaceFactory,
    ResidentFactory,
    TermFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def place():
    return PlaceFactory(name="Elm Hill")


@pytest.fixture
def serving(place, now):
    """Make a councillor of the place with an account, who serves it until that day."""

    def make(ends_on: date | None = None, where=place) -> Councillor:
        account = ResidentFactory().account
        give_roles(account=account, roles=["councillor"], at=now)
        councillor = CouncillorFactory(account=account)
        TermFactory(councillor=councillor, place=where, ends_on=ends_on)
        return councillor

    return make


@pytest.fixture
def hear(now):
    """Everybody is told of an idea, as the worker would."""

    def run(idea: Idea, event: str = "IDEA_SUGGESTED") -> None:
        notices.new_idea(Happening(event, idea.pk, None, now))
        for news in News.objects.filter(told_at=None):
            while tell_next(news_id=news.pk, at=now):
                assert news.pk

    return run


def told(councillor: Councillor) -> list[str]:
    return [item.told.title for item in inbox(councillor.account.resident, page=None).items]


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_names_those_who_serve_the_place_now(client, now) -> None:
    place = PlaceFactory(name="Elm Hill")
    for name, where, ends in [
        ("Alex Now", place, None),
        ("Sam Before", place, date(2025, 6, 1)),
        ("Kim Elsewhere", PlaceFactory(), None),
    ]:
        councillor = CouncillorFactory(name=name)
        TermFactory(councillor=councillor, place=where, ends_on=ends)
    outside = IdeaFactory(place=place)
    within = IdeaFactory(place=place, call=CallFactory(), at=now)
    page = client.get(outside.get_absolute_url()).content.decode()
    assert "Alex Now" in page
    assert "the councillor for Elm Hill" in page
    assert "Sam Before" not in page
    assert "Kim Elsewhere" not in page
    assert "Alex Now" not in client.get(within.get_absolute_url()).content.decode()


def test_those_who_serve_the_place_are_told_of_an_idea_and_nobody_else(place, serving, hear) -> None:
    now_one, now_two = serving(), serving()
    before, elsewhere = serving(ends_on=date(2025, 6, 1)), serving(where=PlaceFactory())
    TermFactory(place=place)  # of a councillor without an account
    gone = ResidentFactory(account=None)
    hear(IdeaFactory(title="Lights", place=place))
    assert told(now_one) == told(now_two) == ["A new idea for you: “Lights”"]
    assert told(before) == told(elsewhere) == []
    assert not Notification.objects.filter(resident=gone).exists()


def test_a_councillor_who_watches_the_place_is_told_once(place, serving, hear, now, resident) -> None:
    councillor = serving()
    for each in (councillor.account.resident, resident):
        follow(resident=each, topic=("place", place.pk), at=now)
    idea = IdeaFactory(title="Lights", place=place)
    hear(idea)
    hear(idea)
    assert told(councillor) == ["A new idea for you: “Lights”"]
    assert [item.told.title for item in inbox(resident, page=None).items] == ["New idea: “Lights”"]


def test_an_idea_in_a_call_is_not_for_the_councillor_alone(place, serving, hear, now) -> None:
    councillor, watching = serving(), serving()
    follow(resident=watching.account.resident, topic=("place", place.pk), at=now)
    hear(IdeaFactory(title="Lights", place=place, call=CallFactory(), at=now))
    assert told(councillor) == []
    assert told(watching) == ["New idea: “Lights”"]


def test_a_held_idea_is_told_when_it_is_let_through(place, serving, hear, now) -> None:
    councillor = serving()
    idea = IdeaFactory(title="Lights", place=place)
    Idea.objects.update(held_at=now)
    hear(idea)
    assert told(councillor) == []
    Idea.objects.update(held_at=None)
    hear(idea, "IDEA_RELEASED")
    assert told(councillor) == ["A new idea for you: “Lights”"]


def test_a_councillor_is_not_told_of_their_own_idea(place, serving, hear) -> None:
    councillor = serving()
    hear(IdeaFactory(place=place, author=councillor.account.resident))
    assert told(councillor) == []


def test_the_first_screen_counts_what_is_open_and_leads_to_it(client, place, serving, now) -> None:
    councillor = serving()
    TermFactory(councillor=councillor, place=PlaceFactory(name="Old Ward"), ends_on=date(2025, 6, 1))
    for title in ("Lights", "Bench"):
        IdeaFactory(title=title, place=place)
    IdeaFactory(title="Within", place=PlaceFactory(parent=place))
    IdeaFactory(title="Elsewhere")
    IdeaFactory(title="For a call", place=place, call=CallFactory(), at=now)
    Idea.objects.filter(pk=IdeaFactory(title="Built", place=place).pk).update(status=IdeaStatus.DONE)
    Idea.objects.filter(pk=IdeaFactory(title="Held", place=place).pk).update(held_at=now)
    client.force_login(councillor.account)
    home = words(client.get("/admin/"))
    assert "Old Ward" not in home
    address, said = re.search(r'<a href="(/ideas/\?[^"]+)"> (3 open ideas in Elm Hill) </a>', home).groups()
    data = client.get(address.replace("&amp;", "&").replace("/ideas/?", "/ideas.json?")).json()
    assert {idea["title"] for idea in data["ideas"]} == {"Lights", "Bench", "Within"}
    assert said.startswith("3 ")


def test_where_nothing_is_open_the_panel_says_so_and_leads_nowhere(client, place, serving) -> None:
    IdeaFactory(place=place, call=CallFactory())
    client.force_login(serving().account)
    home = words(client.get("/admin/"))
    assert f"No open idea in {place.name} now. We tell you when there is one." in home
    assert "/ideas/?place=" not in home


def test_the_first_screen_of_others_has_no_such_panel(client, serving, now) -> None:
    officer = AccountFactory()
    give_roles(account=officer, roles=["officer"], at=now)
    for account in (officer, serving(ends_on=date(2025, 6, 1)).account):
        client.force_login(account)
        assert "Ideas for you" not in words(client.get("/admin/"))


def test_the_panel_asks_the_same_number_of_questions_however_much_there_is(client, place, serving) -> None:
    councillor = serving()
    client.force_login(councillor.account)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert "Ideas for you" in words(client.get("/admin/"))
        return len(seen)

    IdeaFactory(place=place)
    queries()
    few = queries()
    for _n in range(29):
        term = TermFactory(councillor=councillor)
        IdeaFactory(place=term.place)
    assert queries() == few


def test_the_list_can_leave_calls_out(client, now) -> None:
    IdeaFactory(title="Outside")
    IdeaFactory(title="Within", call=CallFactory(), at=now)
    page = words(client.get("/ideas/?call=no-call"))
    assert "Outside" in page
    assert "Within" not in page
    assert re.search(r'value="no-call"[^>]*selected[^>]*> ?Outside any call', page)
