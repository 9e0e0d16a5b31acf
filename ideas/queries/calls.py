"""Calls with what their pages show, and what somebody has used of a call's limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from engage.kit.models import Theme
from engage.places.models import Place
from engage.places.queries import PlaceMap, place_map
from engage.residents.models import Resident
from ideas.enums import HIDDEN_STATUSES
from ideas.models import Call, CallQuestion, Idea, Phase, PhaseShift, Support
from ideas.queries.browse import listed
from ideas.rules.limits import Used
from ideas.rules.phases import has_begun, is_over

IDEAS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class CallList:
    """Announced calls by where they stand: those that run (the one to end first first), those to come (the next
    first), those that are over (the latest first). Each knows its `ideas_count`.
    """

    now: list[Call]
    coming: list[Call]
    over: list[Call]

    def all(self) -> list[Call]:
        return [*self.now, *self.coming, *self.over]


@dataclass(frozen=True, slots=True)
class CallPage:
    """All that the page of one call shows: its most supported ideas, and the newest of the others.

    `ideas` and `supports` say what the visitor has used of its limits.
    """

    call: Call
    phases: Sequence[Phase]
    places: Sequence[Place]
    themes: Sequence[Theme]
    shifts: Sequence[PhaseShift]
    questions: Sequence[CallQuestion]
    ideas_count: int
    supports_count: int
    supported: list[Idea]
    newest: list[Idea]
    map: PlaceMap | None
    ideas: Used
    supports: Used


def call_list(at: datetime) -> CallList:
    """Four queries, however many calls there are."""
    calls = list(
        Call.objects.public(at)
        .annotate(ideas_count=_count_of_ideas())
        .prefetch_related("phases", "places", "themes")
    )
    by_start = sorted(
        (call for call in calls if call.phases.all()), key=lambda call: call.phases.all()[0].starts_at
    )
    running = [
        call for call in by_start if has_begun(call.phases.all(), at) and not is_over(call.phases.all(), at)
    ]
    return CallList(
        now=sorted(running, key=lambda call: max(phase.ends_at for phase in call.phases.all())),
        coming=[call for call in by_start if not has_begun(call.phases.all(), at)],
        over=[call for call in reversed(by_start) if is_over(call.phases.all(), at)],
    )


def call_of(slug: str) -> Call | None:
    """Any call, announced or not; the view decides who sees a draft."""
    return Call.objects.prefetch_related("phases", "places", "themes").filter(slug=slug).first()


def call_page(call: Call, *, resident: Resident | None) -> CallPage:
    ideas = Idea.objects.public().filter(call=call)
    sums = ideas.aggregate(ideas=Count("pk"), supports=Coalesce(Sum("supports_count"), 0))
    supported = list(listed(ideas).order_by("-supports_count", "-pk")[:IDEAS_SHOWN])
    fresh = listed(ideas).exclude(pk__in=[idea.pk for idea in supported])
    return CallPage(
        call=call,
        phases=list(call.phases.all()),
        places=list(call.places.all()),
        themes=list(call.themes.all()),
        shifts=list(call.shifts.all()),
        questions=list(call.questions.all()),
        ideas_count=sums["ideas"],
        supports_count=sums["supports"],
        supported=supported,
        newest=list(fresh.order_by("-suggested_at", "-pk")[:IDEAS_SHOWN]),
        map=place_map() if call.places.all() else None,
        ideas=ideas_used(call, resident),
        supports=supports_used(call, resident),
    )


def ideas_used(call: Call, resident: Resident | None) -> Used:
    """Ideas that are gone from view do not count. One statement, none when the call has no limit."""
    if call.ideas_each is None or resident is None:
        return Used(0, call.ideas_each)
    mine = Idea.objects.filter(call=call, author=resident).exclude(status__in=HIDDEN_STATUSES)
    return Used(mine.count(), call.ideas_each)


def supports_used(call: Call, resident: Resident | None) -> Used:
    """Support for ideas that are gone from view does not count. One statement, none without a limit."""
    if call.supports_each is None or resident is None:
        return Used(0, call.supports_each)
    return Used(supports_in(call, resident).count(), call.supports_each)


def supports_in(call: Call, resident: Resident) -> QuerySet[Support]:
    """What somebody supports of a call's ideas that can be seen."""
    mine = Support.objects.filter(resident=resident, idea__call=call)
    return mine.exclude(idea__status__in=HIDDEN_STATUSES)


def _count_of_ideas() -> Coalesce:
    per_call = Idea.objects.public().filter(call=OuterRef("pk")).order_by().values("call")
    return Coalesce(Subquery(per_call.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
