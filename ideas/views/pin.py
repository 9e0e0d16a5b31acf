"""Saying where: by street or postcode, by a pin on the map, or from the list; with scripts and without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from engage.places.models import Address, Place
from engage.places.queries import find_addresses, place_at, place_map
from engage.places.rules.boundaries import NotABoundary, point_on_map
from ideas import display
from ideas.forms import StepForm
from ideas.queries import Desk
from ideas.rules.grid import point_in


def place_context(desk: Desk, form: StepForm) -> dict[str, Any]:
    """The map, and where the pin is on it."""
    places = place_map()
    given = {name: str(form[name].value() or "") for name in ("latitude", "longitude")}
    chosen = desk.typed.get("address") or {}
    return {
        "places": places,
        "areas": places.areas(urls={}),
        "picture": display.pin_picture(places.view_box, given),
        "sources": [{"text": source.attribution, "url": source.url} for source in places.sources],
        "address": chosen.get("text", ""),
        **pinned(given),
    }


def pinned(given: Mapping[str, str]) -> dict[str, Any]:
    """Where the pin is drawn and which place it lies in; nothing while there is no pin."""
    try:
        latitude, longitude = float(given.get("latitude", "")), float(given.get("longitude", ""))
        x, y = point_on_map(latitude, longitude)
    except (ValueError, OverflowError, NotABoundary):
        return {"pin": None, "pinned": None}
    return {"pin": {"x": x, "y": y}, "pinned": place_at(lat=latitude, lon=longitude)}


def place_so_far(desk: Desk) -> Place | None:
    """Where the idea is for, as far as the draft says: the pin decides, else the list."""
    typed = desk.typed
    by_pin = pinned({name: str(typed.get(name) or "") for name in ("latitude", "longitude")})["pinned"]
    return by_pin or next((place for place in desk.places if place.slug == typed.get("place")), None)


def looked_up(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What a press that only asks something about the place changes in the draft, and what the page shows then.

    None when the page was sent to go on.
    """
    posted = request.POST
    find = posted.get("find", "").strip()
    if "unpin" in posted:
        return {"latitude": "", "longitude": "", "address": None}, {}
    if "address" in posted:
        chosen = next((each for each in find_addresses(find) if str(each.pk) == posted["address"]), None)
        return (_at_address(chosen) | {"find": ""}, {"moved": True}) if chosen else ({}, {})
    if "look" in posted and find:
        found = find_addresses(find)
        sources = {each.source.attribution: each.source.url for each in found if each.source}
        credits = [{"text": text, "url": url} for text, url in sources.items()]
        return {}, {"looked_for": find, "addresses": found, "address_sources": credits}
    if moved := pressed_pin(posted):
        return moved | {"address": None}, {"moved": True}
    return None


def pressed_pin(posted: QueryDict) -> dict[str, str]:
    """What a press on the picture of the map means; nothing when the form was sent without one.

    Browsers send 0, 0 when somebody pressed Enter in a field: the picture is then only the form's first button.
    """
    try:
        x, y = int(posted.get("map.x", "")), int(posted.get("map.y", ""))
    except ValueError:
        return {}
    view_box = place_map().view_box
    width, height = display.picture_size(view_box)
    if (x, y) == (0, 0) or not view_box or not (0 <= x <= width and 0 <= y <= height):
        return {}
    latitude, longitude = point_in(view_box, x / width, y / height)
    return {"latitude": str(latitude), "longitude": str(longitude)}


def _at_address(address: Address) -> dict[str, Any]:
    """The pin on the address, and its words for as long as the pin stays there."""
    return {
        "latitude": f"{address.latitude:.6f}",
        "longitude": f"{address.longitude:.6f}",
        "address": {
            "text": str(address),
            "latitude": address.latitude,
            "longitude": address.longitude,
        },
    }
