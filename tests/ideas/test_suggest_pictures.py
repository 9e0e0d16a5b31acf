"""Pictures of an idea: re-drawn, described, ordered, removed, and never lost."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.images import get_image_model

from engage.accounts.actions import open_account
from engage.kit.decisions import Refused
from ideas.actions import add_picture, forget_drafts, start_draft
from ideas.enums import IdeaStatus
from ideas.models import Idea, IdeaDraft, IdeaPicture
from tests.factories import IdeaFactory, PlaceFactory, ResidentFactory
from tests.ideas.writing import Writing, picture, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def me(client):
    resident = ResidentFactory()
    client.force_login(resident.account)
    return resident


def add(writing: Writing, alt: str, **more: object):
    return writing.send("pictures", file=picture(), alt=alt, add="yes", **more)


def test_a_picture_goes_with_the_idea(client, me) -> None:
    PlaceFactory(slug="elm-hill")
    writing = Writing(client).fill(place="elm-hill")
    assert add(writing, "The dark path").headers["Location"] == writing.url("pictures")
    add(writing, "The dark ramp")
    assert "2 pictures" in words(writing.get("check"))
    idea_url = writing.send("check").headers["Location"]
    kept = list(IdeaPicture.objects.order_by("order"))
    assert [(each.idea, each.draft, each.alt) for each in kept] == [
        (Idea.objects.get(), None, "The dark path"),
        (Idea.objects.get(), None, "The dark ramp"),
    ]
    assert re.findall(r'alt="(The [^"]*)"', words(client.get(idea_url))) == ["The dark path", "The dark ramp"]


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_editors_are_not_offered_what_residents_sent(client, me, now, role, indexed) -> None:
    """Neither in the library of pictures nor where a page asks for one, nor found there."""
    for of in (IdeaFactory(author=me), start_draft(author=me, at=now)):
        add_picture(of=of, file=picture(), alt="The dark path to the hall", by=me.account, at=now)
    get_image_model().objects.create(title="The town hall", file=picture())
    editor = open_account(email="edith@example.org", roles=[role], at=now)
    client.force_login(editor)
    for path in ("/admin/images/", "/admin/images/chooser/", "/admin/images/?q=hall"):
        page = words(client.get(path))
        assert "The town hall" in page
        assert "The dark path" not in page
        assert "Pictures from residents" not in page
    for kept in get_image_model().objects.filter(title__startswith="The dark path"):
        assert client.get(f"/admin/images/{kept.pk}/").status_code == 302


def test_a_guests_pictures_wait_for_the_link_and_nobody_else_sees_them(client, media, now) -> None:
    PlaceFactory(slug="elm-hill")
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    writing = Writing(client).fill(place="elm-hill")
    sent = writing.send("pictures", file=picture(exif=exif), alt="The dark path", add="yes")
    assert sent.headers["Location"] == writing.url("pictures")
    (shown,) = re.findall(r'<img src="(/ideas/new/[^"]*)"', words(writing.get("pictures")))
    small = client.get(shown)
    assert (small.status_code, small.headers["Content-Type"]) == (200, "image/jpeg")
    assert "private" in small.headers["Cache-Control"]
    assert not Image.open(BytesIO(small.content)).getexif()
    assert Client().get(shown).status_code == 404
    assert not [path for path in media.rglob("*") if path.is_file() and "original_images" not in path.parts]
    writing.send("check", email="kim@example.org", name="Kim")
    (link,) = re.findall(r"https?://[^/]+(/ideas/new/confirm/\S+)", mail.outbox[-1].body)
    elsewhere = Client()
    (linked,) = re.findall(r'<img src="(/ideas/new/[^"]*)" alt="The dark path"', words(elsewhere.get(link)))
    assert elsewhere.get(unescape(linked)).status_code == 200
    assert elsewhere.get(f"{shown}?token=wrong").status_code == 404
    idea_url = elsewhere.post(link).headers["Location"]
    (public,) = re.findall(r'src="([^"]*)" alt="The dark path"', words(Client().get(idea_url)))
    assert Client().get(public).status_code == 200
    assert IdeaPicture.objects.get().image.uploaded_by_user is None


def test_a_guest_sends_no_pictures_without_end_and_their_words_stay(client, settings) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"idea_picture": "1/h/ip"}
    writing = Writing(client)
    assert add(writing, "The path").status_code == 303
    refused = add(writing, "The ramp")
    assert refused.status_code == 422
    assert "Many pictures were sent from here" in words(refused)
    assert 'value="The ramp"' in words(refused)
    assert writing.send("pictures", next="yes").status_code == 303
    assert IdeaPicture.objects.count() == 1


def test_where_it_was_taken_is_removed(client, me) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    writing = Writing(client)
    writing.send("pictures", file=picture(exif=exif), alt="The path", add="yes")
    with IdeaPicture.objects.get().image.file.open() as stored:
        assert not Image.open(stored).getexif()


def test_it_is_asked_what_the_picture_shows_and_the_words_stay(client, me) -> None:
    writing = Writing(client)
    without = add(writing, "")
    assert without.status_code == 422
    assert "Say what the picture shows" in words(without)
    wrong = writing.send(
        "pictures", file=SimpleUploadedFile("a.jpg", b"not a picture"), alt="The path", add="yes"
    )
    assert wrong.status_code == 422
    assert "We cannot open this file as a picture" in words(wrong)
    assert 'value="The path"' in words(wrong)
    assert not IdeaPicture.objects.exists()


def test_a_picture_chosen_but_not_added_is_added_on_going_on(client, me) -> None:
    writing = Writing(client)
    answer = writing.send("pictures", file=picture(), alt="The path", next="yes")
    assert answer.headers["Location"] == writing.url("co-authors")
    assert IdeaPicture.objects.get().alt == "The path"
    assert writing.send("pictures", next="yes").status_code == 303


def test_pictures_are_described_ordered_and_removed(client, me) -> None:
    writing = Writing(client)
    for alt in ("One", "Two", "Three"):
        add(writing, alt)
    one, two, three = IdeaPicture.objects.order_by("order")
    kept = {f"alt-{each.pk}": each.alt for each in (one, two, three)}
    writing.send("pictures", up=str(three.pk), **kept | {f"alt-{one.pk}": "The first"})
    assert list(IdeaPicture.objects.order_by("order").values_list("alt", flat=True)) == [
        "The first",
        "Three",
        "Two",
    ]
    wrong = writing.send("pictures", next="yes", **kept | {f"alt-{two.pk}": " "})
    assert wrong.status_code == 422
    assert "Say what picture 3 shows" in words(wrong)
    writing.send("pictures", remove=str(one.pk), **kept)
    assert list(IdeaPicture.objects.order_by("order").values_list("alt", flat=True)) == ["Three", "Two"]


def test_five_are_the_most(client, me) -> None:
    writing = Writing(client)
    for number in range(5):
        assert add(writing, f"Picture {number}").status_code == 303
    assert "That is 5 pictures, which is the most" in words(writing.get("pictures"))
    answer = add(writing, "One too many")
    assert answer.status_code == 422
    assert "There are 5 pictures, which is the most" in words(answer)


def test_files_go_with_a_deleted_draft(client, me, media, django_capture_on_commit_callbacks, now) -> None:
    writing = Writing(client)
    add(writing, "The path")
    assert [path for path in media.rglob("*") if path.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        writing.send("delete")
    assert not get_image_model().objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]
    assert not IdeaDraft.objects.exists()
    assert forget_drafts(at=now) == 0


def test_pictures_of_an_idea_are_changed_by_those_who_wrote_it(client, me, now) -> None:
    idea = IdeaFactory(author=me)
    url = f"/ideas/{idea.pk}/edit/pictures/"
    assert client.post(url, {"file": picture(), "alt": "The path", "next": "yes"}).status_code == 303
    idea.refresh_from_db()
    assert idea.edited_at is not None
    assert 'alt="The path"' in words(client.get(idea.get_absolute_url()))
    client.force_login(ResidentFactory().account)
    assert client.get(url).status_code == 403
    assert client.post(url, {"file": picture(), "alt": "Mine", "next": "yes"}).status_code == 403
    assert IdeaPicture.objects.count() == 1


@pytest.mark.parametrize("pressed", [{"next": "yes"}, {"add": "yes"}, {"remove": True}, {"up": True}])
def test_words_for_pictures_stay_when_the_idea_closes_meanwhile(client, me, now, pressed) -> None:
    idea = IdeaFactory(author=me)
    kept = add_picture(of=idea, file=picture(), alt="The path", by=me.account, at=now)
    Idea.objects.update(status=IdeaStatus.ASSESSING)
    sent = {name: str(kept.pk) if value is True else value for name, value in pressed.items()}
    typed = {f"alt-{kept.pk}": "The dark path", "alt": "The ramp"}
    answer = client.post(f"/ideas/{idea.pk}/edit/pictures/", sent | typed)
    assert answer.status_code == 422
    page = words(answer)
    assert "so its words stay as they are" in page
    assert "Choose a picture first" not in page
    for text in typed.values():
        assert f'value="{text}"' in page
    assert IdeaPicture.objects.get().alt == "The path"


def test_a_verb_without_words_for_those_who_cannot_see_is_refused(me, now) -> None:
    draft = start_draft(author=me, at=now)
    with pytest.raises(Refused, match="Say what the picture shows"):
        add_picture(of=draft, file=picture(), alt=" ", by=me.account, at=now)
