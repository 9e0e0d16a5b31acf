"""A crowd (`engage.demo.crowd`) put into the database, past the verbs: hundreds of thousands of rows in a minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import batched
from random import Random
from typing import Any

import shapely
from django.db import connection, transaction
from django.db.models import Model
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from engage.demo.crowd import Crowd, Said
from engage.demo.quiet import quietly
from engage.kit.indexing import index_all
from engage.kit.models import Theme
from engage.kit.progress import track, working
from engage.places.models import Boundary, Place
from engage.places.queries import ELECTORAL
from engage.residents.models import Resident
from ideas.actions import recount
from ideas.models import Comment, Idea, StatusChange, Support

AT_ONCE = 5_000
TRIES = 40


def homes() -> list[Place]:
    """Where a crowd can live: divisions and wards, in an order that does not depend on their numbers."""
    return list(Place.objects.filter(kind__in=ELECTORAL).order_by("slug"))


@transaction.atomic
def load_crowd(crowd: Crowd) -> dict[str, int]:
    """All of it or nothing, among what is there already. Answers how many of each thing were made."""
    places, rng = homes(), Random(f"{crowd.seed} places")
    with connection.cursor() as cursor:
        # Kept for the end, half a million checks of foreign keys would slow down every trigger before it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with quietly():
        living = rng.choices(places, [place.electors or 1 for place in places], k=crowd.residents)
        with working("Residents"):
            residents = Resident.objects.bulk_create(
                Resident(name=name, home=home) for name, home in zip(crowd.names(), living, strict=True)
            )
        ideas = _load_ideas(crowd, residents, living)
        supports = _load_supports(crowd, ideas, residents)
        comments = _load_comments(crowd, ideas, residents)
        with working("Counters"):
            _analyze(Resident, Idea, StatusChange, Support, Comment)
            recount()
        with working("Search"):
            index_all(Idea, [idea.pk for idea in ideas])
    return {"residents": len(residents), "ideas": len(ideas), "supports": supports, "comments": comments}


def _load_ideas(crowd: Crowd, residents: Sequence[Resident], living: Sequence[Place]) -> list[Idea]:
    """People ask for things where they live."""
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    grounds = {each.place_id: shape(each.geometry) for each in Boundary.objects.filter(place__in=living)}
    rng = Random(f"{crowd.seed} pins")
    ideas = []
    for plan in track(crowd.asked, "Ideas"):
        place = living[plan.author]
        latitude, longitude = _pin(grounds.get(place.pk), rng) if plan.pinned else (None, None)
        ideas.append(
            Idea(
                author=residents[plan.author],
                title=plan.title,
                description=plan.text,
                theme=themes.get(plan.theme),
                place=place,
                latitude=latitude,
                longitude=longitude,
                status=plan.status,
                suggested_at=plan.at,
            )
        )
    Idea.objects.bulk_create(ideas, batch_size=AT_ONCE)
    StatusChange.objects.bulk_create(
        StatusChange(idea=idea, status=plan.status, reason=plan.reason, changed_at=plan.changed_at)
        for idea, plan in zip(ideas, crowd.asked, strict=True)
        if plan.reason
    )
    return ideas


def _pin(ground: BaseGeometry | None, rng: Random) -> tuple[float | None, float | None]:
    """Latitude and longitude of some spot on this ground; nothing where no boundary is known."""
    if ground is None:
        return None, None
    west, south, east, north = ground.bounds
    for _ in range(TRIES):
        x, y = rng.uniform(west, east), rng.uniform(south, north)
        if shapely.contains_xy(ground, x, y):
            return round(y, 6), round(x, 6)
    inside = ground.representative_point()
    return inside.y, inside.x


def _load_supports(crowd: Crowd, ideas: Sequence[Idea], residents: Sequence[Resident]) -> int:
    rows = (
        Support(idea=ideas[idea], resident=residents[resident], given_at=at)
        for idea, resident, at in crowd.supported()
    )
    return sum(len(Support.objects.bulk_create(some)) for some in _batches(rows, "Supports", crowd.supports))


def _load_comments(crowd: Crowd, ideas: Sequence[Idea], residents: Sequence[Resident]) -> int:
    """What replies answer must be there before them, and the planner must know it: each reply looks for it."""
    said = list(crowd.said())
    above: dict[tuple[int, int], Comment] = {}
    position: Counter[int] = Counter()
    for each in said:
        if each.answers is None:
            above[each.idea, position[each.idea]] = _comment(each, ideas, residents)
        position[each.idea] += 1
    for some in _batches(iter(above.values()), "Comments", len(above)):
        Comment.objects.bulk_create(some)
    _analyze(Comment)
    replies = (
        _comment(each, ideas, residents, parent=above[each.idea, each.answers])
        for each in said
        if each.answers is not None
    )
    for batch in _batches(replies, "Replies", len(said) - len(above)):
        Comment.objects.bulk_create(batch)
    return len(said)


def _comment(said: Said, ideas: Sequence[Idea], residents: Sequence[Resident], **more: Any) -> Comment:
    if said.stance:
        more["stance"] = said.stance
    return Comment(
        idea=ideas[said.idea], author=residents[said.author], text=said.text, written_at=said.at, **more
    )


def _batches[Row](rows: Iterator[Row], label: str, total: int) -> Iterator[tuple[Row, ...]]:
    yield from track(batched(rows, AT_ONCE), label, total=-(-total // AT_ONCE))


def _analyze(*models: type[Model]) -> None:
    """Tell the planner that these tables have grown: else it reads all of one to find a row."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in models)}")
