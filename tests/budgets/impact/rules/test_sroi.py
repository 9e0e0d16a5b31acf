"""The value map: the worked tables of docs/rules/impact.md to the penny, what is refused, and what always holds."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.impact.rules.doubt import reach, sensitivity, switching_value, value_range
from budgets.impact.rules.sroi import (
    NAMES,
    Estimate,
    Line,
    Rate,
    ValueMap,
    add_up,
    decimals,
    factors,
    may_work_out,
    missing,
    rates_on,
    rounded,
    shares,
    work_out,
)
from engage.kit.decisions import Refused
from engage.kit.money import parse_pounds, pounds

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "impact.md"
GREEN_BOOK = (Rate(Decimal("3.5")), Rate(Decimal("3.0"), first_year=31))
COOKING = Line("People who cook", 20, 300_00, 25, 10, 30, 40, 3)
CLUB = ValueMap((COOKING,), inputs_pence=1_650_00, rates=(Rate(Decimal("3.5")),))

PERCENT = st.integers(0, 100)
LINES = st.builds(
    Line,
    name=st.just("Outcome"),
    quantity=st.integers(0, 10_000),
    proxy_pence=st.integers(0, 10_000_00),
    deadweight=PERCENT,
    displacement=PERCENT,
    attribution=PERCENT,
    drop_off=PERCENT,
    years=st.integers(1, 40),
)
MAPS = st.builds(
    ValueMap,
    lines=st.lists(LINES, min_size=1, max_size=4).map(tuple),
    inputs_pence=st.integers(1, 10**9),
    rates=st.just(GREEN_BOOK),
    first_year_discounted=st.booleans(),
)


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of docs/rules/impact.md, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def number(text: str) -> Decimal:
    return Decimal(text.split()[0])


def worked_example(row: list[str]) -> ValueMap:
    name, quantity, proxy, deadweight, displacement, attribution, drop_off, years, inputs, rate, first = row[
        :11
    ]
    line = Line(
        name,
        number(quantity),
        parse_pounds(proxy),
        number(deadweight),
        number(displacement),
        number(attribution),
        number(drop_off),
        int(years),
    )
    return ValueMap(
        (line,), parse_pounds(inputs), (Rate(number(rate)),), first_year_discounted=first == "discounted"
    )


class TestTheWorkedTables:
    @pytest.mark.parametrize(
        "row", table("Worked examples"), ids=lambda row: f"{row[0]}, {row[9]}, {row[10]}"
    )
    def test_every_example_to_the_penny(self, row):
        worked = work_out(worked_example(row))
        assert (pounds(worked.present_pence), decimals(worked.ratio, 2)) == (row[11], row[12])

    def test_they_hold_the_numbers_that_were_agreed(self):
        assert [(row[0], row[11], row[12]) for row in table("Worked examples")] == [
            ("Into work", "£359,069.57", "1.44"),
            ("Into work", "£346,927.12", "1.39"),
            ("Falls prevented", "£48,620", "0.81"),
            ("Cooking club", "£5,247.55", "3.18"),
            ("Cooking club", "£5,289.78", "3.21"),
        ]

    def test_the_cooking_club_year_by_year(self):
        line = work_out(CLUB).lines[0]
        years = [
            [str(year.number), pounds(rounded(year.value)), pounds(rounded(year.present))]
            for year in line.years
        ]
        assert years == table("The cooking club, year by year")
        assert (line.gross, line.impact) == (6_000_00, 2_835_00)

    def test_the_cooking_club_tested(self):
        printed = []
        for test in sensitivity(CLUB):
            name = NAMES[test.estimate] if test.line else "discount rate"
            ends = [show(test.estimate, test.low), show(test.estimate, test.high)]
            switching = "" if test.switching is None else show(test.estimate, test.switching, 1)
            printed.append(
                [name, ends[0], decimals(test.low_ratio, 2), ends[1], decimals(test.high_ratio, 2), switching]
            )
        assert printed == table("The cooking club, tested")

    def test_its_range_and_how_far_it_may_fall(self):
        low, high = value_range(CLUB)
        words = PAGE.read_text()
        assert f"Range: {decimals(low.ratio, 2)} to {decimals(high.ratio, 2)}." in words
        assert f"could be worth {decimals(work_out(CLUB).may_fall, 1)} % less" in words

    def test_the_steps(self):
        steps = {row[0]: row[1:] for row in table("How far each estimate is moved")}
        assert set(steps) == {*map(str, NAMES.values()), "discount rate"}
        tenth, fifth = reach(COOKING, Estimate.QUANTITY), reach(COOKING, Estimate.PROXY)
        assert (steps["quantity"], tenth) == (["a tenth less", "a tenth more"], (18, 22))
        assert "else a fifth less" in steps["value of one"][0]
        assert fifth == (240_00, 360_00)
        ranged = replace(COOKING, proxy_low=100_00, proxy_high=500_00)
        assert reach(ranged, Estimate.PROXY) == (100_00, 500_00)
        for each in (Estimate.DEADWEIGHT, Estimate.DISPLACEMENT, Estimate.ATTRIBUTION, Estimate.DROP_OFF):
            assert steps[str(NAMES[each])] == ["10 points more", "10 points less"]
            assert reach(replace(COOKING, **{each.value: 50}), each) == (60, 40)
            assert reach(replace(COOKING, **{each.value: 95}), each)[0] == 100
            assert reach(replace(COOKING, **{each.value: 5}), each)[1] == 0
        assert reach(replace(COOKING, years=1), Estimate.YEARS) == (1, 2)
        assert reach(replace(COOKING, years=75), Estimate.YEARS) == (74, 75)

    def test_rates_by_date(self):
        rows = table("Rates by date")
        rates = [
            Rate(
                number(rate),
                int(years.split()[0]),
                datetime.strptime(since, "%d %B %Y").date(),  # noqa: DTZ007
            )
            for since, years, rate in rows
        ]
        assert rates_on(date(2026, 4, 1), rates) == tuple(rates)
        assert [(rate.percent, rate.first_year) for rate in rates] == [
            (Decimal("3.5"), 1),
            (Decimal("3.0"), 31),
        ]

    def test_several_maps_together(self):
        examples = table("Worked examples")
        worked = [work_out(worked_example(examples[place])) for place in (0, 2, 3)]
        *each, together = table("Several maps together")
        for row, one in zip(each, worked, strict=True):
            assert row[1:] == [
                pounds(one.present_pence),
                pounds(one.inputs_pence),
                decimals(one.ratio, 2),
            ]
        total = add_up(worked)
        assert together[1:] == [
            pounds(total.present_pence),
            pounds(total.inputs_pence),
            decimals(total.ratio, 2),
        ]
        assert total.ratio != sum(one.ratio for one in worked) / 3


def show(estimate: str, value: Fraction, places: int = 0) -> str:
    if estimate == Estimate.PROXY:
        return pounds(rounded(value))
    if estimate == Estimate.YEARS:
        return f"{value} years"
    if estimate == Estimate.QUANTITY:
        return decimals(value, places)
    return f"{decimals(value, 1) if places or value.denominator > 1 else value} %"


class TestWhatIsRefused:
    @pytest.mark.parametrize("estimate", list(Estimate))
    def test_an_estimate_that_is_missing_is_named_and_never_taken_as_nought(self, estimate):
        line = replace(COOKING, **{estimate.value: None})
        assert missing(line) == [NAMES[estimate]]
        denied = may_work_out(replace(CLUB, lines=(line,)))
        assert f"“People who cook” has no {NAMES[estimate]} yet" in denied.reason
        assert denied.field == estimate.value
        with pytest.raises(Refused):
            work_out(replace(CLUB, lines=(line,)))

    def test_all_that_is_missing_is_named_at_once(self):
        denied = may_work_out(replace(CLUB, lines=(replace(COOKING, deadweight=None, drop_off=None),)))
        assert "no deadweight and no drop-off yet" in denied.reason

    def test_nought_is_an_answer(self):
        nothing_off = replace(COOKING, deadweight=0, displacement=0, attribution=0, drop_off=0, years=1)
        assert work_out(replace(CLUB, lines=(nothing_off,))).lines[0].impact == 6_000_00

    @pytest.mark.parametrize("wrong", [-1, 101])
    def test_a_percentage_outside_0_to_100(self, wrong):
        denied = may_work_out(replace(CLUB, lines=(replace(COOKING, attribution=wrong),)))
        assert "from 0 to 100" in denied.reason

    @pytest.mark.parametrize("years", [0, 76])
    def test_a_duration_outside_1_to_75_years(self, years):
        denied = may_work_out(replace(CLUB, lines=(replace(COOKING, years=years),)))
        assert "from 1 to 75" in denied.reason

    @pytest.mark.parametrize(
        ("value_map", "words"),
        [
            (replace(CLUB, lines=()), "no outcome yet"),
            (replace(CLUB, inputs_pence=0), "inputs above £0"),
            (replace(CLUB, rates=()), "no discount rate"),
            (replace(CLUB, lines=(replace(COOKING, quantity=-1),)), "cannot be below 0"),
        ],
    )
    def test_a_map_that_is_not_whole(self, value_map, words):
        assert words in may_work_out(value_map).reason


class TestRates:
    def test_each_later_band_has_its_own_rate(self):
        worth = factors(GREEN_BOOK, 32, first_year_discounted=True)
        assert worth[0] == 1 / Fraction("1.035")
        assert worth[29] / worth[30] == Fraction("1.03")
        assert worth[30] == 1 / (Fraction("1.035") ** 30 * Fraction("1.03"))

    def test_newer_guidance_replaces_the_older_as_a_whole(self):
        old = [replace(rate, since=date(2003, 1, 1)) for rate in GREEN_BOOK]
        new = Rate(Decimal("2.5"), since=date(2027, 4, 1))
        assert rates_on(date(2027, 3, 31), [*old, new]) == tuple(old)
        assert rates_on(date(2027, 4, 1), [*old, new]) == (new,)
        assert rates_on(date(2002, 12, 31), [*old, new]) == ()


class TestWhatAlwaysHolds:
    @given(value_map=MAPS, more=PERCENT)
    def test_more_deadweight_is_never_worth_more(self, value_map, more):
        first, *others = value_map.lines
        worse = replace(first, deadweight=max(first.deadweight, more))
        assert work_out(replace(value_map, lines=(worse, *others))).present <= work_out(value_map).present

    @given(value_map=MAPS)
    def test_the_total_is_the_sum_of_its_parts(self, value_map):
        worked = work_out(value_map)
        alone = [work_out(replace(value_map, lines=(line,))).present for line in value_map.lines]
        assert worked.present == sum(alone)
        assert sum(worked.parts_pence) == worked.present_pence

    @given(value_map=MAPS, estimate=st.sampled_from([each for each in Estimate if each != Estimate.YEARS]))
    def test_the_switching_value_gives_a_ratio_of_1(self, value_map, estimate):
        switching = switching_value(value_map, 0, estimate)
        if switching is None:
            return
        line = replace(value_map.lines[0], **{estimate.value: switching})
        ratio = work_out(replace(value_map, lines=(line, *value_map.lines[1:]))).ratio
        if estimate == Estimate.DROP_OFF:
            assert abs(ratio - 1) < Fraction(1, 100)
        else:
            assert ratio == 1

    @given(value_map=MAPS)
    def test_what_it_is_worth_is_within_its_range(self, value_map):
        low, high = value_range(value_map)
        assert low.present <= work_out(value_map).present <= high.present

    @given(value_map=MAPS)
    def test_falling_by_as_much_as_it_may_is_worth_the_inputs(self, value_map):
        worked = work_out(value_map)
        if worked.may_fall is not None:
            assert worked.present * (100 - worked.may_fall) / 100 == worked.inputs_pence
        else:
            assert worked.ratio < 1

    @given(parts=st.lists(st.fractions(0, 10**6), max_size=8))
    def test_printed_parts_add_up_and_none_is_off_by_a_penny(self, parts):
        printed = shares(parts)
        assert sum(printed) == rounded(sum(parts, Fraction()))
        assert all(abs(pence - part) < 1 for pence, part in zip(printed, parts, strict=True))


def test_the_switching_deadweight_of_the_cooking_club():
    assert decimals(switching_value(CLUB, 0, Estimate.DEADWEIGHT), 1) == "76.4"


def test_a_drop_off_that_switches_is_found_by_halving():
    dear = replace(CLUB, inputs_pence=4_500_00)
    found = switching_value(dear, 0, Estimate.DROP_OFF)
    line = replace(COOKING, drop_off=found)
    assert abs(work_out(replace(dear, lines=(line,))).present - 4_500_00) < 1


@pytest.mark.parametrize(
    ("exact", "places", "words"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(1005, 1000), 2, "1.01"),
        (Fraction(0), 1, "0.0"),
        (Fraction(-5, 4), 1, "−1.2"),
    ],
)
def test_halves_are_rounded_up(exact, places, words):
    assert decimals(exact, places) == words
