"""Better words for an idea: by those who wrote it, while it gathers support, and never over each other."""

from datetime import timedelta

import pytest

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import edit_idea
from ideas.enums import IdeaStatus
from ideas.models import Idea
from tests.factories import CallFactory, IdeaFactory, ResidentFactory
from tests.ideas.writing import words

pytestmark = pytest.mark.django_db
NEW = {"title": "Two benches by the pond", "description": "One in the sun, one in the shade."}


@pytest.fixture
def idea(resident) -> Idea:
    return IdeaFactory(author=resident, title="A bench by the pond")


def test_the_words_change_and_the_page_says_so(client, idea, resident) -> None:
    client.force_login(resident.account)
    assert "Change its words" in words(client.get(idea.get_absolute_url()))
    answer = client.post(f"/ideas/{idea.pk}/edit/", NEW | {"version": "1"})
    idea.refresh_from_db()
    assert answer.headers["Location"] == idea.get_absolute_url()
    assert (idea.title, idea.version) == (NEW["title"], 2)
    assert "Changed by its authors on" in words(client.get(idea.get_absolute_url()))
    assert Record.objects.get(event="IDEA_EDITED").data == {"what": "words", "version": 2}


def test_two_people_at_once_lose_nothing(client, idea, resident, now) -> None:
    edit_idea(idea=idea, **NEW, version=1, by=resident.account, at=now)
    client.force_login(resident.account)
    mine = {"title": "A bench with a roof", "description": "It rains a lot.", "version": "1"}
    answer = client.post(f"/ideas/{idea.pk}/edit/", mine)
    assert answer.status_code == 409
    page = words(answer)
    for text in (NEW["title"], NEW["description"], mine["title"], mine["description"]):
        assert text in page
    assert "Somebody else changed this idea while you were writing" in page
    assert Idea.objects.get().title == NEW["title"]
    again = mine | {"version": answer.context["form"]["version"].value()}
    assert client.post(f"/ideas/{idea.pk}/edit/", again).status_code == 303
    idea.refresh_from_db()
    assert (idea.title, idea.version) == (mine["title"], 3)


def test_the_same_words_again_change_nothing(idea, resident, now) -> None:
    edit_idea(idea=idea, **NEW, version=1, by=resident.account, at=now)
    assert edit_idea(idea=idea, **NEW, version=1, by=resident.account, at=now).version == 2
    assert Record.objects.filter(event="IDEA_EDITED").count() == 1


def test_strangers_may_not(client, idea, now) -> None:
    client.force_login(ResidentFactory().account)
    assert "Change its words" not in words(client.get(idea.get_absolute_url()))
    assert client.get(f"/ideas/{idea.pk}/edit/").status_code == 403
    assert client.post(f"/ideas/{idea.pk}/edit/", NEW | {"version": "1"}).status_code == 403


@pytest.mark.parametrize("status", [IdeaStatus.ASSESSING, IdeaStatus.ACCEPTED, IdeaStatus.DECLINED])
def test_not_once_the_council_deals_with_it(idea, resident, now, status) -> None:
    Idea.objects.update(status=status)
    with pytest.raises(Refused, match="so its words stay as they are") as refused:
        edit_idea(idea=idea, **NEW, version=1, by=resident.account, at=now)
    assert refused.value.denied.status == 409


def test_only_while_its_call_takes_ideas(resident, now) -> None:
    call = CallFactory(title="Parks", closes_at=now)
    idea = IdeaFactory(author=resident, call=call)
    edit_idea(idea=idea, **NEW, version=1, by=resident.account, at=now - timedelta(seconds=1))
    with pytest.raises(Refused, match="“Parks” stopped taking ideas"):
        edit_idea(idea=idea, title="Other", description="Words", version=2, by=resident.account, at=now)


def test_a_mistake_is_named_and_what_was_typed_stays(client, idea, resident) -> None:
    client.force_login(resident.account)
    answer = client.post(
        f"/ideas/{idea.pk}/edit/", {"title": "x" * 101, "description": "My own words", "version": "1"}
    )
    assert answer.status_code == 422
    assert "101 characters long and there is room for 100" in words(answer)
    assert "My own words" in words(answer)
    assert Idea.objects.get().title == "A bench by the pond"


@pytest.mark.parametrize("status", [IdeaStatus.ASSESSING, IdeaStatus.REMOVED, IdeaStatus.WITHDRAWN])
def test_what_was_typed_stays_when_the_idea_closes_meanwhile(client, idea, resident, status) -> None:
    client.force_login(resident.account)
    Idea.objects.update(status=status)
    answer = client.post(f"/ideas/{idea.pk}/edit/", NEW | {"version": "1"})
    assert answer.status_code == 409
    page = words(answer)
    for text in (NEW["title"], NEW["description"], "Your words are still here"):
        assert text in page
    assert answer.context["errors"]
    assert 'type="submit">Save' not in page
    assert Idea.objects.get().title == "A bench by the pond"


def test_whoever_did_not_write_it_sees_nothing_of_an_idea_that_closed(client, idea) -> None:
    client.force_login(ResidentFactory().account)
    Idea.objects.update(status=IdeaStatus.REMOVED)
    answer = client.post(f"/ideas/{idea.pk}/edit/", NEW | {"version": "1"})
    assert answer.status_code == 403
    assert idea.title not in words(answer)
