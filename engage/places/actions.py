"""Verbs that keep the tree of places, who lives there, and where they lie.

`by` is the acting account, None for a command of the operator; `at` is the moment, now when left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F, ProtectedError, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engage.audit.actions import record
from engage.audit.models import Source
from engage.kit.decisions import Denied, Refused, require
from engage.places import events
from engage.places.enums import RESERVED_SLUGS, PlaceKind
from engage.places.models import Boundary, Place
from engage.places.permissions import may_keep_places
from engage.places.rules import boundaries


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved:
    """The place as it is now, and what saving did to it."""

    place: Place
    change: Change


@transaction.atomic
def save_place(
    *,
    by: AbstractBaseUser | None,
    kind: str,
    name: str,
    place: Place | None = None,
    parent: Place | None = None,
    gss_code: str | None = None,
    slug: str = "",
    boundary: dict[str, Any] | None = None,
    boundary_source: Source | None = None,
    draw: bool = True,
    at: datetime | None = None,
) -> Saved:
    """Add a place, or make `place` be as said.

    `boundary` is a GeoJSON Polygon or MultiPolygon; None leaves the one there is. A new place without `slug` gets
    one from its name; a place keeps its slug when it is renamed, so that its address stays. `draw=False` leaves
    the outlines to a later `draw_outlines(kind=…)`: they depend on every neighbour, so many places at once are
    drawn once. Refused when the boundary, the parent or the code cannot be.
    """
    require(may_keep_places(by))
    _lock_tree()
    _check_parent(place, kind=kind, parent=parent)
    gss_code = gss_code or None
    _check_code(place, gss_code=gss_code)
    facts = {"kind": kind, "name": name, "parent": parent, "gss_code": gss_code}
    if slug in RESERVED_SLUGS:
        sentence = _(
            "A page of this site already has the address “%(slug)s”. Choose another one for the place."
        )
        raise Refused(Denied(sentence % {"slug": slug}, 422, "slug"))
    if slug:
        facts["slug"] = slug
    if place is None:
        place = Place(**{"slug": free_slug(name, kind=kind), **facts})
        change = Change.ADDED
    else:
        place = Place.objects.select_related("parent").get(pk=place.pk)
        changed = [field for field, value in facts.items() if getattr(place, field) != value]
        for field in changed:
            setattr(place, field, facts[field])
        change = Change.CHANGED if changed else Change.UNCHANGED
    if change is not Change.UNCHANGED:
        place.save()
        _keep_path(place)
    redrawn = boundary is not None and _save_boundary(place, boundary, boundary_source)
    if redrawn and draw:
        draw_outlines(kind=kind)
    if redrawn and change is Change.UNCHANGED:
        change = Change.CHANGED
    if change is not Change.UNCHANGED:
        event = events.PLACE_ADDED if change is Change.ADDED else events.PLACE_CHANGED
        record(event, subject=place, actor=by, at=at, name=name, boundary_changed=redrawn)
    return Saved(place, change)


@transaction.atomic
def count_place(
    *,
    by: AbstractBaseUser | None,
    place: Place,
    counted_on: date | None,
    electors: int | None = None,
    population: int | None = None,
    source: Source | None = None,
    at: datetime | None = None,
) -> Saved:
    """Write down how many electors or people a place had on a day.

    A number not given stays as it is when it was counted on the same day, and goes when the day differs: two
    numbers never share a date that only one of them has.
    """
    require(may_keep_places(by))
    locked = Place.objects.select_for_update().get(pk=place.pk)
    same_day = locked.counted_on == counted_on
    facts = {
        "electors": locked.electors if electors is None and same_day else electors,
        "population": locked.population if population is None and same_day else population,
        "counted_on": counted_on,
        "counted_source": source,
    }
    if counted_on is None and (facts["electors"] is not None or facts["population"] is not None):
        raise Refused(
            Denied(
                _("Say on which date the electors or the population were counted."),
                status=422,
                field="counted_on",
            )
        )
    changed = [field for field, value in facts.items() if getattr(locked, field) != value]
    if not changed:
        return Saved(locked, Change.UNCHANGED)
    change = Change.ADDED if locked.counted_on is None else Change.CHANGED
    for field in changed:
        setattr(locked, field, facts[field])
    locked.save(update_fields=changed)
    record(
        events.PLACE_COUNTED,
        subject=locked,
        actor=by,
        at=at,
        electors=locked.electors,
        population=locked.population,
        counted_on=counted_on.isoformat() if counted_on else None,
    )
    return Saved(locked, change)


@transaction.atomic
def remove_place(*, by: AbstractBaseUser | None, place: Place, at: datetime | None = None) -> None:
    """Take back a place entered by mistake. Refused when anything else names it."""
    require(may_keep_places(by))
    record(events.PLACE_REMOVED, subject=place, actor=by, at=at, name=place.name)
    try:
        place.delete()
    except ProtectedError as error:
        sentence = _("%(name)s cannot be removed: other places, money, ideas or councillors belong to it.")
        raise Refused(Denied(sentence % {"name": place.name}, status=409)) from error


def draw_outlines(*, kind: str) -> None:
    """Draw all boundaries of one kind again, so that neighbours keep one common border."""
    shown = list(Boundary.objects.filter(place__kind=kind).order_by("place_id"))
    shapes = [boundaries.on_map(boundaries.read_boundary(each.geometry)) for each in shown]
    redrawn = []
    for each, outline in zip(shown, boundaries.outlines(shapes), strict=True):
        if each.outline != outline:
            each.outline = outline
            redrawn.append(each)
    Boundary.objects.bulk_update(redrawn, ["outline"], batch_size=200)


def free_slug(name: str, *, kind: str) -> str:
    """`sale`, else `sale-ward`, else `sale-ward-2` and so on: the first that no place has."""
    stem = slugify(name)[:100] or kind
    taken = RESERVED_SLUGS | set(Place.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    for candidate in (stem, f"{stem}-{kind}"):
        if candidate not in taken:
            return candidate
    return next(
        free for number in range(2, len(taken) + 3) if (free := f"{stem}-{kind}-{number}") not in taken
    )


def _lock_tree() -> None:
    """Two moves at once could make a circle, so changes to the tree queue up behind its root."""
    list(Place.objects.select_for_update().filter(parent=None).order_by("pk").values_list("pk", flat=True))


def _check_parent(place: Place | None, *, kind: str, parent: Place | None) -> None:
    if kind == PlaceKind.COUNCIL:
        if parent is not None:
            raise Refused(
                Denied(_("The council is the top of the tree: it is part of no other place."), 422, "parent")
            )
        others = Place.objects.filter(kind=PlaceKind.COUNCIL).exclude(
            pk=place.pk if place and place.pk else 0
        )
        if other := others.first():
            sentence = _("There is already a council: %(name)s. Edit that one instead.")
            raise Refused(Denied(sentence % {"name": other.name}, 409, "kind"))
    if place is not None and parent is not None and _is_within(parent, place):
        sentence = _("%(place)s cannot be part of %(parent)s, because %(parent)s is part of it.")
        raise Refused(Denied(sentence % {"place": place.name, "parent": parent.name}, 422, "parent"))


def _is_within(inner: Place, outer: Place) -> bool:
    return Place.objects.within(outer).filter(pk=inner.pk).exists()


def _check_code(place: Place | None, *, gss_code: str | None) -> None:
    if gss_code is None:
        return
    others: Iterable[Place] = Place.objects.filter(gss_code=gss_code).exclude(
        pk=place.pk if place and place.pk else 0
    )
    for other in others:
        sentence = _("The code %(code)s already belongs to %(name)s.")
        raise Refused(Denied(sentence % {"code": gss_code, "name": other.name}, 409, "gss_code"))


def _keep_path(place: Place) -> None:
    """Write the path of a new or moved place, and carry everything below it along."""
    above = Place.objects.get(pk=place.parent_id).path if place.parent_id else "/"
    old, new = place.path, f"{above}{place.pk}/"
    if old == new:
        return
    if old:
        below = Place.objects.filter(path__startswith=old).exclude(pk=place.pk)
        below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    place.path = new
    place.save(update_fields=["path"])


def _save_boundary(place: Place, geometry: dict[str, Any], source: Source | None) -> bool:
    """Write the boundary and all that is worked out from it; False when it is the one already there."""
    try:
        shape = boundaries.read_boundary(geometry)
    except boundaries.NotABoundary as error:
        raise Refused(Denied(str(error), 422, "boundary")) from error
    stored = boundaries.as_geojson(shape)
    old = Boundary.objects.filter(place=place).first()
    if old and old.geometry == stored and (source is None or old.source_id == source.pk):
        return False
    drawn = boundaries.on_map(shape)
    box = boundaries.bounds_on_map(drawn)
    label_x, label_y = boundaries.label_point(drawn)
    facts = {
        "geometry": stored,
        "outline": boundaries.svg_path(drawn),
        "west": box.west,
        "east": box.east,
        "north": box.north,
        "south": box.south,
        "label_x": label_x,
        "label_y": label_y,
        "hectares": boundaries.hectares(shape),
    }
    if source is not None or old is None:
        facts["source"] = source
    place.boundary, _made = Boundary.objects.update_or_create(place=place, defaults=facts)
    return True
