"""What `load_demo` does when it may not, and when something goes wrong half-way."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engage.accounts.models import Account
from engage.demo import load as loading
from engage.demo.loaded import Loaded
from engage.demo.pictures import SCENES
from engage.demo.steps import land, people, pictures
from engage.kit import happenings
from engage.places.models import Place
from tests.factories import IdeaFactory, PlaceFactory


@pytest.mark.django_db
def test_a_site_with_places_of_its_own_is_left_alone():
    PlaceFactory(name="Elm Hill")
    with pytest.raises(CommandError, match=r"already holds places.*empty database"):
        call_command("load_demo", stdout=StringIO())
    assert [place.name for place in Place.objects.all()] == ["Elm Hill"]


@pytest.mark.django_db
def test_once_does_not_mix_the_demo_with_what_is_there():
    IdeaFactory()
    before = Place.objects.count()
    with pytest.raises(CommandError, match="must not be mixed"):
        call_command("load_demo", once=True, stdout=StringIO())
    assert Place.objects.count() == before


@pytest.mark.django_db
def test_an_account_with_a_demo_address_is_in_the_way():
    Account.objects.create_user("resident@demo.example")
    assert loading.in_the_way() == "accounts"


@pytest.mark.slow
@pytest.mark.django_db
def test_an_error_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings):
    settings.MEDIA_ROOT = tmp_path

    def boom(loaded: Loaded) -> None:
        raise RuntimeError("the lights went out")

    few = dict(list(SCENES.items())[:2])
    monkeypatch.setattr(pictures, "SCENES", few)
    steps = [
        ("Places", land.load_land),
        ("Accounts", people.load_accounts),
        ("Pictures", pictures.load_pictures),
    ]
    monkeypatch.setattr(loading, "STEPS", [*steps, ("Boom", boom)])
    with pytest.raises(RuntimeError, match="lights"):
        loading.load()
    assert not Place.objects.exists()
    assert not Account.objects.exists()
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_of_what_is_long_past(monkeypatch: pytest.MonkeyPatch):
    heard: list[str] = []
    monkeypatch.setattr(
        happenings, "_followers", {"PLACE_ADDED": [lambda happening: heard.append(happening.name)]}
    )
    monkeypatch.setattr(loading, "STEPS", [("Places", land.load_land)])
    monkeypatch.setattr(loading, "TELLTALES", [])
    loading.load()
    assert Place.objects.count() > 20
    assert heard == []
