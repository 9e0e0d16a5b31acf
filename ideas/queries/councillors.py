"""Ideas outside any call are for the councillors of their place: who they are, and what waits for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from engage.councillors.models import Councillor, Term
from engage.places.models import Place
from engage.residents.models import Resident
from ideas.enums import IdeaStatus
from ideas.models import Idea


def councillors_among_residents(place_id: int, day: date) -> QuerySet[Resident]:
    """Those who serve the place on that day and have an account, which is how they are told."""
    serving = Term.objects.running(day).filter(place=place_id, councillor__account=OuterRef("account"))
    return Resident.objects.filter(Exists(serving))


def places_served(councillor: Councillor, day: date) -> Sequence[Place]:
    """The places of a councillor that day, each with its `open_ideas` outside any call; one statement.

    As in the list of ideas, those of the places within count too.
    """
    serving = Term.objects.running(day).filter(councillor=councillor, place=OuterRef("pk"))
    within = Idea.objects.public().filter(
        status=IdeaStatus.OPEN, call=None, place__path__startswith=OuterRef("path")
    )
    count = within.order_by().values("status").annotate(n=Count("pk")).values("n")
    return list(
        Place.objects.filter(Exists(serving))
        .annotate(open_ideas=Coalesce(Subquery(count, output_field=IntegerField()), 0))
        .order_by("name")
    )
