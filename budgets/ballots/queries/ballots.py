"""Reading a ballot: where it is, what is on it, who has voted so far in numbers."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count as CountOf

from budgets.ballots.enums import Kind, Phase, Proof, Words
from budgets.ballots.models import Ballot, BallotVersion, Erratum, Pot, Project
from budgets.ballots.models.translation import Thing
from budgets.ballots.queries.identity import identity_provider
from budgets.ballots.queries.words import OF_A_PROJECT
from budgets.ballots.rules.phases import Course, phase
from budgets.ballots.rules.sheet import Sheet
from budgets.ballots.rules.small import without_small
from engage.kit.models import Theme
from engage.places.models import Place

SMALL = 20  # numbers of voters below this are not shown by place


def version_of(ballot: Ballot) -> BallotVersion | None:
    """Without its document, which is read by its hash."""
    return BallotVersion.objects.filter(ballot=ballot).defer("document").first()


def course_of(ballot: Ballot) -> Course:
    """What decides its phase. One query."""
    found = (
        Ballot.objects.filter(pk=ballot.pk)
        .values_list("version__pk", "opens_at", "closes_at", "closed_at", "publication__pk")
        .annotate(counted=CountOf("pots__count"))
        .get()
    )
    opened, opens_at, closes_at, closed_at, publication, counts = found
    return Course(
        opened=opened is not None,
        opens_at=opens_at,
        closes_at=closes_at,
        closed=closed_at is not None,
        counted=counts > 0,
        published=publication is not None,
    )


def phase_of(ballot: Ballot, at: datetime) -> Phase:
    return phase(course_of(ballot), at)


@lru_cache(maxsize=32)
def sheet_of(sha256: str) -> Sheet:
    """The whole sheet of an opened ballot. What has this hash never changes, so each process reads it once."""
    return Sheet.of(json.loads(bytes(BallotVersion.objects.get(sha256=sha256).document)))


def frozen_document(ballot: Ballot) -> dict[str, Any]:
    """What was opened. The ballot must have been."""
    document: dict[str, Any] = json.loads(bytes(BallotVersion.objects.get(ballot=ballot).document))
    return document


def draft_document(ballot: Ballot, commitment: str) -> dict[str, Any]:
    """What opening would freeze now: everything that decides what people see, choose and get.

    Places too: `homes` are where voters can say that they live, and each pot names the places whose people vote on it.
    """
    inside = list(Place.objects.within(ballot.place).order_by("name", "pk"))
    pots = list(ballot.pots.select_related("place").order_by("order", "pk"))
    rows = ballot.projects.select_related("pot", "place", "theme", "organisation", "image")
    projects = rows.order_by("order", "pk")
    words = _translations(ballot)
    return {
        "engage_ballot": 1,
        "title": ballot.title,
        "summary": ballot.summary,
        "words": words.get(ballot, {}),
        "place": _place(ballot.place),
        "minimum_age": ballot.minimum_age,
        "proofs": sorted(ballot.proofs),
        "on_paper": ballot.on_paper,
        "kind": ballot.kind,
        "most": ballot.most if ballot.kind in {Kind.PICK, Kind.RANKING} else None,
        "points": ballot.points if ballot.kind == Kind.POINTS else None,
        "points_most": ballot.points_most if ballot.kind == Kind.POINTS else None,
        "rule": ballot.rule,
        "opens_at": ballot.opens_at.isoformat() if ballot.opens_at else None,
        "closes_at": ballot.closes_at.isoformat() if ballot.closes_at else None,
        "languages": ballot.languages,
        "identity_issuer": _issuer(ballot),
        "tie_seed_sha256": commitment,
        "tie_seed_source": ballot.seed_source,
        "homes": [_place(place) for place in _homes(ballot, pots, inside)],
        "pots": [{**_pot(pot, inside), "words": words.get(pot, {})} for pot in pots],
        "projects": [{**_project(project), "words": words.get(project, {})} for project in projects],
    }


def _homes(ballot: Ballot, pots: Sequence[Pot], inside: Sequence[Place]) -> Sequence[Place]:
    """Places as small as the smallest pots, or else the first ones below the ballot's."""
    kinds = {pot.place.kind for pot in pots if pot.place_id != ballot.place_id}
    below = [place for place in inside if place.pk != ballot.place_id]
    as_small = [place for place in below if place.kind in kinds]
    return as_small or [place for place in below if place.parent_id == ballot.place_id] or [ballot.place]


def _pot(pot: Pot, inside: Sequence[Place]) -> dict[str, Any]:
    return {
        "key": pot.key,
        "name": pot.name,
        "place": _place(pot.place),
        "places": sorted(place.pk for place in inside if place.path.startswith(pot.place.path)),
        "amount_pence": pot.amount_pence,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"id": place.pk, "name": place.name}


def _issuer(ballot: Ballot) -> str:
    """Who vouches for voters: another one would know the same people by other names."""
    provider = identity_provider() if Proof.OPENID in ballot.proofs else None
    return provider.issuer if provider else ""


def _theme(theme: Theme | None) -> str:
    return "" if theme is None else theme.name


def _translations(ballot: Ballot) -> dict[Thing, dict[str, dict[str, str]]]:
    """Thing → language → its words by their names in the document, for the languages the ballot is held in."""
    found: dict[Thing, dict[str, dict[str, str]]] = {}
    rows = ballot.translations.filter(language__in=ballot.languages)
    for row in rows.select_related("ballot", "pot", "project"):
        if row.pot is not None:
            told = {"name": row.title}
        elif row.project is not None:
            told = {name: getattr(row, name) for name in OF_A_PROJECT}
        else:
            told = {"title": row.title, "summary": row.summary, "instructions": row.instructions}
        found.setdefault(row.thing, {})[row.language] = told
    return found


def _project(project: Project) -> dict[str, Any]:
    return {
        "key": project.key,
        "pot": project.pot.key,
        "title": project.title,
        "summary": project.summary,
        "description": project.description,
        "assessment": project.assessment,
        "cost_pence": project.cost_pence,
        "place": _place(project.place),
        "theme": _theme(project.theme),
        "exclusive": project.exclusive,
        "alt": project.alt,
        "image_sha1": project.image.get_file_hash() if project.image else "",
        "idea": project.idea_id,
        "organisation": project.organisation.name if project.organisation else "",
        "promised_on": project.promised_on.isoformat() if project.promised_on else None,
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """A ballot's document as the public reads it: errata are in the words, and listed."""

    document: dict[str, Any]
    sheet: Sheet
    sha256: str
    commitment: str
    errata: tuple[Erratum, ...]


def shown(ballot: Ballot) -> Shown:
    """Two queries. `document["projects"]` has the words as they are now; money and rules never differ.

    A title that was put right stands beside `frozen_title`, by which the count and its files know the project.
    """
    version = BallotVersion.objects.get(ballot=ballot)
    document: dict[str, Any] = json.loads(bytes(version.document))
    errata = tuple(version.errata.order_by("pk"))
    by_key = {project["key"]: project for project in document["projects"]}
    for erratum in errata:
        project = by_key[erratum.project]
        if erratum.language:
            project["words"].setdefault(erratum.language, {})[erratum.field] = erratum.after
            continue
        if erratum.field == Words.TITLE:
            project.setdefault("frozen_title", project["title"])
        project[erratum.field] = erratum.after
    return Shown(document, Sheet.of(document), version.sha256, version.commitment, errata)


def whole_sheet(ballot: Ballot) -> Sheet:
    """With every pot. The ballot must have been opened."""
    return sheet_of(BallotVersion.objects.values_list("sha256", flat=True).get(ballot=ballot))


def sheet_for(ballot: Ballot, place: Place) -> Sheet:
    """What somebody who lives there votes on."""
    return whole_sheet(ballot).for_place(place.pk)


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many voted. `by_place` has no small numbers: places below `SMALL` are together under None."""

    voters: int
    by_channel: dict[str, int]
    by_place: dict[Place | None, int]


def turnout(ballot: Ballot, places: Collection[int] | None = None) -> Turnout:
    """Of these places alone, when they are named: small ones among them are put together with each other."""
    roll = ballot.roll.all() if places is None else ballot.roll.filter(place__in=places)
    rows = roll.values_list("channel", "place").annotate(voters=CountOf("pk"))
    by_channel: dict[str, int] = {}
    by_place: dict[int, int] = {}
    for channel, place, voters in rows:
        by_channel[channel] = by_channel.get(channel, 0) + voters
        by_place[place] = by_place.get(place, 0) + voters
    large, rest = without_small(by_place, SMALL)
    places = Place.objects.in_bulk(large)
    shown_places: dict[Place | None, int] = {places[pk]: voters for pk, voters in sorted(large.items())}
    if rest:
        shown_places[None] = rest
    return Turnout(sum(by_channel.values()), by_channel, shown_places)


def public_turnout(ballot: Ballot, now: Phase) -> Turnout | None:
    """What everybody may see in this phase: nothing during voting unless the council said so."""
    if now in {Phase.DRAFT, Phase.ANNOUNCED} or (now == Phase.VOTING and not ballot.turnout_shown):
        return None
    return turnout(ballot)
