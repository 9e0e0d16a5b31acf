"""Money in templates: `{{ pence|pounds }}`."""

from django import template

from engage.kit import money

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    return "" if pence is None else money.pounds(pence)


@register.filter
def pounds_short(pence: int | None) -> str:
    return "" if pence is None else money.pounds_short(pence)


@register.filter
def percent_of(part: int, whole: int) -> str:
    """Whole percent, rounded down so that a part never claims more than it is; `0%` of nothing."""
    return f"{part * 100 // whole if whole else 0}%"
