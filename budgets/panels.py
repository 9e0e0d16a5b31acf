"""What money shows on other apps' pages: a councillor's budget, the award that an idea became."""

from django.http import HttpRequest
from django.utils import timezone

from budgets import display, queries, twins
from engage.councillors.models import Councillor
from engage.kit.panels import Panel, register_panel
from ideas.models import Call, Idea


@register_panel(Councillor, order=10)
def councillor_budget(councillor: Councillor, request: HttpRequest) -> Panel | None:
    money = queries.councillor_money(councillor, today=timezone.localdate())
    if money is None:
        return None
    return Panel(
        "budgets/councillor_panel.html",
        {
            "money": money,
            "budget": money.current,
            "year_words": display.year_words(money.current.year),
            "place_url": display.place_url(money.current.place, money.current.year),
            "cards": display.award_cards(money.awards),
            "earlier": [(display.year_words(budget.year), budget) for budget in money.earlier],
        },
        totals=twins.totals_of(money.current),
        tables=twins.councillor_tables(money),
    )


@register_panel(Call, order=10)
def call_money(call: Call, request: HttpRequest) -> Panel | None:
    budgets = queries.budgets_feeding(call)
    if not budgets:
        return None
    totals = queries.Totals.of(budgets)
    return Panel(
        "budgets/call_panel.html",
        {
            "totals": totals,
            "budgets": [
                {"budget": budget, "url": display.place_url(budget.place, budget.year)} for budget in budgets
            ],
        },
        totals=twins.totals_of(totals),
        tables=[twins.budgets_table(budgets)],
    )


@register_panel(Idea, order=10)
def idea_awards(idea: Idea, request: HttpRequest) -> Panel | None:
    stories = queries.awards_of_idea(idea)
    if not stories:
        return None
    awards = [story.award for story in stories]
    return Panel(
        "budgets/idea_panel.html",
        {"cards": display.award_cards(awards)},
        tables=[twins.awards_table(awards)],
        steps=display.idea_steps(stories),
    )
