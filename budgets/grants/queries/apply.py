"""An application with all that its group writes and reads: one object, the same number of statements always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from budgets.grants.enums import FunderAnswer
from budgets.grants.models import (
    Application,
    Ask,
    Cost,
    Document,
    Expected,
    Funder,
    Message,
    Scheme,
    Step,
)
from budgets.grants.permissions import terms_of, use_of
from budgets.grants.permissions.scheme import asked_of
from budgets.grants.queries.decide import asks_of
from budgets.grants.rules import applications as rules
from budgets.grants.rules.applications import Fault, Written
from budgets.grants.rules.scheme import amounts_fit
from budgets.models import Budget
from engage.kit.decisions import Denied
from engage.kit.models import Theme
from engage.places.models import Place
from ideas.models import Idea

# The columns that stand on each page of an application; or those of its rows, where a page holds rows.
COLUMNS = {
    rules.PROJECT: ("title", "summary"),
    rules.WHY: ("need", "last_resort", "who_benefits"),
    rules.PLACE: ("place_id", "theme_id"),
    rules.SPENDING: ("spend_kind", "environmental", "starts_on", "ends_on"),
    rules.DECLARATION: ("declared",),
}
ROW_COLUMNS = {
    rules.COUNCILLORS: ("budget_id", "amount_pence"),
    rules.COSTS: ("what", "amount_pence"),
    rules.FUNDERS: ("name", "amount_pence", "answer"),
    rules.OUTCOMES: ("measure", "number"),
}


@dataclass(frozen=True, slots=True)
class Folder:
    """All that stands in an application, and what is still missing. `required`: kind of document → from how much."""

    application: Application
    asks: Sequence[Ask]
    costs: Sequence[Cost]
    funders: Sequence[Funder]
    expected: Sequence[Expected]
    documents: Sequence[Document]
    required: dict[str, int]
    faults: Sequence[Fault]

    @property
    def asked(self) -> list[int]:
        return [ask.amount_pence for ask in self.asks]

    @property
    def given(self) -> int:
        """What others have confirmed, in pence."""
        return sum(each.amount_pence for each in self.funders if each.answer == FunderAnswer.GIVEN)

    def held_by(self, page: str) -> tuple[Any, ...]:
        """What one page holds, to notice that somebody else changed it (`rules.applications.mark_of`)."""
        if page in COLUMNS:
            return _columns_of(self.application, page)
        rows: dict[str, Sequence[Any]] = {
            rules.COUNCILLORS: self.asks,
            rules.COSTS: self.costs,
            rules.FUNDERS: self.funders,
            rules.OUTCOMES: self.expected,
        }
        names = ROW_COLUMNS.get(page, ())
        return tuple(tuple(getattr(each, name) for name in names) for each in rows.get(page, ()))

    def mark(self, page: str) -> str:
        return rules.mark_of(*self.held_by(page))


def application_of(application_id: int) -> Application | None:
    found = Application.objects.select_related("scheme", "organisation", "place", "theme", "idea__place")
    return found.filter(pk=application_id).first()


def held_by(application: Application, page: str) -> tuple[Any, ...]:
    """What `Folder.held_by` says of a page, without the rest of the folder: one statement, or none for columns."""
    if page in COLUMNS:
        return _columns_of(application, page)
    rows: dict[str, QuerySet[Any]] = {
        rules.COUNCILLORS: application.asks.order_by("budget_id"),
        rules.COSTS: application.costs.all(),
        rules.FUNDERS: application.funders.all(),
        rules.OUTCOMES: application.expected.all(),
    }
    return tuple(rows[page].values_list(*ROW_COLUMNS[page]))


def _columns_of(application: Application, page: str) -> tuple[Any, ...]:
    return tuple(getattr(application, name) for name in COLUMNS[page])


def folder_of(application: Application) -> Folder:
    """Nine statements, whatever stands in it. Fetch the application with its scheme."""
    scheme = application.scheme
    asks = asks_of(application)
    costs = list(application.costs.all())
    funders = list(application.funders.all())
    expected = list(application.expected.all())
    documents = list(application.documents.order_by("kind", "id"))
    required = dict(scheme.documents_required.values_list("kind", "from_pence"))
    written = Written(
        title=application.title,
        summary=application.summary,
        need=application.need,
        last_resort=application.last_resort,
        who_benefits=application.who_benefits,
        has_place=application.place_id is not None,
        spend_kind=application.spend_kind,
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        spend_by=scheme.spend_by,
        asked=tuple(ask.amount_pence for ask in asks),
        costs=tuple(each.amount_pence for each in costs),
        given=sum(each.amount_pence for each in funders if each.answer == FunderAnswer.GIVEN),
        outcomes=len(expected),
        documents=frozenset(each.kind for each in documents),
        required=required,
        declared=application.declared,
        signatories=application.organisation.signatories.filter(unrelated=True).exclude(email="").count(),
    )
    faults = [*rules.faults(written), *_amounts(application, asks)]
    order = [*rules.PAGES, rules.GROUP]
    faults.sort(key=lambda fault: order.index(fault.page))
    return Folder(application, asks, costs, funders, expected, documents, required, faults)


def _amounts(application: Application, asks: Sequence[Ask]) -> list[Fault]:
    """What the scheme says to the amounts while they can still be changed."""
    if application.submitted_at is not None or not asks:
        return []
    asked = asked_of([(ask.budget, ask.amount_pence) for ask in asks])
    decision = amounts_fit(terms_of(application.scheme), asked, use_of(application))
    return [Fault(rules.COUNCILLORS, "", str(decision.reason))] if isinstance(decision, Denied) else []


def budgets_to_ask(scheme: Scheme) -> list[Budget]:
    """Every councillor's budget of the scheme's year, by place: with money in it or not, so that nobody is missed."""
    return list(
        Budget.objects.filter(year=scheme.year, councillor__isnull=False)
        .select_related("place", "councillor")
        .order_by("place__name", "councillor__name")
    )


def places_and_themes() -> tuple[list[Place], list[Theme]]:
    return list(Place.objects.only("kind", "name", "path").order_by("name")), list(Theme.objects.all())


def schemes_to_apply_to(*, on: date) -> list[Scheme]:
    """Published, and not over: one may write before it opens."""
    return list(Scheme.objects.filter(published_at__isnull=False, closes_on__gte=on).order_by("year"))


def idea_to_fund(idea_id: int) -> Idea | None:
    """An idea that everybody can read."""
    return Idea.objects.public().select_related("place", "theme").filter(pk=idea_id).first()


@dataclass(frozen=True, slots=True)
class Story:
    """What became of an application: its moves and what was said."""

    steps: Sequence[Step]
    messages: Sequence[Message]


def story_of(application: Application) -> Story:
    return Story(
        steps=list(application.steps.all()),
        messages=list(application.messages.select_related("author")),
    )


def document_of(application_id: int, document_id: int) -> Document | None:
    found = Document.objects.select_related("application__organisation")
    return found.filter(pk=document_id, application=application_id).first()
