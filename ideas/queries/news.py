"""What is new about ideas, for feeds; and ideas for other websites' frames."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from engage.kit.feeds import MOST
from ideas.models import Assessment, Call, Comment, Idea, StatusChange
from ideas.queries.browse import listed

FRAMED = 5


@dataclass(frozen=True, slots=True)
class IdeaNews:
    """`comments` are the latest that everybody can read."""

    idea: Idea
    changes: list[StatusChange]
    answers: list[Assessment]
    comments: list[Comment]


def idea_news(idea: Idea) -> IdeaNews:
    """Three queries, however much was said."""
    return IdeaNews(
        idea=idea,
        changes=list(idea.status_changes.order_by("-changed_at", "-pk")[:MOST]),
        answers=list(idea.assessments.filter(answered_at__isnull=False).order_by("-answered_at")[:MOST]),
        comments=list(idea.comments.counted().order_by("-written_at", "-pk")[:MOST]),
    )


def newest(ideas: QuerySet[Idea]) -> list[Idea]:
    """However the list itself is sorted."""
    return list(listed(ideas).order_by("-suggested_at", "-pk")[:MOST])


def newest_calls(at: datetime) -> list[Call]:
    """Those that have been announced, the latest first."""
    announced = Call.objects.public(at).prefetch_related("places", "themes")
    return list(announced.order_by("-announced_at", "-pk")[:MOST])


def framed(ideas: QuerySet[Idea]) -> list[Idea]:
    """The first few of a list, in its own order."""
    return list(listed(ideas)[:FRAMED])
