"""What pages ask about ideas: one object per page, the same number of queries however many rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count, F, FloatField, Min, QuerySet, Value
from django.db.models.functions import Floor

from engage.kit.models import Theme
from engage.places.enums import PlaceKind
from engage.places.models import Place
from engage.places.queries import PlaceMap, place_map
from engage.residents.models import Resident
from ideas.models import Call, Comment, Idea, StatusChange, Support
from ideas.permissions import Visitor
from ideas.rules.grid import Box, Grid

IDEAS_A_PAGE = 12
COMMENTS_A_PAGE = 20
MOST_CLUSTERS = 120
SIMILAR = 3


def listed(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Ideas with what a card or a row of a table needs."""
    return ideas.select_related("place", "theme", "call")


# --- /ideas/ ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offers:
    """What the filter and the form for a new idea offer to choose from."""

    places: Sequence[Place]
    themes: Sequence[Theme]
    calls: Sequence[Call]

    def open_calls(self, at: datetime) -> list[Call]:
        return [call for call in self.calls if call.opens_at <= at < call.closes_at]


def offers(at: datetime) -> Offers:
    """Every place and theme, and every call that has opened."""
    return Offers(
        places=list(Place.objects.only("kind", "name", "slug", "path")),
        themes=list(Theme.objects.all()),
        calls=list(Call.objects.filter(opens_at__lte=at)),
    )


@dataclass(frozen=True, slots=True)
class Cluster:
    """Ideas whose pins lie close together: where, how many, and one of them. `box` is the part of the map."""

    latitude: float
    longitude: float
    count: int
    idea_id: int
    title: str
    box: Box


@dataclass(frozen=True, slots=True)
class IdeaList:
    """`ideas` are already filtered and sorted. `view_box` is the part of the map that is shown."""

    ideas: QuerySet[Idea]
    page: Page[Idea]
    count: int
    by_place: dict[int, int]
    map: PlaceMap
    view_box: str
    clusters: list[Cluster]


class _Counted(Paginator):  # type: ignore[type-arg]
    """A paginator that was told the count, because the map has it already."""

    def __init__(self, ideas: QuerySet[Idea], per_page: int, known: int) -> None:
        super().__init__(ideas, per_page)
        self.__dict__["count"] = known


def idea_list(ideas: QuerySet[Idea], *, page: str | None, box: Box | None) -> IdeaList:
    by_place = dict(ideas.order_by().values_list("place").annotate(n=Count("pk")))
    count = sum(by_place.values())
    places = place_map()
    view_box = box.view_box() if box else places.view_box
    return IdeaList(
        ideas=listed(ideas),
        page=_Counted(listed(ideas), IDEAS_A_PAGE, count).get_page(page),
        count=count,
        by_place=by_place,
        map=places,
        view_box=view_box,
        clusters=_clusters(ideas, Grid.over(view_box)) if view_box else [],
    )


def _clusters(ideas: QuerySet[Idea], grid: Grid) -> list[Cluster]:
    """The pins of all these ideas, gathered by cell in one query; the fullest cells when there are too many."""
    cells = (
        ideas.filter(latitude__isnull=False)
        .order_by()
        .values(
            column=Floor(F("longitude") / Value(grid.width, output_field=FloatField())),
            row=Floor(F("latitude") / Value(grid.height, output_field=FloatField())),
        )
        .annotate(
            n=Count("pk"), lat=Avg("latitude"), lon=Avg("longitude"), first=Min("pk"), name=Min("title")
        )
        .order_by("-n", "first")[:MOST_CLUSTERS]
    )
    return [
        Cluster(
            latitude=cell["lat"],
            longitude=cell["lon"],
            count=cell["n"],
            idea_id=cell["first"],
            title=cell["name"],
            box=grid.box(int(cell["column"]), int(cell["row"])),
        )
        for cell in cells
    ]


# --- /ideas/<id>-<slug>/ ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IdeaStory:
    """All that the page of one idea shows. `mine` is whether the visitor suggested it."""

    idea: Idea
    changes: list[StatusChange]
    comments: Page[Comment]
    supported: bool
    mine: bool
    map: PlaceMap | None


def idea_of(idea_id: int) -> Idea | None:
    """Any idea, whatever its status; the view decides what to show of one that is hidden."""
    return Idea.objects.select_related("author", "place", "theme", "call").filter(pk=idea_id).first()


def idea_story(idea: Idea, *, resident: Resident | None, page: str | None) -> IdeaStory:
    return IdeaStory(
        idea=idea,
        changes=list(idea.status_changes.all()),
        comments=comments_of(idea, page=page),
        supported=supports(resident, idea),
        mine=resident is not None and idea.author_id == resident.pk,
        map=_map_around(idea),
    )


def comments_of(idea: Idea, *, page: str | None) -> Page[Comment]:
    return Paginator(all_comments(idea), COMMENTS_A_PAGE).get_page(page)


def all_comments(idea: Idea) -> QuerySet[Comment]:
    """Official answers first, then the latest; removed ones keep their place."""
    return idea.comments.select_related("author").order_by("-official", "-written_at", "-pk")


def supports(resident: Resident | None, idea: Idea) -> bool:
    return resident is not None and Support.objects.filter(idea=idea, resident=resident).exists()


def _map_around(idea: Idea) -> PlaceMap | None:
    """The idea's own place, to put the pin on; nothing when there is no pin or no boundary."""
    if idea.latitude is None:
        return None
    found = place_map(within=idea.place, kinds=[PlaceKind(idea.place.kind)])
    return found if found.outlines else None


def resident_of(user: Visitor) -> Resident | None:
    """The resident that an account belongs to; none for the signed-out and for those who never took part."""
    return getattr(user, "resident", None)


# --- /ideas/new/ -----------------------------------------------------------------------------------------


def similar_to(title: str) -> list[Idea]:
    """Ideas that may say the same, so that support is not split between twins."""
    if len(title.strip()) < 4:
        return []
    likeness = TrigramWordSimilarity(title.strip(), "title")
    found = listed(Idea.objects.public()).annotate(likeness=likeness).filter(likeness__gt=0.45)
    return list(found.order_by("-likeness", "-supports_count")[:SIMILAR])
