"""Verbs that bring a whole file in: all of it or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from engage.audit.actions import record
from engage.audit.models import Source
from engage.kit.decisions import Denied, Refused, require
from engage.kit.progress import Track, untracked
from engage.kit.tables import BadFile, Problems, Tally
from engage.places import events
from engage.places.actions import Change, count_place, draw_outlines, save_place
from engage.places.models import Address, Place
from engage.places.permissions import may_keep_places
from engage.places.queries import ELECTORAL, council, places_at
from engage.places.rules.addresses_file import FoundAddress
from engage.places.rules.electors_file import ElectorsRow, KnownPlace, match_electors
from engage.places.rules.places_file import FoundPlace

ADDRESS_FACTS = ("latitude", "longitude", "place", "source")


@transaction.atomic
def import_council(
    *, name: str, code: str, by: AbstractBaseUser | None, at: datetime | None = None
) -> tuple[Place, Tally]:
    """The root of the tree: made, or brought up to date when the one there has that code or name."""
    tally = Tally()
    root = council()
    known = root if root and (root.gss_code == code or root.name == name) else None
    saved = save_place(
        by=by,
        at=at,
        kind="council",
        name=name,
        gss_code=code or (known.gss_code if known else None),
        place=known,
    )
    tally.count(saved.change, name)
    return saved.place, tally


@transaction.atomic
def import_places(
    *,
    places: Sequence[FoundPlace],
    kind: str,
    parent: Place | None,
    source: Source | None,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    track: Track = untracked,
) -> Tally:
    """Save every place of a file with its boundary, under `parent` or under the parent whose code it names.

    A place is known again by its code; one without a code by its name within its parent. Raises BadFile with a
    sentence for every feature that is refused, and then nothing is written.
    """
    tally, problems, kept = Tally(), Problems(), set()
    for found in track(places, _("Places")):
        try:
            home = _parent_of(found, parent)
            saved = save_place(
                by=by,
                at=at,
                kind=kind,
                name=found.name,
                place=_known(found, kind=kind, parent=home),
                parent=home,
                gss_code=found.code or None,
                boundary=found.geometry,
                boundary_source=source,
                draw=False,
            )
        except Refused as refused:
            problems.add(found.where, str(refused.denied.reason))
        except BadFile as bad:
            problems.add(found.where, str(bad))
        else:
            tally.count(saved.change, found.name)
            kept.add(saved.place.pk)
    problems.stop_if_any()
    draw_outlines(kind=kind)
    others = Place.objects.filter(kind=kind).exclude(pk__in=kept)
    tally.notes += [
        _("Not in the file, left as it is: %(place)s") % {"place": _named(other)} for other in others
    ]
    return tally


@transaction.atomic
def import_electors(
    *,
    rows: Sequence[ElectorsRow],
    counted_on: date,
    source: Source | None,
    by_name: bool,
    by: AbstractBaseUser | None,
    kinds: Sequence[str] = ELECTORAL,
    at: datetime | None = None,
    track: Track = untracked,
) -> Tally:
    """Write down the electors of every place that a row is about; say which rows and places were left over."""
    tally = Tally()
    places = {place.pk: place for place in Place.objects.filter(kind__in=kinds).order_by("name", "pk")}
    known = [KnownPlace(place.pk, place.gss_code or "", place.name) for place in places.values()]
    matches = match_electors(rows, known, by_name=by_name)
    for row, match in track(matches.found, _("Electors")):
        saved = count_place(
            by=by,
            at=at,
            place=places[match.id],
            electors=row.electors,
            counted_on=counted_on,
            source=source,
        )
        tally.count(saved.change, match.name)
    tally.notes += _left_over(matches.unmatched, known, by_name=by_name)
    without = [_named(places[place.id]) for place in matches.without if places[place.id].electors is None]
    tally.notes += [_("Without a number of electors: %(place)s") % {"place": place} for place in without]
    return tally


@transaction.atomic
def import_addresses(
    *,
    addresses: Sequence[FoundAddress],
    source: Source | None,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    track: Track = untracked,
) -> Tally:
    """Save every address that lies in one of the council's divisions or wards; the others are counted and left out.

    An address is known again by its postcode and its text. Refused while no place has a boundary.
    """
    require(may_keep_places(by))
    homes = places_at([(found.latitude, found.longitude) for found in addresses])
    inside = [(found, home) for found, home in zip(addresses, homes, strict=True) if home is not None]
    if addresses and not inside:
        raise Refused(
            Denied(
                _(
                    "None of these addresses lies in a division or ward with a boundary."
                    " Import the boundaries first (import_places), or check the coordinates."
                ),
                status=422,
            )
        )
    tally = Tally()
    known = {(each.postcode, each.text): each for each in Address.objects.select_related("place", "source")}
    added, changed = [], []
    for found, home in track(inside, _("Addresses")):
        address = known.pop((found.postcode, found.text), None)
        change = _made_so(address, found, home, source) if address else Change.ADDED
        tally.count(change, str(address or found.text))
        if address is None:
            added.append(_address(found, home, source))
        elif change is Change.CHANGED:
            changed.append(address)
    Address.objects.bulk_create(added, batch_size=2_000)
    Address.objects.bulk_update(changed, ADDRESS_FACTS, batch_size=2_000)
    if outside := len(addresses) - len(inside):
        tally.notes.append(_("Outside the council, left out: %(count)s.") % {"count": f"{outside:,}"})
    if known:
        tally.notes.append(_("Not in the file, left as they are: %(count)s.") % {"count": f"{len(known):,}"})
    if (added or changed) and (root := council()):
        record(
            events.ADDRESSES_IMPORTED,
            subject=root,
            actor=by,
            at=at,
            added=len(added),
            changed=len(changed),
        )
    return tally


def _address(found: FoundAddress, home: Place, source: Source | None) -> Address:
    return Address(
        text=found.text,
        postcode=found.postcode,
        latitude=found.latitude,
        longitude=found.longitude,
        place=home,
        source=source,
    )


def _made_so(address: Address, found: FoundAddress, home: Place, source: Source | None) -> Change:
    """Bring a known address up to date. A file that names no source leaves the source there is."""
    new = _address(found, home, source or address.source)
    if all(getattr(address, fact) == getattr(new, fact) for fact in ADDRESS_FACTS):
        return Change.UNCHANGED
    for fact in ADDRESS_FACTS:
        setattr(address, fact, getattr(new, fact))
    return Change.CHANGED


def _parent_of(found: FoundPlace, parent: Place | None) -> Place | None:
    if not found.parent_code:
        return parent
    home = Place.objects.filter(gss_code=found.parent_code).first()
    if home is None:
        raise BadFile(
            _("no place has the code %(code)s that it names as its parent. Import the parents first.")
            % {"code": found.parent_code}
        )
    return home


def _known(found: FoundPlace, *, kind: str, parent: Place | None) -> Place | None:
    if found.code:
        place = Place.objects.filter(gss_code=found.code).first()
        if place and place.kind != kind:
            raise BadFile(
                _("the code %(code)s belongs to %(place)s already, which is a %(kind)s")
                % {"code": found.code, "place": place.name, "kind": place.get_kind_display().lower()}
            )
        if place:
            return place
    # A place entered by hand or from a file without codes gets its code now; one with another code is another place.
    return Place.objects.filter(
        kind=kind, name__iexact=found.name, parent=parent, **({"gss_code": None} if found.code else {})
    ).first()


def _left_over(rows: Sequence[ElectorsRow], known: Sequence[KnownPlace], *, by_name: bool) -> list[str]:
    if not rows:
        return []
    names = {place.name.casefold(): place for place in known}
    notes, namesakes = [], 0
    for row in rows:
        note = _("Line %(line)s not used: no place has the code %(code)s (%(name)s)") % {
            "line": row.line,
            "code": row.code,
            "name": row.name,
        }
        if twin := names.get(row.name.casefold()):
            namesakes += 1
            note += _("; a place of that name has the code %(code)s") % {"code": twin.code or _("none")}
        notes.append(note)
    if namesakes and not by_name:
        notes.append(
            _(
                "%(count)s of these rows have the exact name of a place. Their codes differ, so their borders may"
                " differ too. To use them all the same, run this again with --match-names."
            )
            % {"count": namesakes}
        )
    return notes


def _named(place: Place) -> str:
    return f"{place.name} ({place.gss_code})" if place.gss_code else place.name
