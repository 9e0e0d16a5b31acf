"""One award's impact: what was claimed, what residents say of it, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from budgets.grants.events import REPORT_ACCEPTED_WITH_LESS
from budgets.grants.models import Application, Ask
from budgets.impact.enums import Level, MapKind
from budgets.impact.models import BeforeAfter, Levels, Tally, ValueMap, Word
from budgets.impact.queries.value_maps import Mapped, mapped
from budgets.impact.rules.levels import From, level_for, level_told
from budgets.models import Award, Outcome
from engage.audit.models import Record
from engage.residents.models import Resident


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome with what was measured around it and what residents say of it."""

    outcome: Outcome
    before_after: BeforeAfter | None
    confirmed: int
    disputed: int

    @classmethod
    def of(cls, outcome: Outcome) -> Told:
        """`before_after` and `tally` must be selected with it."""
        tally: Tally | None = getattr(outcome, "tally", None)
        return cls(
            outcome=outcome,
            before_after=getattr(outcome, "before_after", None),
            confirmed=tally.confirmed if tally else 0,
            disputed=tally.disputed if tally else 0,
        )


@dataclass(frozen=True)
class AwardImpact:
    """What an award did. `forecast` and `actual` are the published value maps.

    `enough` are the reasons why a report that tells less than was asked was accepted.
    """

    award: Award
    outcomes: Sequence[Told]
    maps: Sequence[Mapped]
    levels: Levels | None
    enough: Sequence[str] = ()

    @property
    def forecast(self) -> Mapped | None:
        return self._map(MapKind.FORECAST)

    @property
    def actual(self) -> Mapped | None:
        return self._map(MapKind.ACTUAL)

    def _map(self, kind: MapKind) -> Mapped | None:
        return next((each for each in self.maps if each.value_map.kind == kind and each.worked), None)

    @cached_property
    def asked(self) -> Level:
        """How much the group was asked to tell."""
        amounts = (
            From(self.levels.before_and_after_pence, self.levels.value_map_pence) if self.levels else None
        )
        return level_for(self.award.awarded_pence, amounts)

    @cached_property
    def told(self) -> Level:
        return level_told(
            before_and_after=any(each.before_after for each in self.outcomes),
            value_map=self.actual is not None,
        )

    @property
    def measured(self) -> list[Told]:
        return [each for each in self.outcomes if each.before_after]


def award_impact(award: Award) -> AwardImpact:
    """Only what is published. Its organisation and budget must be selected with the award."""
    outcomes = award.outcomes.select_related("before_after", "tally").order_by("pk")
    published = ValueMap.objects.filter(award=award, published_at__isnull=False).order_by("kind")
    return AwardImpact(
        award=award,
        outcomes=[Told.of(outcome) for outcome in outcomes],
        maps=mapped(published),
        levels=Levels.objects.filter(scheme__year=award.budget.year).first(),
        enough=_enough(award),
    )


def _enough(award: Award) -> list[str]:
    applications = Ask.objects.filter(award=award).values("application")
    found = Record.objects.filter(
        event=REPORT_ACCEPTED_WITH_LESS,
        subject_type=Application._meta.label_lower,
        subject_id__in=applications,
    )
    return [each["reason"] for each in found.order_by("pk").values_list("data", flat=True)]


def outcome_of(award_id: int, outcome_id: int) -> Outcome | None:
    return (
        Outcome.objects.select_related("award", "before_after", "tally")
        .filter(pk=outcome_id, award=award_id)
        .first()
    )


def words_of(resident: Resident | None, award: Award) -> dict[int, Word]:
    """What a resident said of each outcome of an award, by its number."""
    if resident is None:
        return {}
    return {word.outcome_id: word for word in Word.objects.filter(resident=resident, outcome__award=award)}
