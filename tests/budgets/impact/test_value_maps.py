"""Writing a value map, publishing it when it is whole, taking it back."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from budgets.actions import refund_award
from budgets.impact import actions, events
from budgets.impact.enums import InputKind, MapKind
from budgets.impact.models import ValueMap
from budgets.impact.queries import mapped, published_maps, social_return, value_map_for_rule
from budgets.impact.rules.sroi import decimals
from budgets.models import Award
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.impact.worth import NOON, begun, claimed, cooking_club, cooks, proxy
from tests.factories import AwardFactory, BudgetFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_cooking_club_is_worth_what_the_page_of_rules_says():
    found = value_map_for_rule(cooking_club())
    assert (found.inputs_pence, found.own_pence) == (1_650_00, 1_000_00)
    assert found.worked.present_pence == 5_247_55
    assert decimals(found.worked.ratio, 2) == "3.18"


@pytest.mark.parametrize(
    "missing", ["deadweight", "displacement", "attribution", "drop_off", "years", "quantity"]
)
def test_no_adjustment_can_be_left_out(missing):
    value_map = begun()
    with pytest.raises(Refused, match=r"has no .* yet\. Enter each of them; 0 is an answer") as refused:
        cooks(value_map, **{missing: None})
    assert (refused.value.denied.status, refused.value.denied.field) == (422, missing)
    assert not value_map.lines.exists()


def test_nor_where_it_comes_from():
    with pytest.raises(Refused, match="Say how you know"):
        cooks(begun(), reasons="  ")


def test_an_award_has_one_map_of_each_kind():
    award = AwardFactory()
    begun(award, MapKind.FORECAST)
    begun(award, MapKind.ACTUAL)
    with pytest.raises(Refused, match="already has such a value map"):
        begun(award, MapKind.ACTUAL)


def test_an_empty_map_is_not_published():
    value_map = begun()
    with pytest.raises(Refused, match="no outcome yet"):
        actions.publish_value_map(value_map=value_map, by=None, at=NOON)
    assert ValueMap.objects.get().published_at is None


def test_nor_one_that_nothing_was_put_into():
    value_map = begun(AwardFactory())  # promised, and nothing paid yet
    cooks(value_map)
    with pytest.raises(Refused, match="inputs above £0"):
        actions.publish_value_map(value_map=value_map, by=None, at=NOON)


def test_what_is_published_changes_only_after_it_is_taken_back_with_a_reason():
    value_map = cooking_club()
    line = value_map.lines.get()
    with pytest.raises(Refused, match="Take it back first"):
        actions.change_line(line=line, deadweight=Decimal(0), by=None)
    with pytest.raises(Refused, match="Say why"):
        actions.take_back_value_map(value_map=value_map, reason=" ", by=None)
    actions.take_back_value_map(value_map=value_map, reason="Counted twice.", by=None)
    taken = Record.objects.get(event=events.VALUE_MAP_TAKEN_BACK)
    assert taken.data["reason"] == "Counted twice."
    line = value_map.lines.select_related("proxy").get()
    actions.change_line(line=line, deadweight=Decimal(50), by=None)
    published = actions.publish_value_map(value_map=value_map, by=None, at=NOON)
    assert value_map_for_rule(published).worked.present_pence < 5_247_55


def test_a_ratio_below_1_is_published_like_any_other():
    value_map = begun()
    cooks(value_map, quantity=Decimal(1))
    published = actions.publish_value_map(value_map=value_map, by=None, at=NOON)
    assert published.published_at == NOON
    assert value_map_for_rule(published).worked.ratio < 1


def test_the_award_itself_is_always_counted_as_put_in():
    award = AwardFactory(paid_pence=1_000_00)
    forecast, actual = cooking_club(award, MapKind.FORECAST), cooking_club(award, MapKind.ACTUAL)
    refund_award(award=award, amount_pence=200_00, on=NOON.date(), key="back", by=None)
    assert value_map_for_rule(forecast).own_pence == 1_000_00
    assert value_map_for_rule(actual).own_pence == 800_00


def test_volunteers_time_is_hours_by_what_an_hour_is_worth():
    value_map = begun()
    hour = proxy(name="An hour", unit="hour", pence=12_21, volunteer_time=True)
    actions.add_input(
        value_map=value_map, what="Cooks", kind=InputKind.TIME, hours=Decimal("40.5"), proxy=hour, by=None
    )
    assert value_map_for_rule(value_map).inputs_pence == 1_000_00 + 494_51  # 494.505, halves up
    with pytest.raises(Refused, match="value of an hour of a volunteer"):
        actions.add_input(
            value_map=value_map,
            what="Cooks",
            kind=InputKind.TIME,
            hours=Decimal(1),
            proxy=proxy(),
            by=None,
        )
    with pytest.raises(Refused, match="Give hours"):
        actions.add_input(value_map=value_map, what="Hall", kind=InputKind.GOODS, by=None)


def test_an_outcome_of_another_award_does_not_belong_in_the_map():
    with pytest.raises(Refused, match="reported for another award"):
        cooks(begun(), outcome=claimed())


def test_lines_and_inputs_can_be_removed():
    value_map = cooking_club(published=False)
    actions.remove_line(line=value_map.lines.get(), by=None)
    actions.remove_input(given=value_map.inputs.get(), by=None)
    assert not value_map.lines.exists()
    assert not value_map.inputs.exists()


def test_several_maps_add_present_values_and_inputs_and_never_average_ratios():
    budget = BudgetFactory()
    first = AwardFactory(budget=budget, paid_pence=1_000_00)
    second = AwardFactory(budget=budget, paid_pence=1_000_00)
    cooking_club(first)
    poor = begun(second)
    cooks(poor, quantity=Decimal(1))
    actions.publish_value_map(value_map=poor, by=None, at=NOON)
    cooking_club(AwardFactory(budget=budget, paid_pence=1_000_00), published=False)
    total = social_return(published_maps(Award.objects.filter(budget=budget)))
    assert (total.maps, total.inputs_pence) == (2, 2_650_00)
    assert total.present_pence == 5_247_55 + 262_38  # a twentieth of it, 262.377…
    assert decimals(total.ratio, 2) == "2.08"  # an average of 3.18 and 0.26 would be 1.72


def test_as_many_queries_for_thirty_maps_as_for_one(django_assert_num_queries):
    budget = BudgetFactory(allocated_pence=100_000_00)
    cooking_club(AwardFactory(budget=budget, paid_pence=1_000_00))
    for count in (1, 30):
        with django_assert_num_queries(4):
            maps = mapped(ValueMap.objects.all())
            assert len([each.worked.ratio for each in maps]) == count
        for _more in range(29):
            cooking_club(AwardFactory(budget=budget, paid_pence=1_000_00))


@pytest.mark.parametrize(("low", "high"), [(100_00, None), (None, 500_00), (400_00, 500_00)])
def test_the_database_takes_no_proxy_outside_its_range_or_with_half_of_one(low, high):
    with pytest.raises(IntegrityError, match="proxy_within_its_range"), transaction.atomic():
        proxy(low_pence=low, high_pence=high)
