"""Ideas beyond the site: feeds that parse, frames that anybody may show, and the code to paste."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from engage.demo.crowd import NOW
from ideas.actions import comment_on_idea, withdraw_idea
from ideas.enums import IdeaStatus
from ideas.models import Comment, Idea, StatusChange
from tests.factories import CallFactory, IdeaFactory, PlaceFactory, ResidentFactory, ThemeFactory

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ALTERNATE = r'<link rel="alternate"\s+type="application/atom\+xml"\s+title="[^"]+"\s+href="([^"]+)">'


def feed(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(root: ElementTree.Element) -> list[str]:
    return [entry.findtext("a:title", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]


def feed_of(idea: Idea) -> str:
    return f"/ideas/{idea.pk}-{idea.slug}.atom"


def frame_of(idea: Idea) -> str:
    return f"/ideas/{idea.pk}/embed/"


def policy(response) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))


# --- feeds -----------------------------------------------------------------------------------------------


def test_the_feed_of_the_list_has_its_filters_and_the_newest_first(client):
    place, theme = PlaceFactory(name="Quay"), ThemeFactory(name="Parks")
    old = IdeaFactory(title="Old bench", place=place, theme=theme, at=NOW.replace(year=2025))
    new = IdeaFactory(title="New <bench> & table", place=place, at=NOW)
    IdeaFactory(title="Elsewhere")
    root = feed(client, f"/ideas.atom?place={place.slug}&sort=oldest")
    assert titles(root) == ["New <bench> & table", "Old bench"]
    assert (
        root.find("a:link[@rel='self']", ATOM)
        .get("href")
        .endswith(f"/ideas.atom?place={place.slug}&sort=oldest")
    )
    assert root.find("a:link[@rel='alternate']", ATOM).get("href").endswith(f"/ideas/?place={place.slug}")
    entry = root.findall("a:entry", ATOM)[1]
    assert entry.find("a:link", ATOM).get("href") == f"http://testserver{old.get_absolute_url()}"
    assert entry.findtext("a:summary", namespaces=ATOM) == old.description
    assert {each.get("term") for each in entry.findall("a:category", ATOM)} == {"Quay", "Parks"}
    assert new.author.name not in client.get("/ideas.atom").content.decode()


def test_a_filter_that_is_not_understood_is_said_in_plain_text(client):
    response = client.get("/ideas.atom?place=atlantis")
    assert response.status_code == 422
    assert "place" in response.content.decode()


def test_the_feed_of_an_idea_tells_what_happened_and_what_was_said(client):
    idea = IdeaFactory(title="Lights")
    reader = ResidentFactory(name="Sam Reader")
    comment = comment_on_idea(idea=idea, author=reader, text="Yes please.", at=timezone.now())
    StatusChange.objects.create(
        idea=idea, status=IdeaStatus.ASSESSING, reason="We are looking.", changed_at=timezone.now()
    )
    removed = comment_on_idea(idea=idea, author=reader, text="Rude words.", at=timezone.now())
    Comment.objects.filter(pk=removed.pk).update(removed_at=timezone.now(), removed_reason="Rude.")
    root = feed(client, feed_of(idea))
    assert titles(root) == ["Status: Being looked at", "Comment: Yes please.", "Lights"]
    said = root.findall("a:entry", ATOM)[1]
    assert said.findtext("a:id", namespaces=ATOM) == (
        f"http://testserver{idea.get_absolute_url()}#comment-{comment.pk}"
    )
    assert "Rude words" not in ElementTree.tostring(root, encoding="unicode")
    assert "Sam Reader" not in ElementTree.tostring(root, encoding="unicode")


def test_signs_that_xml_cannot_write_do_not_break_a_feed(client):
    idea = IdeaFactory(title="Bell\x07 on the quay", description="Form\x0cfeed")
    assert titles(feed(client, "/ideas.atom")) == ["Bell on the quay"]
    assert titles(feed(client, feed_of(idea))) == ["Bell on the quay"]


def test_the_feed_of_a_hidden_idea_is_not_there_and_of_a_joined_one_leads_on(client):
    kept, merged, gone = IdeaFactory(title="Kept"), IdeaFactory(title="Joined"), IdeaFactory()
    withdraw_idea(idea=gone, by=gone.author.account, at=timezone.now())
    Idea.objects.filter(pk=merged.pk).update(status=IdeaStatus.MERGED, merged_into=kept)
    assert client.get(feed_of(gone)).status_code == 404
    assert client.get(feed_of(merged)).url == feed_of(kept)
    assert client.get(f"/ideas/{kept.pk}-old-title.atom").url == feed_of(kept)


def test_the_feed_of_calls_has_what_is_announced_and_the_newest_first(client):
    place, theme = PlaceFactory(name="Quay"), ThemeFactory(name="Parks")
    CallFactory(title="Old", announced_at=NOW.replace(year=2024))
    new = CallFactory(title="New <parks>", announced_at=NOW.replace(year=2025))
    new.places.set([place])
    new.themes.set([theme])
    CallFactory(title="Draft", announced_at=None)
    CallFactory(title="Next week", announced_at=timezone.now() + timedelta(days=7))
    root = feed(client, "/ideas/calls.atom")
    assert titles(root) == ["New <parks>", "Old"]
    entry = root.find("a:entry", ATOM)
    assert entry.find("a:link", ATOM).get("href") == f"http://testserver{new.get_absolute_url()}"
    assert entry.findtext("a:summary", namespaces=ATOM) == new.explanation
    assert {each.get("term") for each in entry.findall("a:category", ATOM)} == {"Quay", "Parks"}
    assert root.find("a:link[@rel='alternate']", ATOM).get("href") == "http://testserver/ideas/calls/"
    page = client.get("/ideas/calls/").content.decode()
    assert re.findall(ALTERNATE, page) == ["/ideas/calls.atom"]


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/ideas.atom", "/ideas/calls.atom", "idea"])
def test_a_feed_asks_the_same_number_of_questions_however_much_there_is(
    client, path, django_assert_max_num_queries, django_assert_num_queries
):
    idea = IdeaFactory()
    address = feed_of(idea) if path == "idea" else path

    def more(number: int) -> None:
        for n in range(number):
            IdeaFactory(theme=ThemeFactory())
            CallFactory(announced_at=NOW.replace(year=2025)).places.set([PlaceFactory()])
            comment_on_idea(idea=idea, author=ResidentFactory(), text=f"Yes {n}", at=timezone.now())

    more(1)
    with django_assert_max_num_queries(8) as few:
        client.get(address)
    more(29)
    with django_assert_num_queries(len(few)):
        client.get(address)


# --- frames ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/ideas/embed/", "idea"])
def test_anybody_may_frame_it_and_nothing_else_is_allowed(client, path):
    idea = IdeaFactory()
    client.force_login(idea.author.account)
    response = client.get(frame_of(idea) if path == "idea" else path)
    allowed = policy(response)
    assert allowed["frame-ancestors"] == "*"
    assert allowed["script-src"] == allowed["form-action"] == "'none'"
    assert allowed["style-src"] == "'self'"
    assert "X-Frame-Options" not in response
    assert not response.cookies
    page = response.content.decode()
    assert idea.title in page
    assert idea.author.name not in page
    assert idea.author.account.email not in page
    assert "<form" not in page
    assert "<script" not in page
    assert '<base target="_blank">' in page


def test_other_pages_may_still_not_be_framed(client):
    response = client.get(IdeaFactory().get_absolute_url())
    assert policy(response)["frame-ancestors"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"


def test_a_frame_of_the_list_has_its_filters_and_the_first_five(client):
    place = PlaceFactory(name="Quay")
    for n in range(7):
        IdeaFactory(title=f"Bench {n}", place=place)
    IdeaFactory(title="Elsewhere")
    page = client.get(f"/ideas/embed/?place={place.slug}").content.decode()
    assert page.count("idea-card__number") == 5
    assert "Ideas: Quay" in page
    assert "Elsewhere" not in page
    assert f'href="/ideas/?place={place.slug}"' in page


def test_a_frame_that_asks_for_what_is_not_there_says_what_to_do(client):
    response = client.get("/ideas/embed/?theme=none")
    assert response.status_code == 422
    assert "Copy the code for it again" in response.content.decode()


def test_a_frame_invites_to_support_only_what_takes_support(client):
    idea = IdeaFactory()
    assert "Read it and support it" in client.get(frame_of(idea)).content.decode()
    Idea.objects.filter(pk=idea.pk).update(status=IdeaStatus.DONE)
    assert "Read what became of it" in client.get(frame_of(idea)).content.decode()


def test_a_hidden_idea_is_in_no_frame(client):
    idea = IdeaFactory()
    withdraw_idea(idea=idea, by=idea.author.account, at=timezone.now())
    assert client.get(frame_of(idea)).status_code == 404


# --- the code to paste -------------------------------------------------------------------------------------


def test_the_page_of_an_idea_gives_the_code_and_says_where_its_feed_is(client):
    idea = IdeaFactory(title='Lights "now" & <then>')
    page = client.get(idea.get_absolute_url()).content.decode()
    assert f"&lt;iframe src=&quot;http://testserver{frame_of(idea)}&quot;" in page
    assert "<iframe" not in page
    assert re.findall(ALTERNATE, page) == [feed_of(idea)]


def test_the_list_gives_the_code_with_what_it_is_narrowed_to(client):
    place = PlaceFactory()
    page = client.get(f"/ideas/?place={place.slug}&page=1").content.decode()
    assert f"/ideas/embed/?place={place.slug}&quot;" in page
    assert f'href="/ideas.atom?place={place.slug}"' in page


def test_oembed_answers_for_our_addresses_alone(client):
    idea = IdeaFactory()
    address = f"http://testserver{idea.get_absolute_url()}"
    answer = json.loads(client.get("/ideas/oembed.json", {"url": address, "maxwidth": "300"}).content)
    assert answer["type"] == "rich"
    assert answer["width"] == 300
    assert answer["html"].startswith(f'<iframe src="http://testserver{frame_of(idea)}"')
    listed = json.loads(
        client.get("/ideas/oembed.json", {"url": "http://testserver/ideas/?sort=oldest"}).content
    )
    assert "/ideas/embed/?sort=oldest" in listed["html"]
    for other in (
        "http://elsewhere.example/ideas/",
        "http://testserver/account/",
        "nonsense",
        "http://[",
        "",
    ):
        assert client.get("/ideas/oembed.json", {"url": other}).status_code == 404
    assert client.get("/ideas/oembed.json", {"url": address, "format": "xml"}).status_code == 501
