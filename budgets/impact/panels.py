"""What impact shows on other apps' pages: what came of an award, what money did, what groups are asked to tell."""

from django.http import HttpRequest
from django.urls import reverse

from budgets.grants.models import Application, Report, Scheme
from budgets.grants.permissions.reports import asks_of_reports
from budgets.impact import display, queries, twins
from budgets.models import Award
from engage.councillors.models import Councillor
from engage.kit.panels import Panel, register_panel


@register_panel(Award, order=50)
def award_impact(award: Award, request: HttpRequest) -> Panel | None:
    found = queries.award_impact(award)
    if not found.outcomes and not found.maps:
        return None
    totals, tables = twins.award_tables(found)
    return Panel(
        "impact/award_panel.html",
        {
            "impact": found,
            "impact_url": reverse("impact:impact", args=[award.pk]),
            "summary": display.map_summary(found),
            "plot": display.summary_plot(found),
            "before_after": display.before_after_rows(found.outcomes),
            "boxes": display.word_boxes(
                found,
                words=queries.words_of(getattr(request.user, "resident", None), award),
                signed_in=request.user.is_authenticated,
            ),
        },
        totals=totals,
        tables=tables,
    )


@register_panel(Councillor, order=20)
def councillor_effect(councillor: Councillor, request: HttpRequest) -> Panel | None:
    found = queries.effect_of(councillor)
    if found is None:
        return None
    return Panel(
        "impact/councillor_panel.html",
        {"rows": display.effect_rows(found)},
        totals=twins.effect_totals(found),
    )


@asks_of_reports
def lacks_of_its_level(report: Report) -> str:
    """The last report tells what the size of the grant asks for; the ones before it need only numbers and a story."""
    return display.lacking_words(queries.asked_of(report.application)) if report.final else ""


@register_panel(Scheme, order=50)
def levels_asked(scheme: Scheme, request: HttpRequest) -> Panel | None:
    """On the page of a scheme: how much a group tells afterwards, by the money."""
    amounts = queries.amounts_of(scheme)
    return Panel(
        "impact/levels_panel.html",
        {"levels": display.level_rows(amounts)},
        tables=[twins.levels_table(amounts)],
    )


@register_panel(Application, order=50)
def asked_of_the_group(application: Application, request: HttpRequest) -> Panel | None:
    """On an application and its agreement: what the group tells us afterwards."""
    return Panel("impact/asked_panel.html", {"asked": display.asked_words(queries.asked_of(application))})


@register_panel(Report, order=50)
def asked_of_the_report(report: Report, request: HttpRequest) -> Panel | None:
    """On a report that is still to be accepted: what it must say."""
    if report.accepted_at is not None:
        return None
    asked = queries.asked_of(report.application)
    return Panel("impact/asked_panel.html", {"asked": display.report_words(asked, final=report.final)})
