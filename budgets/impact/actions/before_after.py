"""What was measured before and after."""

from datetime import datetime
from decimal import Decimal

from budgets.actions.common import not_before_an_election
from budgets.impact import events
from budgets.impact.actions.common import REFUSALS
from budgets.impact.models import BeforeAfter
from budgets.models import Outcome
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.refusals import writing


def measure_before_after(
    *,
    outcome: Outcome,
    question: str,
    unit: str,
    before: Decimal,
    after: Decimal,
    people: int,
    higher_is_better: bool,
    how: str,
    by: Account | None,
    at: datetime | None = None,
) -> BeforeAfter:
    """Publish the measure beside its outcome, or correct it; the record keeps the numbers from before.

    Refused (409) to staff before an election.
    """
    not_before_an_election(by, at)
    with writing(REFUSALS):
        held = Outcome.objects.select_for_update(of=("self",)).select_related("award").get(pk=outcome.pk)
        was = BeforeAfter.objects.filter(outcome=held).first()
        measured, _made = BeforeAfter.objects.update_or_create(
            outcome=held,
            defaults={
                "question": question,
                "unit": unit,
                "before": before,
                "after": after,
                "people": people,
                "higher_is_better": higher_is_better,
                "how": how,
            },
        )
        record(
            events.BEFORE_AND_AFTER_MEASURED,
            subject=held.award,
            actor=by,
            at=at,
            outcome=held.pk,
            was=None if was is None else [str(was.before), str(was.after), was.people],
        )
    return measured


def remove_before_after(*, measured: BeforeAfter, by: Account | None, at: datetime | None = None) -> None:
    with writing(REFUSALS):
        record(
            events.BEFORE_AND_AFTER_REMOVED,
            subject=measured.outcome.award,
            actor=by,
            at=at,
            outcome=measured.outcome_id,
            was=[str(measured.before), str(measured.after), measured.people],
        )
        measured.delete()
