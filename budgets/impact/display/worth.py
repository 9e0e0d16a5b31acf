"""From query objects to what the components draw: value maps as tables, ranges as drawings. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.display import NO_BREAK
from budgets.enums import OrganisationKind
from budgets.impact.enums import Doubt, InputKind, MapKind
from budgets.impact.models import BeforeAfter, Word
from budgets.impact.queries import (
    AwardImpact,
    Effect,
    KindShare,
    Mapped,
    PlaceShare,
    Statement,
    Told,
    WhereItWent,
    input_pence,
)
from budgets.impact.rules.doubt import Test
from budgets.impact.rules.sroi import NAMES, Estimate, Total, decimals, rounded
from budgets.impact.rules.waiting import Waits
from budgets.queries import ThemeShare
from engage.kit.money import pounds, pounds_short
from engage.places.rules.shades import STEPS

type Row = dict[str, Any]

TICK_STEPS = (
    Fraction(1, 4),
    Fraction(1, 2),
    *(Fraction(step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
)
MOST_TICKS = 6


def ratio(exact: Fraction) -> str:
    """`£3.18`: what came back for each pound put in."""
    return f"£{decimals(exact, 2)}"


def per_cent(number: Decimal | Fraction | int) -> str:
    """`40 %`, `37.5 %`: without noughts at the end."""
    return f"{plain(number)}{NO_BREAK}%"


def plain(number: Decimal | Fraction | int, places: int = 2) -> str:
    """`1,250` or `40.5`: at most so many places, and no noughts at the end."""
    words = decimals(Fraction(number), places)
    return words.rstrip("0").rstrip(".") if "." in words else words


# --- the value map of an award ---------------------------------------------------------------------------


def map_summary(found: AwardImpact) -> dict[str, Any]:
    """Forecast beside actual, for the `stat_table` component."""
    maps = [each for each in (found.forecast, found.actual) if each]
    return {
        "columns": [
            _("Value map"),
            _("Worth today"),
            _("Put in"),
            _("For each £1"),
            _("Range"),
            _("Worked out for"),
        ],
        "numeric": [1, 2, 3, 4],
        "rows": [_map_row(each) for each in maps],
    }


def _map_row(one: Mapped) -> list[str]:
    assert one.worked is not None
    assert one.range is not None
    low, high = one.range
    return [
        one.value_map.get_kind_display(),
        pounds(one.worked.present_pence),
        pounds(one.inputs_pence),
        ratio(one.worked.ratio),
        f"{ratio(low.ratio)} – {ratio(high.ratio)}",
        date_format(one.value_map.valued_on, "j F Y"),
    ]


def map_view(one: Mapped) -> dict[str, Any]:
    """One value map for its section of the page."""
    assert one.worked is not None
    assert one.range is not None
    low, high = one.range
    return {
        "map": one.value_map,
        "ratio": ratio(one.worked.ratio),
        "low": ratio(low.ratio),
        "high": ratio(high.ratio),
        "present_pence": one.worked.present_pence,
        "inputs_pence": one.inputs_pence,
        "words": ratio_words(one),
        "lines": lines_table(one),
        "years": years_table(one),
        "reasons": [{"label": line.name, "text": line.reasons} for line in one.lines],
        "inputs": inputs_table(one),
        "tests": tests_table(one.tests),
        "plot": tests_plot(one),
        "rates": rate_words(one),
        "prices": price_words(one),
    }


def price_words(one: Mapped) -> str:
    """In the prices of which years the values are: nothing is brought from one year's prices to another's."""
    proxies = {line.proxy for line in one.lines} | {given.proxy for given in one.inputs if given.proxy}
    years = sorted({proxy.prices_of for proxy in proxies} - {one.value_map.valued_on.year})
    if not years:
        return ""
    said = _(
        "Some values are in the prices of %(years)s, as their sources give them, and are not raised to %(now)s."
    )
    return said % {"years": _(" and ").join(map(str, years)), "now": one.value_map.valued_on.year}


def ratio_words(one: Mapped) -> str:
    """What the ratio says, the same for a good one and a poor one; then how far everything may fall."""
    worked = one.worked
    assert worked is not None
    if worked.may_fall is None:
        return _("By this estimate the outcomes are worth %(less)s less than what was put in.") % {
            "less": pounds(-worked.net_pence)
        }
    return _(
        "All outcomes together could be worth %(share)s less before they only just equalled what was put in."
    ) % {"share": f"{decimals(worked.may_fall, 1)}{NO_BREAK}%"}


def lines_table(one: Mapped) -> dict[str, Any]:
    """The value map itself: one row an outcome, every adjustment in its own column."""
    assert one.worked is not None
    parts = one.worked.parts_pence
    return {
        "columns": [
            _("Outcome"),
            _("Quantity"),
            _("Value of one"),
            *(
                str(NAMES[each]).capitalize()
                for each in (
                    Estimate.DEADWEIGHT,
                    Estimate.DISPLACEMENT,
                    Estimate.ATTRIBUTION,
                    Estimate.DROP_OFF,
                )
            ),
            _("Years"),
            _("Value in year 1"),
            _("Worth today"),
        ],
        "numeric": list(range(1, 10)),
        "rows": [
            [
                format_html("{}<br><small>{}</small>", line.name, line.who),
                plain(line.quantity),
                pounds(line.proxy.pence),
                per_cent(line.deadweight),
                per_cent(line.displacement),
                per_cent(line.attribution),
                per_cent(line.drop_off),
                line.years,
                pounds(rounded(worked.impact)),
                pounds(pence),
            ]
            for line, worked, pence in zip(one.lines, one.worked.lines, parts, strict=True)
        ]
        + [[_("Together"), *[""] * 8, pounds(one.worked.present_pence)]],
    }


def years_table(one: Mapped) -> dict[str, Any]:
    assert one.worked is not None
    return {
        "columns": [_("Outcome"), _("Year"), _("Value"), _("Worth today")],
        "numeric": [1, 2, 3],
        "rows": [
            [line.line.name, year.number, pounds(rounded(year.value)), pounds(rounded(year.present))]
            for line in one.worked.lines
            for year in line.years
        ],
    }


def inputs_table(one: Mapped) -> dict[str, Any]:
    own = _("This award, as far as it was spent") if one.value_map.kind == MapKind.ACTUAL else _("This award")
    rows = [[own, _("Money"), pounds(one.own_pence)]]
    for given in one.inputs:
        kind = str(given.get_kind_display())
        if given.kind == InputKind.TIME and given.proxy and given.hours is not None:
            kind = _("%(hours)s hours of volunteers at %(each)s") % {
                "hours": plain(given.hours),
                "each": pounds(given.proxy.pence),
            }
        rows.append([given.what, kind, pounds(input_pence(given))])
    rows.append([_("Together"), "", pounds(one.inputs_pence)])
    return {"columns": [_("What was put in"), _("Kind"), _("Amount")], "numeric": [2], "rows": rows}


def estimate_words(estimate: str, value: Fraction) -> str:
    if estimate == Estimate.PROXY:
        return pounds(rounded(value))
    if estimate == Estimate.YEARS:
        years = int(value)
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return plain(value, 1) if estimate == Estimate.QUANTITY else f"{plain(value, 1)}{NO_BREAK}%"


def test_name(test: Test) -> str:
    if test.line is None:
        return _("Discount rate")
    return f"{str(NAMES[test.estimate]).capitalize()}: {test.line.name}"


def tests_table(tests: Iterable[Test]) -> dict[str, Any]:
    """One estimate moved at a time, those that matter most first."""
    return {
        "columns": [
            _("Estimate"),
            _("Cautious"),
            _("Then for each £1"),
            _("Hopeful"),
            _("Then for each £1"),
            _("£1 for £1 at"),
        ],
        "numeric": [1, 2, 3, 4, 5],
        "rows": [
            [
                test_name(test),
                estimate_words(test.estimate, test.low),
                ratio(test.low_ratio),
                estimate_words(test.estimate, test.high),
                ratio(test.high_ratio),
                "–" if test.switching is None else estimate_words(test.estimate, test.switching),
            ]
            for test in tests
        ],
    }


def rate_words(one: Mapped) -> str:
    rates = ", ".join(
        _("%(rate)s from year %(year)d") % {"rate": per_cent(rate.percent), "year": rate.first_year}
        for rate in one.rates
    )
    first = (
        _("Year 1 is discounted once.")
        if one.value_map.first_year_discounted
        else _("Year 1 is not discounted.")
    )
    return _("Discount rates: %(rates)s. %(first)s") % {"rates": rates, "first": first}


def proxy_sources(maps: Iterable[Mapped]) -> list[dict[str, str]]:
    """For the `attribution` component: where every value of one comes from, said once each."""
    proxies = {line.proxy for one in maps for line in one.lines}
    proxies |= {given.proxy for one in maps for given in one.inputs if given.proxy}
    return [
        {
            "text": _("%(name)s: %(value)s for one %(unit)s, in prices of %(year)s. %(source)s (%(licence)s)")
            % {
                "name": proxy.name,
                "value": pounds(proxy.pence),
                "unit": proxy.unit,
                "year": proxy.prices_of,
                "source": proxy.source,
                "licence": proxy.get_licence_display(),
            },
            "url": proxy.url,
        }
        for proxy in sorted(proxies, key=lambda proxy: (proxy.name, proxy.since))
    ]


# --- drawings --------------------------------------------------------------------------------------------


def ranges(
    rows: Sequence[tuple[str, Fraction, Fraction, Fraction]], *, only_ends: bool = False
) -> dict[str, Any]:
    """For the `ranges` component: (label, low, value, high) each as a bar from low to high with a mark at the value.

    `only_ends`: the value is the same for all, so the words do not repeat it.
    All ratios on one scale from 0; the line at 1 is where as much came back as was put in.
    """
    most = max([Fraction(1), *(high for _label, _low, _value, high in rows)]) * Fraction(21, 20)
    step = next((step for step in TICK_STEPS if most / step <= MOST_TICKS), TICK_STEPS[-1])

    def at(value: Fraction) -> str:
        return f"{decimals(100 * min(value, most) / most, 2)}%"

    return {
        "one": at(Fraction(1)),
        "ticks": [
            {"x": at(step * number), "text": f"£{plain(step * number)}"}
            for number in range(int(most / step) + 1)
        ],
        "rows": [
            {
                "label": label,
                "words": (
                    _("%(low)s to %(high)s") if only_ends else _("%(value)s (from %(low)s to %(high)s)")
                )
                % {"value": ratio(value), "low": ratio(low), "high": ratio(high)},
                "x": at(low),
                "width": f"{decimals(100 * (high - low) / most, 2)}%",
                "value": at(value),
            }
            for label, low, value, high in rows
        ],
    }


def summary_plot(found: AwardImpact) -> dict[str, Any]:
    rows = []
    for one in (found.forecast, found.actual):
        if one and one.worked and one.range:
            low, high = one.range
            rows.append((str(one.value_map.get_kind_display()), low.ratio, one.worked.ratio, high.ratio))
    return ranges(rows)


MOST_TESTS_DRAWN = 8


def tests_plot(one: Mapped) -> dict[str, Any]:
    """The estimates that matter most, each with how far it moves the ratio."""
    assert one.worked is not None
    return ranges(
        [
            (
                test_name(test),
                min(test.low_ratio, test.high_ratio),
                one.worked.ratio,
                max(test.low_ratio, test.high_ratio),
            )
            for test in one.tests[:MOST_TESTS_DRAWN]
        ],
        only_ends=True,
    )


# --- before and after, and what residents say ------------------------------------------------------------


def before_after_rows(told: Iterable[Told]) -> list[Row]:
    """For the `before_after` component; the bars' widths are shares of the larger number."""
    return [_before_after_row(each.before_after) for each in told if each.before_after]


def _before_after_row(measured: BeforeAfter) -> Row:
    change = measured.after - measured.before
    better = (change > 0) == measured.higher_is_better
    words = _("better") if better else _("worse")
    sign = "+" if change > 0 else "−"
    most = max(abs(measured.before), abs(measured.after))
    return {
        "question": measured.question,
        "unit": measured.unit,
        "before": plain(measured.before),
        "after": plain(measured.after),
        "before_width": _share(measured.before, most),
        "after_width": _share(measured.after, most),
        "words": f"{sign}{plain(abs(change))}: {words}" if change else _("no change"),
        "people": measured.people,
        "how": measured.how,
    }


def _share(number: Decimal, most: Decimal) -> str:
    """Nothing is drawn for what is below nought."""
    return f"{decimals(100 * Fraction(max(number, Decimal(0))) / Fraction(most), 1)}%" if most else "0%"


def words_said(told: Told) -> str:
    """How many confirm, and how many disagree."""
    if not told.confirmed and not told.disputed:
        return _("No resident has said anything yet.")
    confirmed = ngettext("%(count)s resident saw this", "%(count)s residents saw this", told.confirmed)
    disputed = ngettext("%(count)s disagrees", "%(count)s disagree", told.disputed)
    return "; ".join(
        [confirmed % {"count": f"{told.confirmed:,}"}, disputed % {"count": f"{told.disputed:,}"}]
    )


def word_boxes(found: AwardImpact, *, words: Mapping[int, Word], signed_in: bool) -> list[Row]:
    """For each reported outcome, what residents say and where to say it; `words` are the reader's own."""
    return [word_box(told, word=words.get(told.outcome.pk), signed_in=signed_in) for told in found.outcomes]


def word_box(told: Told, *, word: Word | None, signed_in: bool) -> Row:
    """For the `outcome_word` component."""
    outcome = told.outcome
    number = "" if outcome.actual is None else f"{outcome.actual:,}"
    sign_in_url = f"{reverse('account_login')}?next={reverse('budgets:award', args=[outcome.award_id])}"
    return {
        "outcome_id": outcome.pk,
        "claim": f"{outcome.measure}: {number}" if number else outcome.measure,
        "words": words_said(told),
        "says": word.says if word else "",
        "doubt": word.doubt if word else "",
        "doubts": [{"value": value, "label": label} for value, label in Doubt.choices],
        "action_url": reverse("impact:say", args=[outcome.award_id, outcome.pk]),
        "sign_in_url": "" if signed_in else sign_in_url,
    }


# --- where the money went --------------------------------------------------------------------------------


def where_map(found: WhereItWent) -> dict[str, Any] | None:
    """For the `map` component: places shaded by what went to them; None when no place has a boundary."""
    if not found.map.outlines:
        return None
    shares = found.by_place
    drawn = {
        each.place_id: shares[each.place_id].pence for each in found.map.outlines if each.place_id in shares
    }
    most = max(drawn.values(), default=0)
    legend = [{"shade": 0, "label": _("nothing yet")}]
    if most:
        legend += [
            {"shade": step, "label": _("up to %(amount)s") % {"amount": pounds_short(most * step // STEPS)}}
            for step in range(1, STEPS + 1)
        ]
    year = "" if found.year is None else f"?year={found.year}"
    return {
        "areas": found.map.areas(
            urls={
                each.place_id: reverse("budgets:place", args=[each.slug]) + year
                for each in found.map.outlines
            },
            amounts=drawn,
            labels={place: pounds(share.pence) for place, share in shares.items()},
        ),
        "view_box": found.map.view_box,
        "legend": legend,
    }


def places_table(places: Iterable[PlaceShare], year: int | None) -> dict[str, Any]:
    return {
        "columns": [_("Place"), _("Amount"), _("Awards")],
        "numeric": [1, 2],
        "rows": [
            [
                format_html(
                    '<a href="{}?year={}">{}</a>',
                    reverse("budgets:place", args=[share.slug]),
                    year or "all",
                    share.name,
                ),
                pounds(share.pence),
                f"{share.awards:,}",
            ]
            for share in places
        ],
    }


def kind_name(kind: str) -> str:
    return str(OrganisationKind(kind).label) if kind in OrganisationKind.values else kind


def kinds_table(kinds: Iterable[KindShare]) -> dict[str, Any]:
    return {
        "columns": [_("Kind of group"), _("Amount"), _("Groups"), _("Awards")],
        "numeric": [1, 2, 3],
        "rows": [
            [kind_name(share.kind), pounds(share.pence), f"{share.groups:,}", f"{share.awards:,}"]
            for share in kinds
        ],
    }


def kind_bars(kinds: Sequence[KindShare]) -> list[ThemeShare]:
    """As the bars of themes take them."""
    return [ThemeShare(kind_name(share.kind), share.kind, share.pence) for share in kinds]


def waits_words(found: Waits | None) -> str:
    if found is None:
        return ""
    return _("Half waited %(median)s or less, nine of ten %(most)s or less.") % {
        "median": _days(found.median),
        "most": _days(found.nine_in_ten),
    }


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": f"{count:,}"}


def leverage_words(exact: Fraction | None) -> str:
    """`£1.85`: what others gave for each pound of these awards; nothing is said where nobody applied here."""
    return "" if exact is None else ratio(exact)


def value_words(total: Total) -> dict[str, str] | None:
    """Sums of value maps; None without any."""
    if not total.maps or total.ratio is None:
        return None
    return {
        "present": pounds(total.present_pence),
        "inputs": pounds(total.inputs_pence),
        "ratio": ratio(total.ratio),
        "maps": ngettext("%(count)s award", "%(count)s awards", total.maps) % {"count": total.maps},
    }


def effect_rows(found: Effect) -> list[Row]:
    """For the councillor's page: facts one below another, none of them a rank."""
    rows = [
        {"label": _("Awarded and kept"), "text": pounds(found.pence)},
        {
            "label": _("Groups"),
            "text": _("%(groups)s, %(new)s of them for the first time")
            % {"groups": f"{found.groups:,}", "new": f"{found.first_time_groups:,}"},
        },
        {
            "label": _("Results reported"),
            "text": _("%(reported)s of %(awards)s awards")
            % {"reported": f"{found.reported:,}", "awards": f"{found.awards:,}"},
        },
    ]
    if found.leverage is not None:
        rows.append({"label": _("Others gave for each £1"), "text": ratio(found.leverage)})
    if found.confirmed or found.disputed:
        rows.append(
            {
                "label": _("What residents say of the results"),
                "text": _("confirmed: %(confirmed)s, disputed: %(disputed)s")
                % {"confirmed": f"{found.confirmed:,}", "disputed": f"{found.disputed:,}"},
            }
        )
    value = value_words(found.value)
    if value:
        rows.append(
            {
                "label": _("Worked out in value maps"),
                "text": _(
                    "%(maps)s: %(present)s of social value from %(inputs)s put in, %(ratio)s for each £1"
                )
                % value,
            }
        )
    return rows


# --- the statement ---------------------------------------------------------------------------------------


def statement_awards(found: Statement) -> dict[str, Any]:
    rows: list[list[Any]] = []
    for award in found.awards:
        outcome = next(iter(award.outcomes.all()), None)
        result = str(award.get_status_display())
        if outcome is not None:
            result = (
                f"{outcome.measure}: {outcome.actual:,}" if outcome.actual is not None else outcome.measure
            )
        rows.append(
            [
                award.title,
                award.organisation.name,
                pounds(award.committed_pence + award.spent_pence),
                result,
            ]
        )
    if found.more:
        more = ngettext("%(count)s smaller award", "%(count)s smaller awards", found.more)
        rows.append([more % {"count": f"{found.more:,}"}, "", pounds(found.more_pence), ""])
    return {
        "columns": [_("What for"), _("Group"), _("Amount"), _("What came of it")],
        "numeric": [2],
        "rows": rows,
    }
