"""From query objects to what the components draw: cards, map, tables, life lines. No database here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.enums import STATUS_KINDS, AwardStatus, EntryKind
from budgets.models import Award, Budget, Entry, Outcome, Photo
from budgets.queries import AllBudgets, AwardStory, ThemeShare, Totals
from engage.audit.models import Source
from engage.kit.feeds import Entry as FeedEntry
from engage.kit.money import pounds, pounds_short
from engage.kit.panels import Panel
from engage.kit.years import year_label
from engage.places.models import Place
from engage.places.rules.shades import STEPS

type Card = dict[str, Any]

NO_BREAK = "\N{NO-BREAK SPACE}"


def budget_name(budget: Budget) -> str:
    return (
        budget.councillor.name
        if budget.councillor
        else _("Fund for all of %(place)s") % {"place": budget.place.name}
    )


def holder(budget: Budget) -> str:
    """The budget's name, linked to its councillor's page where there is one."""
    if budget.councillor is None:
        return budget_name(budget)
    return format_html('<a href="{}">{}</a>', budget.councillor.get_absolute_url(), budget_name(budget))


def place_url(place: Place, year: int | None = None) -> str:
    address = reverse("budgets:place", args=[place.slug])
    return address if year is None else f"{address}?year={year}"


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """For the `breadcrumbs` component: the way from the front page; each step is (text, address), the last has none."""
    way = [(_("Home"), "/"), (_("Budgets"), reverse("budgets:budgets")), *steps]
    return [{"text": text, "url": url} for text, url in way[:-1]] + [{"text": way[-1][0]}]


def place_steps(place: Place) -> list[tuple[str, str]]:
    """The place, below the one it is part of when that is loaded."""
    above = [place.parent] if Place.parent.is_cached(place) and place.parent else []
    return [(each.name, place_url(each)) for each in [*above, place]]


def budget_cards(budgets: Iterable[Budget], *, with_year: bool) -> list[Card]:
    return [
        {
            "url": place_url(budget.place, budget.year),
            "title": budget_name(budget),
            "subtitle": f"{budget.place.name}, {year_label(budget.year)}" if with_year else budget.place.name,
            "budget": budget,
        }
        for budget in budgets
    ]


def budget_table(budgets: Iterable[Budget]) -> dict[str, Any]:
    """For the `stat_table` component."""
    return {
        "columns": [_("Budget"), _("Place"), _("Year"), *_money_words()],
        "numeric": [3, 4, 5, 6],
        "rows": [
            [
                format_html('<a href="{}">{}</a>', place_url(budget.place, budget.year), budget_name(budget)),
                budget.place.name,
                year_label(budget.year),
                *_money_cells(budget),
            ]
            for budget in budgets
        ],
    }


def totals_table(rows: Iterable[tuple[str, Any]], *, first: str) -> dict[str, Any]:
    """A table of named budgets or sums of budgets; `first` is the name of the first column."""
    return {
        "columns": [first, *_money_words()],
        "numeric": [1, 2, 3, 4],
        "rows": [[name, *_money_cells(totals)] for name, totals in rows],
    }


def _money_words() -> list[str]:
    return [_("Allocated"), _("Spent"), _("Committed"), _("Remaining")]


def _money_cells(totals: Any) -> list[str]:
    return [
        pounds(totals.allocated_pence),
        pounds(totals.spent_pence),
        pounds(totals.committed_pence),
        pounds(totals.remaining_pence),
    ]


def budget_map(found: AllBudgets) -> dict[str, Any] | None:
    """For the `map` component: places shaded by what is left; None when no place has a boundary."""
    if not found.map.outlines:
        return None
    left = {place: totals.remaining_pence for place, totals in found.by_place.items()}
    drawn = {each.place_id: left[each.place_id] for each in found.map.outlines if each.place_id in left}
    year = "" if found.year is None else f"?year={found.year}"
    return {
        "areas": found.map.areas(
            urls={
                each.place_id: reverse("budgets:place", args=[each.slug]) + year
                for each in found.map.outlines
            },
            amounts=drawn,
            labels={place: _place_label(totals) for place, totals in found.by_place.items()},
        ),
        "view_box": found.map.view_box,
        "legend": _legend(max(drawn.values(), default=0)),
    }


def _place_label(totals: Totals) -> str:
    return _("%(left)s left of %(allocated)s") % {
        "left": pounds(totals.remaining_pence),
        "allocated": pounds(totals.allocated_pence),
    }


def _legend(most: int) -> list[dict[str, Any]]:
    """The steps of `engage.places.rules.shades`, in words."""
    steps = [{"shade": 0, "label": _("nothing left, or no budget")}]
    if most > 0:
        steps += [
            {"shade": step, "label": _("up to %(amount)s") % {"amount": pounds_short(most * step // STEPS)}}
            for step in range(1, STEPS + 1)
        ]
    return steps


def award_cards(awards: Iterable[Award], *, with_place: bool = True) -> list[Card]:
    """`photos` must be prefetched; the first one is the card's picture."""
    return [_award_card(award, with_place) for award in awards]


def _award_card(award: Award, with_place: bool) -> Card:
    photo = next(iter(award.photos.all()), None)
    return {
        "url": award.get_absolute_url(),
        "title": award.title,
        "organisation": award.organisation.name,
        "amount_pence": award.awarded_pence,
        "status": award.get_status_display(),
        "status_kind": STATUS_KINDS[AwardStatus(award.status)],
        "place": award.place.name if with_place else "",
        "decided_on": award.decided_on,
        "image_url": photo.image.get_rendition("fill-640x400").url if photo else "",
        "image_alt": photo.alt if photo else "",
    }


def award_entries(awards: Iterable[Award], absolute: Callable[[str], str]) -> list[FeedEntry]:
    """For a feed, from the first moment of the day each was decided; no councillor is named."""
    return [
        FeedEntry(
            title=_("%(amount)s to %(group)s: %(title)s")
            % {
                "amount": pounds(award.awarded_pence),
                "group": award.organisation.name,
                "title": award.title,
            },
            address=absolute(award.get_absolute_url()),
            text=award.purpose,
            at=timezone.make_aware(datetime.combine(award.decided_on, time.min)),
            kinds=[str(thing) for thing in (award.place, award.theme) if thing],
        )
        for award in awards
    ]


def photo_grid(photos: Iterable[Photo]) -> list[dict[str, Any]]:
    shown = [(photo, photo.image.get_rendition("max-1200x900")) for photo in photos]
    return [
        {"url": r.url, "alt": photo.alt, "caption": photo.caption, "width": r.width, "height": r.height}
        for photo, r in shown
    ]


def attribution(sources: Iterable[Source]) -> list[dict[str, str]]:
    """For the `attribution` component. The same words for two data sets are said once."""
    words = {source.attribution: source.licence_url or source.url for source in sources}
    return [{"text": text, "url": url} for text, url in words.items()]


def year_switch(years: Sequence[int], year: int | None, address: str, query: str) -> list[dict[str, Any]]:
    """Links to the same page for other years; `query` is the rest of what was asked."""
    tail = f"&{query}" if query else ""
    links = [
        {"text": year_label(each), "url": f"{address}?year={each}{tail}", "current": each == year}
        for each in years
    ]
    if len(years) > 1:
        links.append({"text": _("All years"), "url": f"{address}?year=all{tail}", "current": year is None})
    return links


def year_words(year: int | None) -> str:
    return _("all years") if year is None else year_label(year)


def theme_rows(themes: Iterable[ThemeShare]) -> list[dict[str, Any]]:
    """Bars of what went where, the longest first; `percent` is of the longest."""
    found = list(themes)
    most = max((share.awarded_pence for share in found), default=0)
    return [
        {
            "name": share.name or _("No theme"),
            "amount_pence": share.awarded_pence,
            "width": f"{max(1, share.awarded_pence * 100 // most)}%",
        }
        for share in found
    ]


# --- the journal -----------------------------------------------------------------------------------------

SIGNS: Mapping[str, str] = {EntryKind.COMMIT: "−", EntryKind.RELEASE: "+", EntryKind.REFUND: "+"}
"""What an entry does to the money left to decide; an allocation or transfer shows its own sign, a payment none."""


def journal_table(entries: Iterable[Entry]) -> dict[str, Any]:
    return {
        "columns": [_("Date"), _("What happened"), _("Amount"), _("Left to decide"), _("Budget"), _("Entry")],
        "numeric": [2, 3],
        "rows": [_journal_row(entry) for entry in entries],
    }


def _journal_row(entry: Entry) -> list[Any]:
    return [
        date_format(entry.posted_on, "j M Y").replace(" ", NO_BREAK),
        entry_words(entry),
        pounds(abs(entry.amount_pence)),
        left_words(entry),
        budget_name(entry.budget),
        format_html("{}{}<code>{}</code>", entry.sequence, NO_BREAK, entry.hash[:8]),
    ]


def left_words(entry: Entry) -> str:
    """How the entry changes what is left to decide."""
    if entry.kind in (EntryKind.ALLOCATE, EntryKind.TRANSFER):
        return ("+" if entry.amount_pence > 0 else "−") + pounds(abs(entry.amount_pence))
    sign = SIGNS.get(entry.kind)
    return f"{sign}{pounds(entry.amount_pence)}" if sign else _("no change")


def entry_words(entry: Entry) -> str:
    """One line that a resident can read; links to the award."""
    if entry.award:
        link = format_html('<a href="{}">{}</a>', entry.award.get_absolute_url(), entry.award.title)
        words = {
            EntryKind.COMMIT: _("Awarded: {award} ({organisation})"),
            EntryKind.PAY: _("Paid: {award} ({organisation})"),
            EntryKind.RELEASE: _("Not needed, back in the budget: {award} ({organisation})"),
            EntryKind.REFUND: _("Given back by {organisation}: {award}"),
        }[EntryKind(entry.kind)]
        return _with_note(
            format_html(words, award=link, organisation=entry.award.organisation.name), entry.note
        )
    if entry.counterpart:
        words = _("Moved here from {budget}") if entry.amount_pence > 0 else _("Moved to {budget}")
        return _with_note(format_html(words, budget=budget_name(entry.counterpart)), entry.note)
    words = _("Added to the budget") if entry.amount_pence > 0 else _("Taken back from the budget")
    return _with_note(format_html("{}", words), entry.note)


def _with_note(words: str, note: str) -> str:
    return format_html("{} – {}", words, note) if note else words


# --- an award --------------------------------------------------------------------------------------------


def award_life(story: AwardStory, *, panels: Iterable[Panel] = ()) -> list[dict[str, Any]]:
    """The award's life line for the `timeline` component, from decision to result.

    `panels` are what other apps show on the page; their steps stand between the award's own, on one day by `rank`.
    """
    items = [_life_item(entry) for entry in story.entries]
    by_day: dict[Any, list[Outcome]] = {}
    for outcome in story.outcomes:
        by_day.setdefault(outcome.reported_on, []).append(outcome)
    items += [
        {
            "at": day,
            "title": ngettext("%(count)s result reported", "%(count)s results reported", len(found))
            % {"count": len(found)},
            "body": "; ".join(outcome.measure for outcome in found),
            "kind": "done",
        }
        for day, found in by_day.items()
    ]
    items += [dict(step) for panel in panels for step in panel.steps]
    return sorted(items, key=lambda item: (item["at"], item.get("rank", 0)))


def idea_steps(stories: Iterable[AwardStory]) -> list[dict[str, Any]]:
    """The lives of the awards that an idea became, as steps of the idea's own."""
    return [
        item | {"url": story.award.get_absolute_url(), "body": item["body"] or story.award.title}
        for story in stories
        for item in award_life(story)
    ]


def _life_item(entry: Entry) -> dict[str, Any]:
    title, kind = {
        EntryKind.COMMIT: (_("%(amount)s awarded"), "open"),
        EntryKind.PAY: (_("%(amount)s paid"), "progress"),
        EntryKind.RELEASE: (_("%(amount)s not needed, back in the budget"), "closed"),
        EntryKind.REFUND: (_("%(amount)s given back"), "closed"),
    }[EntryKind(entry.kind)]
    return {
        "at": entry.posted_on,
        "title": title % {"amount": pounds(entry.amount_pence)},
        "body": entry.note,
        "kind": kind,
    }


def outcome_rows(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Forecast beside actual; widths are percents of the larger of the two, both of the same measure."""
    return [
        {
            "outcome": outcome,
            "forecast_width": _width(outcome.forecast, outcome.actual),
            "actual_width": _width(outcome.actual, outcome.forecast),
            "words": _against_forecast(outcome),
        }
        for outcome in outcomes
    ]


def _width(number: int | None, other: int | None) -> str:
    most = max(number or 0, other or 0)
    return f"{(number or 0) * 100 // most}%" if most else "0%"


def _against_forecast(outcome: Outcome) -> str:
    if outcome.actual is None or outcome.forecast is None:
        return ""
    more = outcome.actual - outcome.forecast
    if more == 0:
        return _("as many as forecast")
    return (
        ngettext("%(count)s more than forecast", "%(count)s more than forecast", more)
        % {"count": f"{more:,}"}
        if more > 0
        else ngettext("%(count)s fewer than forecast", "%(count)s fewer than forecast", -more)
        % {"count": f"{-more:,}"}
    )
