"""What the page of one idea shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from engage.places.enums import PlaceKind
from engage.places.queries import PlaceMap, place_map
from engage.residents.models import Resident
from ideas.models import Comment, Idea, StatusChange, Support
from ideas.permissions import Visitor

COMMENTS_A_PAGE = 20


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
    ideas = Idea.objects.select_related("author", "place", "theme", "call").prefetch_related("call__phases")
    return ideas.filter(pk=idea_id).first()


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
