"""Many ballots at once, each with what decides its phase."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from budgets.ballots.enums import Phase
from budgets.ballots.models import Ballot, BallotVersion, Count, Project, Publication
from budgets.ballots.rules.phases import Course, phase
from ideas.models import Call, Idea


def phases_of(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """With `is_opened`, `is_counted` and `is_published`, for `phase_listed`."""
    return ballots.annotate(
        is_opened=Exists(BallotVersion.objects.filter(ballot=OuterRef("pk"))),
        is_counted=Exists(Count.objects.filter(pot__ballot=OuterRef("pk"))),
        is_published=Exists(Publication.objects.filter(ballot=OuterRef("pk"))),
    )


def phase_listed(ballot: Ballot, at: datetime) -> Phase:
    """Of a ballot from `phases_of`."""
    course = Course(
        opened=ballot.is_opened,  # type: ignore[attr-defined]
        opens_at=ballot.opens_at,
        closes_at=ballot.closes_at,
        closed=ballot.closed_at is not None,
        counted=ballot.is_counted,  # type: ignore[attr-defined]
        published=ballot.is_published,  # type: ignore[attr-defined]
    )
    return phase(course, at)


def projects_of_idea(idea: Idea) -> list[Project]:
    """Where an idea stands on ballots that the public may see, with what the published counts say. Newest last."""
    return list(
        Project.objects.filter(idea=idea, ballot__in=Ballot.objects.opened())
        .select_related("ballot__version", "ballot__publication", "pot__count", "departure", "won__award")
        .order_by("ballot__opens_at", "pk")
    )


def ballots_of_call(call: Call) -> list[Ballot]:
    """Ballots that the public may see with projects from a call's ideas."""
    found = Ballot.objects.opened().filter(projects__idea__call=call).distinct()
    return list(phases_of(found).order_by("-opens_at"))


def waiting_to_be_closed(at: datetime) -> list[Ballot]:
    """Voting has ended and nobody has opened the box, the longest first."""
    return list(Ballot.objects.opened().filter(closes_at__lte=at, closed_at=None).order_by("closes_at"))
