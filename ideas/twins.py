"""What the data twins of the idea pages say. The engine is `engage.kit.twins`; nobody's name is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.panels import Panel
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, Column, Pence, Table, Twin, Value, filters_of, page_of
from ideas.display import reply_words
from ideas.models import Assessment, Call, CallQuestion, Comment, Idea, Merge, Phase, PhaseShift, StatusChange
from ideas.queries import CallList, CallPage, IdeaList, IdeaStory, ModeratedYear, all_comments
from ideas.rules.phases import phase_at

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
    Column("address", lambda idea: idea.address),
    Column("rough_cost", lambda idea: _money(idea.rough_cost_pence)),
    Column("came", lambda idea: idea.channel),
    Column("changed_at", lambda idea: idea.edited_at),
    Column("description", lambda idea: idea.description),
]

REPLY_COLUMNS: list[Column[dict[str, Any]]] = [
    Column("question", lambda reply: reply["question"]),
    Column("reply", lambda reply: reply_words(reply["kind"], reply["value"])),
]

PICTURE_COLUMNS: list[Column[dict[str, Any]]] = [
    Column("file", lambda picture: default_storage.url(picture["file"])),
    Column("shows", lambda picture: picture["alt"]),
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
    Column("reply_to", lambda comment: comment.parent_id),
    Column("stance", lambda comment: comment.stance if comment.has_stance else ""),
    Column("text", lambda comment: "" if comment.removed_at else comment.text),
    Column("removed_because", lambda comment: comment.removed_reason),
]


PHASE_COLUMNS: list[Column[Phase]] = [
    Column("phase", lambda phase: phase.kind),
    Column("starts_at", lambda phase: phase.starts_at),
    Column("ends_at", lambda phase: phase.ends_at),
]

SHIFT_COLUMNS: list[Column[PhaseShift]] = [
    Column("phase", lambda shift: shift.kind),
    Column("started_at", lambda shift: shift.from_starts_at),
    Column("ended_at", lambda shift: shift.from_ends_at),
    Column("starts_at", lambda shift: shift.to_starts_at),
    Column("ends_at", lambda shift: shift.to_ends_at),
    Column("reason", lambda shift: shift.reason),
    Column("changed_at", lambda shift: shift.shifted_at),
]

QUESTION_COLUMNS: list[Column[CallQuestion]] = [
    Column("question", lambda question: question.label),
    Column("kind", lambda question: question.kind),
    Column("choices", lambda question: "; ".join(question.offered())),
    Column("required", lambda question: question.required),
    Column("replies_are_public", lambda question: question.public),
]

# What is public of an assessment: nothing of it before there is an answer, and never the notes.
ANSWER_COLUMNS: list[Column[Assessment]] = [
    Column("verdict", lambda answer: answer.verdict),
    Column("answered_at", lambda answer: answer.answered_at),
    Column("answer", lambda answer: answer.answer),
    Column("reason", lambda answer: answer.reason),
    Column("cost_low", lambda answer: _money(answer.cost_low_pence)),
    Column("cost_high", lambda answer: _money(answer.cost_high_pence)),
    Column("can_be_done", lambda answer: answer.feasibility),
    Column("fits_plans", lambda answer: answer.policy_fit),
    Column("after_another_look", lambda answer: answer.reassesses_id is not None),
]

JOINED_COLUMNS: list[Column[Merge]] = [
    Column("id", lambda merge: merge.merged_id),
    Column("title", lambda merge: merge.merged.title),
    Column("joined_at", lambda merge: merge.merged_at),
    Column("reason", lambda merge: merge.reason),
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
    answered = [each for each in story.assessments if each.answered_at is not None]
    told = story.beside.told
    return Twin(
        title=idea.title,
        page=request.build_absolute_uri(idea.get_absolute_url()),
        as_of=timezone.now(),
        totals={column.name: column.of(idea) for column in IDEA_COLUMNS},
        tables=[
            Table("replies", "question", REPLY_COLUMNS, told.replies),
            Table("pictures", "file", PICTURE_COLUMNS, told.pictures),
            Table("life", "status", CHANGE_COLUMNS, story.changes),
            Table("answers", "verdict", ANSWER_COLUMNS, answered),
            Table("joined", "title", JOINED_COLUMNS, story.joined),
            Table("discussion", "comment", COMMENT_COLUMNS, all_comments(idea)),
            *(table for panel in panels for table in panel.tables),
        ],
    )


def calls_twin(found: CallList, request: HttpRequest, at: datetime) -> Twin:
    return Twin(
        title=_("Calls for ideas"),
        page=page_of(request),
        as_of=at,
        totals={"calls": len(found.all())},
        tables=[Table("calls", "call", call_columns(at), found.all())],
    )


def call_twin(page: CallPage, panels: Sequence[Panel], request: HttpRequest, at: datetime) -> Twin:
    """The call with its dates and every change of them; its ideas are the list of ideas with `call=…`."""
    facts: dict[str, Value] = {column.name: column.of(page.call) for column in call_columns(at)}
    money = {name: value for panel in panels for name, value in panel.totals.items()}
    return Twin(
        title=page.call.title,
        page=request.build_absolute_uri(page.call.get_absolute_url()),
        as_of=at,
        totals=facts | {"ideas": page.ideas_count, "supports": page.supports_count} | money,
        tables=[
            Table("phases", "phase", PHASE_COLUMNS, page.phases),
            Table("dates_changed", "change", SHIFT_COLUMNS, page.shifts),
            Table("questions", "question", QUESTION_COLUMNS, page.questions),
            *(table for panel in panels for table in panel.tables),
        ],
    )


def call_columns(at: datetime) -> list[Column[Call]]:
    """What a call is at that moment. Its phases were fetched with it."""

    def now(call: Call) -> str:
        phase = phase_at(call.phases.all(), at)
        return phase.kind if phase else ""

    return [
        Column("id", lambda call: call.pk),
        Column("title", lambda call: call.title),
        Column("slug", lambda call: call.slug),
        Column("phase_now", now),
        Column("starts_at", lambda call: min((each.starts_at for each in call.phases.all()), default=None)),
        Column("ends_at", lambda call: max((each.ends_at for each in call.phases.all()), default=None)),
        Column("announced_at", lambda call: call.announced_at),
        Column("places", lambda call: "; ".join(place.slug for place in call.places.all())),
        Column("themes", lambda call: "; ".join(theme.slug for theme in call.themes.all())),
        Column("ideas", lambda call: getattr(call, "ideas_count", None)),
        Column("ideas_each", lambda call: call.ideas_each),
        Column("supports_each", lambda call: call.supports_each),
        Column("feeds", lambda call: call.feeds),
        Column("ballot_pot", lambda call: Pence(call.ballot_pot_pence) if call.ballot_pot_pence else None),
        Column("explanation", lambda call: call.explanation),
    ]


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


MODERATION_COLUMNS: list[Column[ModeratedYear]] = [
    Column("year", lambda year: year.year),
    Column("reports", lambda year: year.reports),
    Column("kept", lambda year: year.kept),
    Column("removed", lambda year: year.removed),
    Column("put_back", lambda year: year.put_back),
    Column("appeals", lambda year: year.appeals),
    Column("appeals_upheld", lambda year: year.appeals_upheld),
    Column("blocks", lambda year: year.blocks),
    Column(
        "median_hours", lambda year: round(year.median.total_seconds() / 3600, 1) if year.median else None
    ),
]

REMOVED_BECAUSE_COLUMNS: list[Column[tuple[int, str, int]]] = [
    Column("year", lambda row: row[0]),
    Column("rule", lambda row: row[1]),
    Column("removed", lambda row: row[2]),
]


def moderation_twin(years: Sequence[ModeratedYear], request: HttpRequest) -> Twin:
    because = [(year.year, rule, n) for year in years for rule, n in sorted(year.removed_because.items())]
    return Twin(
        title=_("How we moderate"),
        page=page_of(request),
        as_of=timezone.now(),
        totals={"removed": sum(year.removed for year in years), "kept": sum(year.kept for year in years)},
        tables=[
            Table("years", "year", MODERATION_COLUMNS, years),
            Table("removed_because", "rule", REMOVED_BECAUSE_COLUMNS, because),
        ],
    )


def _money(pence: int | None) -> Pence | None:
    return None if pence is None else Pence(pence)
