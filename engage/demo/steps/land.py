"""The county, its divisions, parishes and streets, and the themes of ideas and awards."""

from __future__ import annotations

from engage.audit.citing import cite
from engage.audit.models import Source
from engage.demo import places
from engage.demo.content import county, read
from engage.demo.loaded import Loaded
from engage.demo.places import Area
from engage.demo.plan import START
from engage.kit.models import Theme
from engage.places.actions import count_place, draw_outlines, save_place
from engage.places.enums import PlaceKind
from engage.places.imports import import_addresses
from engage.places.models import Place
from engage.places.rules.addresses_file import FoundAddress


def load_land(loaded: Loaded) -> None:
    source = _source()
    whole = _save(places.council(), PlaceKind.COUNCIL, None, source)
    loaded.places[whole.slug] = whole
    for area in places.divisions():
        loaded.places[area.slug] = _save(area, PlaceKind.DIVISION, whole, source)
    for area in places.parishes():
        parish = _save(area, PlaceKind.PARISH, loaded.places[area.parent], source)
        loaded.places[f"parish:{area.slug}"] = parish
    for kind in (PlaceKind.COUNCIL, PlaceKind.DIVISION, PlaceKind.PARISH):
        draw_outlines(kind=kind)


def load_streets(loaded: Loaded) -> None:
    found = [
        FoundAddress(number, street.text, street.postcode, street.latitude, street.longitude)
        for number, street in enumerate(places.streets(), 1)
    ]
    import_addresses(addresses=found, source=_source(), by=None, at=START)


def load_themes(loaded: Loaded) -> None:
    for order, row in enumerate(read("themes")["theme"]):
        theme, _new = Theme.objects.get_or_create(
            slug=row["slug"], defaults={"name": row["name"], "order": order}
        )
        loaded.themes[row["slug"]] = theme


def _source() -> Source:
    return cite(
        name=county()["council"]["source"],
        attribution="Demo data: Tidewold is an invented county.",
        licence_name="Creative Commons Zero v1.0",
        licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
    )


def _save(area: Area, kind: PlaceKind, parent: Place | None, source: Source) -> Place:
    saved = save_place(
        by=None,
        kind=kind,
        name=area.name,
        parent=parent,
        gss_code=area.code,
        slug=area.slug,
        boundary=area.geometry,
        boundary_source=source,
        draw=False,
        at=START,
    )
    counted = count_place(
        by=None,
        place=saved.place,
        counted_on=county()["council"]["electors_on"],
        electors=area.electors,
        source=source,
        at=START,
    )
    return counted.place
