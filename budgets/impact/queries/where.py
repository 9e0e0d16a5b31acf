"""Where the money went: to which places, themes and kinds of group, how fast, and what it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from budgets.enums import EntryKind
from budgets.grants.enums import FunderAnswer
from budgets.grants.models import Funder
from budgets.impact.queries.value_maps import Mapped, published_maps, social_return
from budgets.impact.rules.sroi import Total
from budgets.impact.rules.waiting import Waits, leverage, waits
from budgets.models import Award, Outcome
from budgets.queries import ThemeShare, sources_of
from engage.audit.models import Source
from engage.places.queries import PlaceMap, place_map

KEPT = F("committed_pence") + F("spent_pence")


@dataclass(frozen=True, slots=True)
class PlaceShare:
    place_id: int
    name: str
    slug: str
    awards: int
    pence: int


@dataclass(frozen=True, slots=True)
class KindShare:
    """What went to one kind of group; `groups` counts each group once."""

    kind: str
    groups: int
    awards: int
    pence: int


@dataclass(frozen=True)
class WhereItWent:
    """Awards of a year (or of all) that have not gone back. Sums are what groups keep or are promised, in pence."""

    year: int | None
    awards: int
    pence: int
    groups: int
    first_time_groups: int
    first_time_pence: int
    places: list[PlaceShare]
    themes: list[ThemeShare]
    kinds: list[KindShare]
    from_application: Waits | None
    from_decision: Waits | None
    others_pence: int
    applied_pence: int
    reported: int
    maps: list[Mapped]
    map: PlaceMap
    sources: list[Source]

    @property
    def leverage(self) -> Fraction | None:
        """What others gave for each pound, where groups applied here."""
        return leverage(self.others_pence, self.applied_pence)

    @cached_property
    def value(self) -> Total:
        return social_return(self.maps)

    @property
    def valued(self) -> list[Award]:
        """The awards with a value map to look at, by title: never by what they were worth."""
        return list(dict.fromkeys(each.value_map.award for each in self.maps))

    @cached_property
    def by_place(self) -> dict[int, PlaceShare]:
        return {share.place_id: share for share in self.places}


def where_it_went(awards: QuerySet[Award], *, year: int | None) -> WhereItWent:
    kept = awards.order_by().alias(kept=KEPT).filter(kept__gt=0)
    sums = sums_of(kept)
    areas = place_map()
    others, applied = others_of(kept)
    began, decided = _spans(kept)
    return WhereItWent(
        year=year,
        **sums,
        places=_places(kept),
        themes=_themes(kept),
        kinds=_kinds(kept),
        from_application=waits(began),
        from_decision=waits(decided),
        others_pence=others,
        applied_pence=applied,
        maps=published_maps(kept),
        map=areas,
        sources=list(dict.fromkeys([*sources_of(kept), *areas.sources])),
    )


def sums_of(kept: QuerySet[Award]) -> dict[str, int]:
    """A group is new when it had nothing before its first award among these."""
    earlier = Award.objects.filter(
        Q(decided_on__lt=OuterRef("decided_on"))
        | Q(decided_on=OuterRef("decided_on"), pk__lt=OuterRef("pk")),
        organisation=OuterRef("organisation"),
    )
    first = Q(first=True)
    # The results of a joint grant are kept on the first of its awards, and are those of all.
    told = Outcome.objects.filter(
        Q(award=OuterRef("pk")) | Q(award__ask__application=OuterRef("ask__application"))
    )
    return kept.annotate(first=~Exists(earlier), has_report=Exists(told)).aggregate(
        awards=Count("pk"),
        pence=Coalesce(Sum(KEPT), 0),
        groups=Count("organisation", distinct=True),
        first_time_groups=Count("organisation", distinct=True, filter=first),
        first_time_pence=Coalesce(Sum(KEPT, filter=first), 0),
        reported=Count("pk", filter=Q(has_report=True)),
    )


def _places(kept: QuerySet[Award]) -> list[PlaceShare]:
    rows = kept.values("place_id", "place__name", "place__slug").annotate(pence=Sum(KEPT), count=Count("pk"))
    return [
        PlaceShare(row["place_id"], row["place__name"], row["place__slug"], row["count"], row["pence"])
        for row in rows.order_by("-pence", "place__name")
    ]


def _themes(kept: QuerySet[Award]) -> list[ThemeShare]:
    rows = kept.values("theme__name", "theme__slug").annotate(pence=Sum(KEPT))
    return [
        ThemeShare(row["theme__name"] or "", row["theme__slug"] or "", row["pence"])
        for row in rows.order_by("-pence", "theme__name")
    ]


def _kinds(kept: QuerySet[Award]) -> list[KindShare]:
    rows = kept.values("organisation__kind").annotate(
        pence=Sum(KEPT), count=Count("pk"), groups=Count("organisation", distinct=True)
    )
    return [
        KindShare(row["organisation__kind"], row["groups"], row["count"], row["pence"])
        for row in rows.order_by("-pence", "organisation__kind")
    ]


def others_of(kept: QuerySet[Award]) -> tuple[int, int]:
    """What other funders confirmed for the projects that applied here, and what those were awarded. An application
    paid by several budgets is counted once."""
    given = Funder.objects.filter(
        Exists(kept.filter(ask__application=OuterRef("application_id"))), answer=FunderAnswer.GIVEN
    )
    others: int = given.order_by().aggregate(sum=Coalesce(Sum("amount_pence"), 0))["sum"]
    applied: int = kept.filter(ask__isnull=False).aggregate(sum=Coalesce(Sum(KEPT), 0))["sum"]
    return others, applied


type Spans = list[tuple[date, date]]


def _spans(kept: QuerySet[Award]) -> tuple[Spans, Spans]:
    """From application, and from decision, to the first payment."""
    paid: Any = kept.annotate(
        paid_on=Min("entries__posted_on", filter=Q(entries__kind=EntryKind.PAY))
    ).filter(paid_on__isnull=False)
    rows = list(paid.values_list("ask__application__submitted_at", "decided_on", "paid_on"))
    began = [(timezone.localdate(sent), paid_on) for sent, _decided, paid_on in rows if sent is not None]
    return began, [(decided, paid_on) for _sent, decided, paid_on in rows]
