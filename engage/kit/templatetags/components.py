"""Tags that the shared components need: geometry for drawings, widgets for forms, and icons.

Nothing here reads the database. Drawings are placed with numbers in SVG attributes, because the site's
Content-Security-Policy forbids style attributes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from engage.kit.money import pounds

register = template.Library()


# --- the budget bar -------------------------------------------------------------------------------

NARROWEST = 1.5  # per cent of the bar
WIDE = 10  # letters of an amount, beyond which three no longer stand side by side in large type


@dataclass(frozen=True)
class Segment:
    """One part of a budget bar. `x` and `width` are percentages of the bar, ready for SVG attributes."""

    kind: str
    label: str
    meaning: str
    amount_pence: int
    share: str
    x: str
    width: str

    @property
    def visible(self) -> bool:
        return self.width != "0%"


@dataclass(frozen=True)
class Bar:
    """A budget as a stacked bar.

    `limit_x` is where the allocation ends, given only when more than the allocation has been used; `wide`
    says that an amount is too long for the largest type.
    """

    segments: tuple[Segment, ...]
    over_pence: int
    limit_x: str
    wide: bool


@register.simple_tag
def budget_geometry(
    allocated_pence: int | None,
    spent_pence: int | None,
    committed_pence: int | None,
    remaining_pence: int | None,
) -> Bar:
    """Place spent, committed and remaining (whole pence) along one bar that they fill.

    When more than the allocation has been used, `limit_x` marks where the allocation ends.
    """
    allocated, spent, committed = allocated_pence or 0, spent_pence or 0, committed_pence or 0
    remaining = allocated - spent - committed if remaining_pence in (None, "") else remaining_pence
    parts = (
        ("spent", _("Spent"), _("already paid out"), spent),
        ("committed", _("Committed"), _("promised, not yet paid"), committed),
        ("remaining", _("Remaining"), _("still to decide"), max(remaining, 0)),
    )
    widths = _widths([amount for *_words, amount in parts])
    segments, start = [], 0.0
    for (kind, label, meaning, amount), width in zip(parts, widths, strict=True):
        shown = remaining if kind == "remaining" else amount
        segments.append(
            Segment(
                kind=kind,
                label=label,
                meaning=meaning,
                amount_pence=shown,
                share=_share(shown, allocated),
                x=_percent(start),
                width=_percent(width),
            )
        )
        start += width
    over = max(0, -remaining)
    return Bar(
        segments=tuple(segments),
        over_pence=over,
        limit_x=_percent(allocated * 100 / (allocated + over)) if over else "",
        wide=any(len(pounds(segment.amount_pence)) > WIDE for segment in segments),
    )


def _widths(amounts: list[int]) -> list[float]:
    """Percentages of the bar. What is more than nothing is wide enough to be seen, so slivers are widened."""
    whole = sum(amounts)
    if not whole:
        return [0.0] * len(amounts)
    widths = [max(amount * 100 / whole, NARROWEST) if amount else 0.0 for amount in amounts]
    return [width * 100 / sum(widths) for width in widths]


@register.simple_tag
def strip(*amounts: int) -> list[dict[str, str]]:
    """Amounts side by side along one bar that they fill: each an `x` and a `width` in per cent; nothing of nothing."""
    if not any(amounts):
        return []
    widths = _widths(list(amounts))
    starts = accumulate(widths, initial=0.0)
    return [
        {"x": _percent(start), "width": _percent(width)} for start, width in zip(starts, widths, strict=False)
    ]


def _percent(number: float) -> str:
    """Two decimals, written without a locale: SVG wants a full stop whatever the language."""
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"


def _share(part: int, whole: int) -> str:
    """A share as people say it, halves rounded up; a small part is never 0%, nor a great one 100%."""
    if whole <= 0 or part < 0:
        return ""
    if 0 < part * 100 < whole:
        return _("under 1%")
    if whole * 99 < part * 100 < whole * 100:
        return _("over 99%")
    return f"{(part * 200 + whole) // (whole * 2)}%"


# --- the map --------------------------------------------------------------------------------------

NUMBER = r"-?\d+(?:\.\d+)?"


@dataclass(frozen=True)
class MapScale:
    """Sizes in the map's own units, so that pins and names look the same whatever the view box."""

    pin: str
    pin_dot: str
    cluster: str
    cluster_dot: str
    name: str


@register.simple_tag
def map_scale(view_box: str) -> MapScale:
    width = _map_width(view_box)
    sizes = {"pin": 36, "pin_dot": 95, "cluster": 24, "cluster_dot": 32, "name": NAMES_ACROSS}
    return MapScale(**{part: f"{width / share:.4g}" for part, share in sizes.items()})


NAMES_ACROSS = 46  # the height of a name, as a share of the map's width
LETTER = 0.56  # the width of an average bold letter, as a share of its height


@register.simple_tag
def map_names(areas: list[dict[str, Any]], view_box: str) -> list[dict[str, Any]]:
    """The areas whose name can be written on the map: it fits its area and covers no other name.

    Larger areas are named first. The list beside the map names every area.
    """
    height = _map_width(view_box) / NAMES_ACROSS
    taken: list[tuple[float, float, float, float]] = []
    named = []
    for area in sorted(areas, key=lambda area: -_extent(area["path"])[1]):
        if area.get("label_x") is None:
            continue
        across, _size = _extent(area["path"])
        half = len(str(area.get("short_name") or area["name"])) * height * LETTER / 2
        x, y = float(area["label_x"]), float(area["label_y"])
        box = (x - half, y - height * 0.7, x + half, y + height * 0.7)
        if half * 2 <= across and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            named.append(area)
    return named


def _map_width(view_box: str) -> float:
    numbers = re.findall(NUMBER, str(view_box))
    return float(numbers[2]) if len(numbers) == 4 else 100.0


def _extent(path: str) -> tuple[float, float]:
    """How wide a path is, and the size of the box around it. Each ring's points are absolute, or steps after an `l`."""
    across: list[float] = []
    down: list[float] = []
    for ring in path.split("M"):
        numbers = [float(number) for number in re.findall(NUMBER, ring)]
        pairs = numbers[::2], numbers[1::2]
        across += accumulate(pairs[0]) if "l" in ring else pairs[0]
        down += accumulate(pairs[1]) if "l" in ring else pairs[1]
    if len(across) < 2:
        return 0.0, 0.0
    width = max(across) - min(across)
    return width, width * (max(down) - min(down))


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@register.simple_tag
def map_label(name: object, value: object) -> str:
    return f"{name}: {value}" if value else str(name)


# --- forms ----------------------------------------------------------------------------------------


@register.filter
def widget_kind(field: BoundField) -> str:
    """How a field is laid out: hidden, choices, checkbox, parts (several inputs), or single."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.CheckboxSelectMultiple):  # which Django makes a kind of RadioSelect
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, (forms.MultiWidget, forms.SelectDateWidget)):
        return "parts"
    return "single"


@register.simple_tag
def styled_widget(field: BoundField) -> SafeString:
    """The field's own widget with the class its kind needs, keeping what the form gave it."""
    widget = field.field.widget
    css = _widget_class(widget)
    if field.errors:
        css = " ".join([css, f"{css.split()[0]}--error"]) if css else css
    given = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {given}".strip()} if css or given else None)


def _widget_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, (forms.Select, forms.SelectMultiple)):
        return "govuk-select"
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload"
    if isinstance(widget, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    if isinstance(widget, (forms.DateInput, forms.TimeInput, forms.NumberInput)):
        return "govuk-input govuk-input--width-10"
    return "govuk-input"


# --- words and pictures ---------------------------------------------------------------------------


@register.filter
def member(mapping: object, index: object) -> object:
    """The item at an index, or nothing: `{{ row|member:forloop.counter0 }}`."""
    try:
        return mapping[index]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return ""


@register.filter
def initials(name: object) -> str:
    """Up to two letters that stand for a person or a group without a picture."""
    words = [word for word in re.split(r"[\s\-]+", str(name)) if word[:1].isalpha()]
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


# Drawn on a 24 by 24 grid, lines 2 thick, as the path data of one stroke each.
ICONS = {
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "award": "M12 3l2.6 5.6 6 .7-4.5 4.1 1.2 6-5.3-3-5.3 3 1.2-6L3.4 9.3l6-.7z",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "bell": "M6 16v-6a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4",
    "book": "M4 5c3-1.5 6-1 8 1 2-2 5-2.5 8-1v14c-3-1.5-6-1-8 1-2-2-5-2.5-8-1zM12 6v14",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "check": "M4 12.5l5.5 5.5L20 7",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
    "close": "M6 6l12 12M18 6L6 18",
    "comment": "M4 5h16v11h-9l-5 4v-4H4z",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "filter": "M3 6h18M6 12h12M10 18h4",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 7.5v.5",
    "menu": "M4 6h16M4 12h16M4 18h16",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 20c1-4 4-6 8-6s7 2 8 6",
    "pin": "M12 21c-4-5-6.5-8-6.5-11.5a6.5 6.5 0 0 1 13 0C18.5 13 16 16 12 21zM12 7.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
    "plus": "M12 5v14M5 12h14",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21",
    "support": (
        "M7 11v9H3v-9zM7 11l4-8c1.8 0 2.7 1.2 2.5 2.8L13 9h6.5c1.2 0 2 1.1 1.7 2.3l-1.8 7c-.3 1-1.1 1.7-2.2 1.7H7"
    ),
    "warning": "M12 3.5L22 20.5H2zM12 10v5M12 17.5v.5",
}


@register.simple_tag
def icon(name: str, size: int = 24) -> SafeString:
    """A decorative icon; the words beside it carry the meaning, so it is hidden from screen readers."""
    return format_html(
        '<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="2.25" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false"><path d="{path}"/></svg>',
        size=size,
        path=mark_safe(ICONS[name]),
    )


# Told apart by shape as well as by colour, on a 10 by 10 grid.
STATUS_SHAPES = {
    "new": '<path d="M5 0l5 5-5 5-5-5z"/>',
    "open": '<circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-width="2"/>',
    "progress": (
        '<path d="M5 0a5 5 0 0 1 0 10z"/>'
        '<circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-width="2"/>'
    ),
    "done": '<path d="M1 5.2l2.8 2.8L9 2" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "closed": '<path d="M1 4h8v2H1z"/>',
    "warn": '<path d="M5 0l5 10H0z"/>',
}


@register.simple_tag
def status_shape(kind: str) -> SafeString:
    """The shape before the words of a status."""
    return format_html(
        '<svg class="status__shape" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        mark_safe(STATUS_SHAPES.get(kind, STATUS_SHAPES["open"])),
    )


@dataclass(frozen=True)
class BannerKind:
    """How a message is announced. An alert interrupts a screen reader, a status waits its turn."""

    name: str
    icon: str
    word: str
    role: str


@register.simple_tag
def banner_kind(kind: str) -> BannerKind:
    """Kinds are those of Django's messages, and `important`; anything else is information."""
    if kind == "success":
        return BannerKind("success", "check", _("Success:"), "status")
    if kind in {"important", "warning"}:
        return BannerKind("important", "warning", _("Important:"), "alert")
    if kind == "error":
        return BannerKind("error", "warning", _("Problem:"), "alert")
    return BannerKind("info", "info", _("Information:"), "status")


@register.simple_tag
def page_url(query: str, number: int) -> str:
    """The address of a page of results that keeps the filters in `query` (without its page)."""
    return f"?{query}&page={number}" if query else f"?page={number}"


@register.simple_tag
def page_links(page: Page) -> list[int | None]:
    """Page numbers worth a link: the ends and those near the current one; None where some are left out."""
    last, current = page.paginator.num_pages, page.number
    wanted = sorted({1, last, *(n for n in range(current - 1, current + 2) if 1 <= n <= last)})
    links: list[int | None] = []
    for number in wanted:
        previous = links[-1] if links else 0
        if previous is not None and number - previous == 2:
            links.append(number - 1)
        elif previous is not None and number - previous > 2:
            links.append(None)
        links.append(number)
    return links


# --- council colours ------------------------------------------------------------------------------


@register.filter
def css_colour(value: object) -> SafeString:
    """A `#rrggbb` colour as it is, anything else as nothing: settings must not write rules into a style sheet."""
    text = str(value or "").strip()
    return mark_safe(text.lower()) if re.fullmatch(r"#[0-9a-fA-F]{6}", text) else mark_safe("")
