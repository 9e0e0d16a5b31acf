"""Reading places out of GeoJSON: every feature named with what is wrong with it."""

import json
import re
from typing import Any

import pytest

from engage.kit.tables import BadFile
from engage.places.rules.places_file import read_places


def feature(name: Any = "Mill", geometry: Any = ("a shape",), **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


def collection(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def read(text: str, **options: str):
    return read_places(text, name_property="name", **options)


def test_features_come_in_order_with_their_codes():
    text = collection(feature("Mill", code="E05000001"), feature("  Dale \n End ", code="E05000002"))
    found = read(text, code_property="code")
    assert [(place.name, place.code) for place in found] == [("Mill", "E05000001"), ("Dale End", "E05000002")]


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_wgs84_may_be_named(crs: str):
    assert read(collection(feature(), crs={"type": "name", "properties": {"name": crs}}))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ward,Electors\nMill,3", "Line 1, character 1: this is not JSON"),
        ('{"type": "FeatureCollection",\n "features": [}', "Line 2"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "Expected a GeoJSON FeatureCollection, not “list”"),
        ('{"type": "Feature"}', "not “Feature”"),
        ('{"type": "FeatureCollection"}', "has no features"),
        (collection(), "has no features"),
        (collection(*[feature()] * 5_001), "5,001 features"),
        (
            collection(
                feature(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
            ),
            "Save it again in WGS 84",
        ),
        (collection(feature(), crs="moon"), "“moon”"),
    ],
)
def test_files_that_cannot_be_read(text: str, sentence: str):
    with pytest.raises(BadFile, match=re.escape(sentence)):
        read(text)


@pytest.mark.parametrize(
    ("features", "options", "sentence"),
    [
        ([feature(), 7], {}, "Feature 2: expected a GeoJSON Feature"),
        (
            [{"type": "Feature", "properties": {"ward": "Mill"}, "geometry": 1}],
            {},
            "Feature 1: has no property “name”. Its properties: ward",
        ),
        ([feature(None)], {}, "Feature 1, “name”: expected a name, not “None”"),
        ([feature("x" * 121)], {}, "at most 120 characters"),
        (
            [feature(code="Mill 1")],
            {"code_property": "code"},
            "Feature 1 (Mill), “code”: expected a GSS code like E05015239, not “Mill 1”",
        ),
        ([feature(geometry=None)], {}, "Feature 1 (Mill): has no geometry"),
        (
            [feature("A", code="E05000001"), feature("B", code="E05000001")],
            {"code_property": "code"},
            "Feature 2 (B): is there twice: Feature 1 (A) has the same code or name",
        ),
        ([feature("Mill"), feature("MILL")], {}, "Feature 2 (MILL): is there twice"),
    ],
)
def test_features_that_are_not_right(features: list[Any], options: dict[str, str], sentence: str):
    with pytest.raises(BadFile, match=re.escape(sentence)):
        read(collection(*features), **options)


def test_every_problem_is_shown_at_once():
    with pytest.raises(BadFile) as caught:
        read(collection(feature(""), feature("Dale", geometry=None)))
    assert len(caught.value.problems) == 2
