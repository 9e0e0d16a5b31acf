"""The live figures that any page may show, a lesson included (see engage.kit.figures)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import queries
from engage.kit.figures import register_figure
from engage.kit.panels import Panel


@register_figure("left", gettext_lazy("How much is left to decide this year"))
def left_to_decide() -> Panel | None:
    money = queries.year_of_money()
    if money is None:
        return None
    return Panel(
        "components/money_stat.html",
        {
            "amount_pence": money.totals.remaining_pence,
            "label": _("Left to decide in %(year)s") % {"year": money.year_label},
            "note": _("In all local budgets together, counted today."),
        },
    )


@register_figure("spent", gettext_lazy("How much has been paid out this year"))
def paid_out() -> Panel | None:
    money = queries.year_of_money()
    if money is None:
        return None
    return Panel(
        "components/money_stat.html",
        {
            "amount_pence": money.totals.spent_pence,
            "label": _("Paid out in %(year)s") % {"year": money.year_label},
            "note": _("In all local budgets together, counted today."),
        },
    )


@register_figure("bar", gettext_lazy("This year's budget as a bar"))
def budget_bar() -> Panel | None:
    money = queries.year_of_money()
    if money is None:
        return None
    return Panel(
        "components/budget_bar.html",
        {
            "allocated_pence": money.totals.allocated_pence,
            "spent_pence": money.totals.spent_pence,
            "committed_pence": money.totals.committed_pence,
            "remaining_pence": money.totals.remaining_pence,
            "label": money.label,
            "size": "large",
        },
    )


@register_figure("awards", gettext_lazy("The latest awards"))
def awards() -> Panel | None:
    found = queries.latest_awards(count=2)
    return Panel("cms/blocks/awards.html", {"awards": found}) if found else None


@register_figure("ideas", gettext_lazy("The most supported ideas"))
def ideas() -> Panel | None:
    found = queries.ideas(order="supported", count=2)
    return Panel("cms/blocks/ideas.html", {"ideas": found}) if found else None
