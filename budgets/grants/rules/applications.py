"""An application while it is written: its pages and their order, what is still missing, and whether the money adds up.

`docs/rules/applications.md` is this module in prose; its worked tables are read by the tests. All amounts are pence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.grants.enums import DocumentKind
from budgets.grants.rules.signatories import NEEDED
from engage.kit.money import pounds

PROJECT, WHY, PLACE, SPENDING, COSTS = "project", "why", "place", "spending", "costs"
FUNDERS, COUNCILLORS, OUTCOMES, DOCUMENTS = "funders", "councillors", "outcomes", "documents"
DECLARATION, CHECK = "declaration", "check"
# What it costs comes first, then who else pays: what is left is what councillors are asked for.
PAGES = (
    PROJECT,
    WHY,
    PLACE,
    SPENDING,
    COSTS,
    FUNDERS,
    COUNCILLORS,
    OUTCOMES,
    DOCUMENTS,
    DECLARATION,
    CHECK,
)
GROUP = "group"  # not a page of the application: what is missing there is mended on the group's own pages


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in an application. `given` is what other funders have confirmed, own money of the group included."""

    title: str = ""
    summary: str = ""
    need: str = ""
    last_resort: str = ""
    who_benefits: str = ""
    has_place: bool = False
    spend_kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    spend_by: date | None = None
    asked: tuple[int, ...] = ()
    costs: tuple[int, ...] = ()
    given: int = 0
    outcomes: int = 0
    documents: frozenset[str] = field(default_factory=frozenset)
    required: Mapping[str, int] = field(default_factory=dict)
    declared: bool = False
    signatories: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missing or does not fit, on which page, and there in which box."""

    page: str
    field: str
    words: str


def faults(written: Written) -> list[Fault]:
    """Everything that must be put right before it can be sent, in the order of the pages."""
    found = [
        *_in_words(written),
        *_in_time(written),
        *_in_money(written),
        *(
            Fault(DOCUMENTS, "kind", words)
            for words in documents_missing(written.required, sum(written.asked), written.documents)
        ),
    ]
    if not written.outcomes:
        found.append(Fault(OUTCOMES, "", _("Say what you will count, with at least one number.")))
    if not written.declared:
        found.append(Fault(DECLARATION, "declared", _("Sign the declaration.")))
    order = [*PAGES, GROUP]
    return sorted([*found, *_in_group(written)], key=lambda fault: order.index(fault.page))


def on_page(found: Iterable[Fault], page: str) -> list[Fault]:
    return [fault for fault in found if fault.page == page]


def _in_words(written: Written) -> list[Fault]:
    asked_for = [
        (PROJECT, "title", written.title, _("Give your project a title.")),
        (PROJECT, "summary", written.summary, _("Say what the money is for.")),
        (WHY, "need", written.need, _("Say why it is needed, and how you know.")),
        (WHY, "last_resort", written.last_resort, _("Say why nobody else can pay for it.")),
        (WHY, "who_benefits", written.who_benefits, _("Say who benefits.")),
        (PLACE, "place", written.has_place, _("Choose the place that benefits.")),
        (SPENDING, "spend_kind", written.spend_kind, _("Say what kind of spending it is.")),
        (SPENDING, "starts_on", written.starts_on, _("Say when it starts.")),
        (SPENDING, "ends_on", written.ends_on, _("Say when it ends.")),
    ]
    return [Fault(page, name, words) for page, name, value, words in asked_for if not value]


def _in_time(written: Written) -> list[Fault]:
    if not (written.starts_on and written.spend_by and written.starts_on > written.spend_by):
        return []
    words = _("The money must be spent by %(day)s, so it must start before then.")
    return [Fault(SPENDING, "starts_on", words % {"day": date_format(written.spend_by, "j F Y")})]


def _in_money(written: Written) -> list[Fault]:
    found = []
    if not written.asked:
        found.append(
            Fault(COUNCILLORS, "", _("Choose at least one councillor to ask, and say for how much."))
        )
    if not written.costs:
        found.append(Fault(COSTS, "", _("Write down what it costs, line by line.")))
    elif written.asked and gap(written.costs, written.asked, written.given):
        found.append(Fault(COUNCILLORS, "", sum_words(written.costs, written.asked, written.given)))
    return found


def _in_group(written: Written) -> list[Fault]:
    missing = NEEDED - written.signatories
    if missing <= 0:
        return []
    words = ngettext(
        "Your group needs %(count)d more person who signs for it and is not related to the other.",
        "Your group needs %(count)d people who sign for it and are not related to each other.",
        missing,
    )
    return [Fault(GROUP, "signatories", words % {"count": missing})]


# --- the money -------------------------------------------------------------------------------------------


def gap(costs: Sequence[int], asked: Sequence[int], given: int) -> int:
    """What nobody pays yet, in pence; below nought when more money would come in than it costs."""
    return sum(costs) - sum(asked) - given


def sum_words(costs: Sequence[int], asked: Sequence[int], given: int) -> str:
    """The sum in one sentence or two: whether it adds up, else by how much not and what can be done."""
    said = {"costs": pounds(sum(costs)), "asked": pounds(sum(asked)), "given": pounds(given)}
    start = (
        _("The costs come to %(costs)s. You ask for %(asked)s and others give %(given)s.")
        if given
        else _("The costs come to %(costs)s. You ask for %(asked)s.")
    ) % said
    left = gap(costs, asked, given)
    if left > 0:
        end = _(
            "That leaves %(gap)s that nobody pays: ask for more, name who gives it, or take it off the costs."
        )
    elif left < 0:
        end = _("That is %(gap)s more than it costs: ask for less, or add what else it costs.")
    else:
        end = _("That adds up.")
    return f"{start} {end % {'gap': pounds(abs(left))}}"


# --- the documents ---------------------------------------------------------------------------------------


def documents_needed(required: Mapping[str, int], asked: int) -> list[str]:
    """The kinds of document that an application for `asked` pence must have. `required`: kind → from how much."""
    return [kind for kind, start in sorted(required.items(), key=lambda pair: pair[1]) if asked >= start]


def documents_missing(required: Mapping[str, int], asked: int, there: Iterable[str]) -> list[str]:
    """A sentence for each document that is needed and not there."""
    has = set(there)
    return [
        _("Add this document: %(kind)s. It is needed from %(amount)s.")
        % {"kind": DocumentKind(kind).label, "amount": pounds(required[kind])}
        if required[kind]
        else _("Add this document: %(kind)s.") % {"kind": DocumentKind(kind).label}
        for kind in documents_needed(required, asked)
        if kind not in has
    ]


# --- names and marks -------------------------------------------------------------------------------------


def reference(year: int, number: int) -> str:
    """`G-2026-0001`: of the scheme's year, counted from 1."""
    return f"G-{year}-{number:04d}"


def mark_of(*values: Any) -> str:
    """A short mark of what one page held, to notice that somebody else changed it meanwhile."""
    return sha256(repr(values).encode()).hexdigest()[:16]
