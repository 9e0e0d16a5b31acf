"""The back office for places: the form ends in the verbs, and a bad boundary is an error beside its field."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engage.audit.models import Record
from engage.places.models import Boundary, Place
from tests.factories import BudgetFactory, PlaceFactory
from tests.places.shapes import square

pytestmark = pytest.mark.django_db
MILL = {"kind": "ward", "name": "Mill", "slug": "", "gss_code": "", "parent": ""}


@pytest.fixture(autouse=True)
def boss(client, django_user_model):
    account = django_user_model.objects.create_superuser("boss@example.org")
    client.force_login(account)
    return account


def words(response) -> str:
    return " ".join(response.content.decode().split())


def upload(content: object) -> SimpleUploadedFile:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return SimpleUploadedFile("mill.geojson", data, content_type="application/geo+json")


def feature(geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {}, "geometry": geometry}


@pytest.mark.parametrize(
    "content",
    [square(), feature(square()), {"type": "FeatureCollection", "features": [feature(square())]}],
)
def test_a_place_with_its_boundary_and_electors(client, boss, content):
    said = MILL | {"electors": "8204", "counted_on": "2025-12-01", "boundary_file": upload(content)}
    answer = client.post("/admin/places/new/", said)
    assert answer.status_code == 302, words(answer)
    mill = Place.objects.select_related("boundary").get()
    assert (mill.slug, mill.path, mill.electors) == ("mill", f"/{mill.pk}/", 8204)
    assert mill.boundary.geometry == square()
    assert Record.objects.get(event="PLACE_ADDED").actor_id == boss.pk


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG", "This is not a GeoJSON file."),
        (b"[" * 100_000, "This is not a GeoJSON file."),
        ({"type": "Point", "coordinates": [0, 0]}, "Expected a Polygon or a MultiPolygon"),
        ({"type": "FeatureCollection", "features": []}, "exactly one feature"),
        (b" " * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_a_bad_boundary_is_told_in_the_form(client, content, sentence: str):
    answer = client.post("/admin/places/new/", MILL | {"boundary_file": upload(content)})
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert not Place.objects.exists()


def test_an_edit_keeps_the_boundary_and_what_the_form_shows(client):
    client.post("/admin/places/new/", MILL | {"boundary_file": upload(square())})
    mill = Place.objects.get()
    assert "Mill" in words(client.get(f"/admin/places/edit/{mill.pk}/"))
    answer = client.post(f"/admin/places/edit/{mill.pk}/", MILL | {"name": "Mill Hill", "slug": "mill"})
    assert answer.status_code == 302
    assert Place.objects.get().name == "Mill Hill"
    assert Boundary.objects.get().geometry == square()


def test_a_circle_in_the_tree_is_told_beside_the_field(client):
    north = PlaceFactory(name="North")
    mill = PlaceFactory(name="Mill", parent=north)
    said = {"kind": "division", "name": "North", "slug": north.slug, "parent": mill.pk}
    answer = client.post(f"/admin/places/edit/{north.pk}/", said)
    assert "North cannot be part of Mill, because Mill is part of it." in words(answer)


def test_electors_without_a_date_are_refused(client):
    answer = client.post("/admin/places/new/", MILL | {"electors": "8204"})
    assert "on which date" in words(answer)
    assert not Place.objects.exists()


def test_a_place_with_money_is_not_removed(client):
    budget = BudgetFactory()
    client.post(f"/admin/places/delete/{budget.place_id}/")
    assert Place.objects.filter(pk=budget.place_id).exists()


def test_a_mistake_is_removed(client):
    mistake = PlaceFactory()
    assert client.post(f"/admin/places/delete/{mistake.pk}/").status_code == 302
    assert not Place.objects.exists()
