"""What the public pages read: the front door, the page of one ballot, and where its voters can live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from wagtail.images import get_image_model

from budgets.ballots.enums import Phase
from budgets.ballots.models import Ballot, Count, Log, Pot, Project, Receipt
from budgets.ballots.queries.ballots import Shown, Turnout, public_turnout, shown
from budgets.ballots.queries.counts import log_of
from budgets.ballots.rules.marks import committed
from budgets.ballots.rules.phases import Course, phase

PICTURE = "fill-640x400|format-webp"


@dataclass(frozen=True, slots=True)
class Listed:
    """A ballot as the front door shows it. `amount` is all of its money, in pence."""

    ballot: Ballot
    phase: Phase
    pots: tuple[str, ...]
    amount: int
    projects: int


def opened_ballots(at: datetime) -> list[Listed]:
    """Those the public may see, the latest first. Three queries."""
    found = _with_course().prefetch_related(Prefetch("pots", Pot.objects.order_by("order", "pk")))
    projects = dict(
        Project.objects.filter(ballot__version__isnull=False)
        .values_list("ballot")
        .annotate(n=CountOf("pk"))
        .order_by()
    )
    return [
        Listed(
            ballot,
            phase(_course(ballot), at),
            tuple(pot.name for pot in ballot.pots.all()),
            sum(pot.amount_pence for pot in ballot.pots.all()),
            projects.get(ballot.pk, 0),
        )
        for ballot in found.order_by("-opens_at", "-pk")
    ]


@dataclass(frozen=True, slots=True)
class BallotPage:
    """`projects` are the rows by their number, for their pictures and ideas; the words are in `shown`."""

    ballot: Ballot
    phase: Phase
    shown: Shown
    projects: dict[str, Project]
    turnout: Turnout | None
    log: Log | None


def ballot_page(ballot_id: int, at: datetime) -> BallotPage | None:
    """None for one that is not opened: nobody outside knows of it."""
    ballot = opened_ballot(ballot_id)
    if ballot is None:
        return None
    now = phase(_course(ballot), at)
    said = public_turnout(ballot, now)
    return BallotPage(ballot, now, shown(ballot), rows_of(ballot), said, log_of(ballot))


def opened_ballot(ballot_id: int) -> Ballot | None:
    return _with_course().filter(pk=ballot_id).first()


def phase_now(ballot: Ballot, at: datetime) -> Phase:
    """Of a ballot from `opened_ballot`, without asking again."""
    return phase(_course(ballot), at)


def course_now(ballot: Ballot) -> Course:
    return _course(ballot)


def rows_of(ballot: Ballot) -> dict[str, Project]:
    """Three queries, however many there are."""
    pictures = get_image_model().objects.prefetch_renditions(PICTURE)
    rows = Project.objects.filter(ballot=ballot).select_related("idea")
    return {row.key: row for row in rows.prefetch_related(Prefetch("image", pictures))}


def in_the_box(ballot: Ballot, version_sha256: str, receipt: str) -> bool:
    """Whether a paper with this receipt lies in the box. What is on it nobody can tell."""
    return Receipt.objects.filter(ballot=ballot, commitment=committed(version_sha256, receipt)).exists()


def _with_course() -> QuerySet[Ballot]:
    counts = Count.objects.filter(pot__ballot=OuterRef("pk"))
    return (
        Ballot.objects.opened()
        .select_related("place")
        .annotate(counted=Exists(counts), published=Q(publication__isnull=False))
    )


def _course(ballot: Ballot) -> Course:
    return Course(
        opened=True,
        opens_at=ballot.opens_at,
        closes_at=ballot.closes_at,
        closed=ballot.closed_at is not None,
        counted=bool(getattr(ballot, "counted", False)),
        published=bool(getattr(ballot, "published", False)),
    )
