"""Ideas that reach the council on the phone, on paper or in person."""

import pytest

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import start_draft, suggest_idea
from ideas.enums import Channel
from ideas.models import Idea, IdeaDraft
from tests.factories import PlaceFactory, ResidentFactory
from tests.ideas.writing import WORDS, Writing, words

pytestmark = pytest.mark.django_db


class Entering(Writing):
    """A draft that an officer writes for somebody."""

    def __init__(self, client) -> None:
        self.client = client
        self.first = client.post("/ideas/new/for-resident/").headers["Location"]
        self.draft_id = IdeaDraft.objects.get().pk


@pytest.fixture
def officer(account_with, client):
    account = account_with("enter_for_resident")
    client.force_login(account)
    return account


def test_an_idea_on_paper_is_marked_so(client, officer) -> None:
    PlaceFactory(slug="elm-hill")
    entering = Entering(client).fill(place="elm-hill")
    assert "You are writing for somebody else" in words(entering.get("title"))
    missing = entering.send("check", name="Robin Reed")
    assert missing.status_code == 422
    assert "Say how the idea reached us" in words(missing)
    answer = entering.send("check", name="Robin Reed", channel="paper")
    idea = Idea.objects.select_related("author").get()
    assert answer.headers["Location"] == idea.get_absolute_url()
    assert (idea.channel, idea.entered_by) == (Channel.PAPER, officer)
    assert (idea.author.name, idea.author.account) == ("Robin Reed", None)
    assert "Entered by the council for a resident (On paper)" in words(client.get(idea.get_absolute_url()))
    said = Record.objects.get(event="IDEA_SUGGESTED")
    assert (said.actor_id, said.data["channel"]) == (officer.pk, "paper")
    assert (
        entering.send("check", name="Robin Reed", channel="paper").headers["Location"]
        == answer.headers["Location"]
    )


def test_a_name_is_not_needed(client, officer) -> None:
    PlaceFactory(slug="elm-hill")
    Entering(client).fill(place="elm-hill").send("check", channel="phone")
    assert str(Idea.objects.get().author) == "A resident"


def test_staff_find_it_among_their_own_drafts(client, officer) -> None:
    entering = Entering(client)
    entering.send("title", title="A bench")
    page = words(client.get("/ideas/new/"))
    assert "A bench" in page
    assert "For somebody else." in page
    assert IdeaDraft.objects.get().author is None


def test_residents_may_not(client, resident, now) -> None:
    client.force_login(resident.account)
    assert client.get("/ideas/new/for-resident/").status_code == 403
    with pytest.raises(Refused, match="may not enter ideas for other people"):
        start_draft(author=None, entered_by=resident.account, at=now)
    with pytest.raises(Refused, match="may not enter ideas for other people"):
        suggest_idea(
            author=ResidentFactory(), entered_by=resident.account, place=PlaceFactory(), at=now, **WORDS
        )
