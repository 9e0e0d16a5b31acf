"""What the page of one idea shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from engage.councillors.models import Councillor, Term
from engage.kit.together import instances, know, rows_of
from engage.notifications.models import Following
from engage.places.queries import PlaceMap, map_of, with_boundary
from engage.residents.models import Resident
from ideas.models import Assessment, Idea, Merge, Phase, StatusChange, Support
from ideas.permissions import Visitor
from ideas.queries.assess import assessments_of
from ideas.queries.calls import supports_in
from ideas.queries.discuss import Discussion, Reader, discussion_of, threads_of
from ideas.queries.merge import joined_with
from ideas.queries.suggest import Told, told_beside, told_in
from ideas.rules.limits import Used


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an idea for one reader. `used` is of the limit on supports that the idea's call may have.

    An idea outside any call is for the `councillors` who serve its place today.
    """

    supported: bool
    follows: bool
    used: Used
    threads: int
    changes: list[StatusChange]
    told: Told
    councillors: list[Councillor]


@dataclass(frozen=True, slots=True)
class IdeaStory:
    """All that the page of one idea shows. `mine` is whether the visitor suggested it."""

    idea: Idea
    assessments: list[Assessment]
    joined: list[Merge]
    discussion: Discussion
    beside: Beside
    mine: bool
    map: PlaceMap | None

    @property
    def changes(self) -> list[StatusChange]:
        return self.beside.changes


def idea_of(idea_id: int) -> Idea | None:
    """Any idea, whatever its status; the view decides what to show of one that is hidden. One statement."""
    ideas = with_boundary(Idea.objects.select_related("author", "place", "theme"))
    found = with_call(ideas).filter(pk=idea_id).first()
    return None if found is None else knowing_phases(found)


def with_call(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Ideas with their call and its phases, in the same statement; each then needs `knowing_phases`."""
    phases = rows_of(Phase.objects.order_by("starts_at"), belongs_to="call", outer="call")
    return ideas.select_related("call").annotate(phases_of_call=phases)


def knowing_phases(idea: Idea) -> Idea:
    if idea.call is not None:
        know(idea.call, "phases", instances(Phase, getattr(idea, "phases_of_call", ())))
    return idea


def idea_story(idea: Idea, *, reader: Reader, page: str | None, sort: str) -> IdeaStory:
    beside = _beside(idea, reader)
    return IdeaStory(
        idea=idea,
        assessments=assessments_of(idea),
        joined=joined_with(idea),
        discussion=discussion_of(idea, reader=reader, page=page, sort=sort, known=beside.threads),
        beside=beside,
        mine=reader.resident is not None and idea.author_id == reader.resident.pk,
        map=_map_around(idea),
    )


def supports(resident: Resident | None, idea: Idea) -> bool:
    return resident is not None and Support.objects.filter(idea=idea, resident=resident).exists()


def support_of(idea: Idea, resident: Resident | None) -> tuple[bool, Used]:
    """Whether the resident supports it, and what they have used of the call's limit; one statement."""
    beside = _beside(idea, Reader(resident))
    return beside.supported, beside.used


def _beside(idea: Idea, reader: Reader) -> Beside:
    """Several small questions in one statement, so that the page asks no more of the database as it grows."""
    resident, call = reader.resident, idea.call
    limit = call.supports_each if call is not None and resident is not None else None
    changes = StatusChange.objects.order_by("changed_at", "pk")
    asked: dict[str, Any] = {
        "threads": _count(threads_of(idea, reader)),
        "changes": rows_of(changes, belongs_to="idea"),
        **told_beside(),
    }
    if resident is not None:
        asked["supported"] = Exists(Support.objects.filter(idea=idea, resident=resident))
        following = Following.objects.filter(resident=resident, topic_kind="idea", topic_id=idea.pk)
        asked["follows"] = Exists(following)
    if call is not None and resident is not None and limit is not None:
        asked["used"] = _count(supports_in(call, resident))
    if call is None:
        running = Term.objects.running(localdate()).filter(
            councillor=OuterRef("pk"), place=OuterRef(OuterRef("place"))
        )
        asked["councillors"] = rows_of(Councillor.objects.filter(Exists(running)))
    row: dict[str, Any] = dict(Idea.objects.filter(pk=idea.pk).values(**asked).get())
    return Beside(
        supported=row.get("supported", False),
        follows=row.get("follows", False),
        used=Used(row.get("used", 0), limit),
        threads=row["threads"],
        changes=instances(StatusChange, row["changes"]),
        told=told_in(row),
        councillors=instances(Councillor, row.get("councillors", ())),
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    """`rows`, counted inside another statement."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _map_around(idea: Idea) -> PlaceMap | None:
    """The idea's own place, to put the pin on; nothing when there is no pin or no boundary."""
    return None if idea.latitude is None else map_of(idea.place)


def resident_of(user: Visitor) -> Resident | None:
    """The resident that an account belongs to; none for the signed-out and for those who never took part."""
    return getattr(user, "resident", None)
