"""Reading places out of a GeoJSON FeatureCollection (RFC 7946)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from engage.kit.tables import BadFile, Problems, clip

MOST_FEATURES = 5_000
GSS_CODE = re.compile(r"^[A-Z]\d{8}$")
WGS84 = re.compile(r"(CRS:?84|EPSG:*4326)$")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One feature. `where` names it in sentences; `code` and `parent_code` are "" when the file gives none."""

    where: str
    name: str
    code: str
    parent_code: str
    geometry: Any


def read_places(
    text: str, *, name_property: str, code_property: str = "", parent_property: str = ""
) -> list[FoundPlace]:
    """Every feature of the file, in its order. Raises BadFile naming each feature and property that is not right."""
    features = _features(text)
    problems = Problems()
    found = [
        _place(number, feature, name_property, code_property, parent_property, problems)
        for number, feature in enumerate(features, start=1)
    ]
    _check_twice(found, problems)
    problems.stop_if_any()
    return found


def _features(text: str) -> list[Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(
            _("Line %(line)s, character %(column)s: this is not JSON (%(why)s). Expected a GeoJSON file.")
            % {"line": error.lineno, "column": error.colno, "why": error.msg}
        ) from error
    except RecursionError as error:
        raise BadFile(_("This JSON is nested too deeply to be GeoJSON.")) from error
    if not isinstance(data, Mapping) or data.get("type") != "FeatureCollection":
        kind = data.get("type") if isinstance(data, Mapping) else type(data).__name__
        raise BadFile(_("Expected a GeoJSON FeatureCollection, not “%(kind)s”.") % {"kind": clip(kind)})
    _check_crs(data.get("crs"))
    features = data.get("features")
    if not isinstance(features, list) or not features:
        raise BadFile(_("The FeatureCollection has no features, so there is nothing to import."))
    if len(features) > MOST_FEATURES:
        raise BadFile(
            _("The file has %(count)s features; at most %(most)s are read at once. Split it.")
            % {"count": f"{len(features):,}", "most": f"{MOST_FEATURES:,}"}
        )
    return features


def _check_crs(crs: Any) -> None:
    """Old GeoJSON could name another coordinate system; the current standard knows WGS 84 only."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if not isinstance(name, str) or not WGS84.search(name):
        raise BadFile(
            _(
                "The file says that its coordinates are in “%(crs)s”."
                " Save it again in WGS 84 longitude and latitude (EPSG:4326), as GeoJSON asks."
            )
            % {"crs": clip(name or crs)}
        )


def _place(
    number: int,
    feature: Any,
    name_property: str,
    code_property: str,
    parent_property: str,
    problems: Problems,
) -> FoundPlace:
    where = _("Feature %(number)s") % {"number": number}
    if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
        problems.add(where, _("expected a GeoJSON Feature"))
        return FoundPlace(where, "", "", "", None)
    properties = feature.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    name = _property(where, properties, name_property, problems, required=True)
    if name:
        where = f"{where} ({clip(name)})"
    if len(name) > 120:
        problems.add(where, _("expected a name of at most 120 characters"))
    code = _property(where, properties, code_property, problems) if code_property else ""
    if code and not GSS_CODE.match(code):
        problems.add(
            f"{where}, “{code_property}”",
            _("expected a GSS code like E05015239, not “%(code)s”") % {"code": clip(code)},
        )
    parent_code = _property(where, properties, parent_property, problems) if parent_property else ""
    if feature.get("geometry") is None:
        problems.add(where, _("has no geometry; expected a Polygon or a MultiPolygon"))
    return FoundPlace(where, name, code, parent_code, feature.get("geometry"))


def _property(
    where: str, properties: Mapping[str, Any], name: str, problems: Problems, *, required: bool = False
) -> str:
    if name not in properties:
        there = ", ".join(map(str, properties)) or _("none")
        problems.add(
            where,
            _("has no property “%(name)s”. Its properties: %(there)s")
            % {"name": name, "there": clip(there, 200)},
        )
        return ""
    value = properties[name]
    text = " ".join(str(value).split()) if isinstance(value, (str, int)) else ""
    if required and not text:
        problems.add(f"{where}, “{name}”", _("expected a name, not “%(value)s”") % {"value": clip(value)})
    return text


def _check_twice(found: list[FoundPlace], problems: Problems) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for place in found:
        key = ("", "", place.code) if place.code else (place.name.casefold(), place.parent_code, "")
        if not any(key):
            continue
        if key in seen:
            problems.add(
                place.where,
                _("is there twice: %(other)s has the same code or name") % {"other": seen[key]},
            )
        seen.setdefault(key, place.where)
