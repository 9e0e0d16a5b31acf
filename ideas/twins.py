"""What the data twins of the idea pages say. The engine is `engage.kit.twins`; nobody's name is in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.panels import Panel
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, Column, Table, Twin, filters_of, page_of
from ideas.models import Comment, Idea, StatusChange
from ideas.queries import IdeaList, IdeaStory, all_comments

IDEA_COLUMNS: list[Column[Idea]] = [
    Column("id", lambda idea: idea.pk),
    Column("title", lambda idea: idea.title),
    Column("place", lambda idea: idea.place.name),
    Column("place_slug", lambda idea: idea.place.slug),
    Column("theme", lambda idea: idea.theme.name if idea.theme else ""),
    Column("call", lambda idea: idea.call.title if idea.call else ""),
    Column("status", lambda idea: idea.status),
    Column("supports", lambda idea: idea.supports_count),
    Column("comments", lambda idea: idea.comments_count),
    Column("suggested_at", lambda idea: idea.suggested_at),
    Column("latitude", lambda idea: idea.latitude),
    Column("longitude", lambda idea: idea.longitude),
    Column("description", lambda idea: idea.description),
]

CHANGE_COLUMNS: list[Column[StatusChange]] = [
    Column("status", lambda change: change.status),
    Column("reason", lambda change: change.reason),
    Column("changed_at", lambda change: change.changed_at),
]

COMMENT_COLUMNS: list[Column[Comment]] = [
    Column("id", lambda comment: comment.pk),
    Column("official", lambda comment: comment.official),
    Column("written_at", lambda comment: comment.written_at),
    Column("text", lambda comment: "" if comment.removed_at else comment.text),
    Column("removed_because", lambda comment: comment.removed_reason),
]


def ideas_twin(found: IdeaList, request: HttpRequest) -> Twin:
    return Twin(
        title=_("Ideas"),
        page=page_of(request),
        as_of=timezone.now(),
        totals={"ideas": found.count},
        tables=[Table("ideas", "idea", IDEA_COLUMNS, found.ideas)],
        filters=filters_of(request),
    )


def idea_twin(story: IdeaStory, panels: Sequence[Panel], request: HttpRequest) -> Twin:
    """The idea with its life and discussion, and what other apps show on its page."""
    idea = story.idea
    return Twin(
        title=idea.title,
        page=request.build_absolute_uri(idea.get_absolute_url()),
        as_of=timezone.now(),
        totals={column.name: column.of(idea) for column in IDEA_COLUMNS},
        tables=[
            Table("life", "status", CHANGE_COLUMNS, story.changes),
            Table("discussion", "comment", COMMENT_COLUMNS, all_comments(idea)),
            *(table for panel in panels for table in panel.tables),
        ],
    )


def ideas_geojson(found: IdeaList, request: HttpRequest) -> JsonResponse:
    """The ideas that have a pin, for any map: RFC 7946, with the licence and the as-of time as extra members."""
    columns = [
        column for column in IDEA_COLUMNS if column.name not in {"latitude", "longitude", "description"}
    ]
    features = [
        {
            "type": "Feature",
            "id": idea.pk,
            "geometry": {"type": "Point", "coordinates": [idea.longitude, idea.latitude]},
            "properties": {
                **{column.name: column.of(idea) for column in columns},
                "url": request.build_absolute_uri(idea.get_absolute_url()),
            },
        }
        for idea in found.ideas.filter(latitude__isnull=False)
    ]
    about: dict[str, Any] = {
        "as_of": timezone.now().isoformat(timespec="seconds"),
        "licence": {"name": OPEN_GOVERNMENT_LICENCE.name, "url": OPEN_GOVERNMENT_LICENCE.url},
    }
    response = JsonResponse(
        {"type": "FeatureCollection", **about, "features": features},
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
