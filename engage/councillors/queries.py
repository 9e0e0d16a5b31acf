"""What pages ask about councillors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from wagtail.images import get_image_model

from engage.councillors.models import Councillor, PreElection, Term

FACE = "fill-160x160|format-webp"
PORTRAIT = "fill-480x480|format-webp"


@dataclass(frozen=True, slots=True)
class Person:
    """A councillor as a card shows them, on the day the list is for."""

    councillor: Councillor
    places: list[str]
    face_url: str


@dataclass(frozen=True, slots=True)
class CouncillorPage:
    """One councillor: the terms that run and those that are over, latest first; and the election that is near."""

    councillor: Councillor
    now: list[Term]
    before: list[Term]
    portrait_url: str
    election: PreElection | None

    @property
    def serving(self) -> bool:
        return bool(self.now)


def serving(day: date) -> QuerySet[Councillor]:
    """Those whose term holds on that day, by name."""
    return Councillor.objects.filter(Exists(Term.objects.running(day).filter(councillor=OuterRef("pk"))))


def pre_election(*, on: date) -> PreElection | None:
    """The weeks before an election that this day falls into, if it does."""
    return PreElection.objects.holding(on)


def people(councillors: QuerySet[Councillor], *, day: date) -> list[Person]:
    """Cards for a list, in its order; the places are those served on the day, or ever when none now. Four queries."""
    terms = Term.objects.select_related("place").order_by("place__name")
    pictures = get_image_model().objects.prefetch_renditions(FACE)
    found = councillors.prefetch_related(
        Prefetch("terms", terms, to_attr="every_term"), Prefetch("portrait", pictures)
    )
    return [
        Person(
            councillor=councillor,
            places=_places(councillor.every_term, day),  # type: ignore[attr-defined]
            face_url=councillor.portrait.get_rendition(FACE).url if councillor.portrait else "",
        )
        for councillor in found
    ]


def councillor_page(pk: int, *, day: date) -> CouncillorPage | None:
    """None when there is no such councillor."""
    found = Councillor.objects.select_related("portrait").filter(pk=pk).first()
    if found is None:
        return None
    terms = list(found.terms.select_related("place").order_by("-starts_on", "place__name"))
    return CouncillorPage(
        councillor=found,
        now=[term for term in terms if _holds(term, day)],
        before=[term for term in terms if term.ends_on and term.ends_on < day],
        portrait_url=found.portrait.get_rendition(PORTRAIT).url if found.portrait else "",
        election=pre_election(on=day),
    )


def _places(terms: list[Term], day: date) -> list[str]:
    now = [term.place.name for term in terms if _holds(term, day)]
    return list(dict.fromkeys(now or [term.place.name for term in terms]))


def _holds(term: Term, day: date) -> bool:
    return term.starts_on <= day and (term.ends_on is None or term.ends_on >= day)
