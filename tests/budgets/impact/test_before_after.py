"""The second level, and how much groups are asked to tell."""

from decimal import Decimal

import pytest

from budgets.impact.actions import measure_before_after, remove_before_after
from budgets.impact.enums import Level
from budgets.impact.events import BEFORE_AND_AFTER_MEASURED
from budgets.impact.models import BeforeAfter
from budgets.impact.queries import award_impact
from budgets.models import Award
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.impact.worth import claimed, cooking_club
from tests.factories import AwardFactory, BudgetFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def measured(outcome, **more) -> BeforeAfter:
    facts = {
        "question": "How sure are you that you can cook a meal?",
        "unit": "points of 10",
        "before": Decimal("4.1"),
        "after": Decimal("6.8"),
        "people": 18,
        "higher_is_better": True,
        "how": "On paper, on the first and the last evening.",
    }
    return measure_before_after(outcome=outcome, by=None, **facts | more)


def impact(award):
    return award_impact(Award.objects.select_related("budget").get(pk=award.pk))


def test_it_is_measured_once_an_outcome_and_corrected_in_place():
    outcome = claimed()
    measured(outcome)
    measured(outcome, after=Decimal("6.2"))
    assert str(BeforeAfter.objects.get().after) == "6.20"
    latest = Record.objects.filter(event=BEFORE_AND_AFTER_MEASURED).first()
    assert latest.data["was"] == ["4.10", "6.80", 18]
    remove_before_after(measured=BeforeAfter.objects.select_related("outcome__award").get(), by=None)
    assert not BeforeAfter.objects.exists()


@pytest.mark.parametrize(("gap", "words"), [({"people": 0}, "how many were asked"), ({"how": ""}, "and how")])
def test_it_says_of_how_many_and_how(gap, words):
    with pytest.raises(Refused, match=words):
        measured(claimed(), **gap)


def test_more_money_is_asked_to_tell_more():
    budget = BudgetFactory(allocated_pence=20_000_00)
    for pence, level in (
        (1_999_99, Level.COUNTS),
        (2_000_00, Level.BEFORE_AND_AFTER),
        (10_000_00, Level.VALUE_MAP),
    ):
        assert impact(AwardFactory(budget=budget, amount_pence=pence)).asked == level


def test_what_was_told_is_named_by_the_most_of_it():
    award = AwardFactory(paid_pence=1_000_00)
    assert impact(award).told == Level.COUNTS
    measured(claimed(award))
    assert impact(award).told == Level.BEFORE_AND_AFTER
    cooking_club(award)
    assert impact(award).told == Level.VALUE_MAP
