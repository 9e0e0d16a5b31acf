"""Every address of the site, read from the URLconf and filled with real things, so that tests grow with it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from budgets.actions import report_outcome
from budgets.grants.enums import Answer, Capacity, Status
from budgets.grants.models import Decision
from engage.accounts.models import Account
from ideas.actions import comment_on_idea
from tests.budgets.grants.factories import SchemeFactory, a_group, an_application
from tests.factories import (
    AwardFactory,
    BudgetFactory,
    CallFactory,
    CouncillorFactory,
    IdeaFactory,
    OrganisationFactory,
    PlaceFactory,
    ResidentFactory,
    TermFactory,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()\[\]]|\[[^\]]*\]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Route:
    """`pattern` as written in urls.py, `name` with its namespaces, `guard` what the view declares or None."""

    pattern: str
    name: str
    view: Callable[..., Any]

    @property
    def guard(self) -> str | None:
        return getattr(self.view, "guard", None)

    @property
    def arguments(self) -> list[str]:
        return [plain or named for plain, named in ARGUMENT.findall(self.pattern)]

    def path(self, values: dict[str, str]) -> str:
        """The address with its arguments filled in; KeyError names one that nobody told us how to fill."""
        filled = ARGUMENT.sub(lambda match: values[match[1] or match[2]], self.pattern)
        return "/" + filled.replace("^", "").replace("$", "").replace("\\.", ".")

    def __str__(self) -> str:
        return self.pattern or "(front page)"


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns))


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str = "", names: tuple[str, ...] = ()
) -> Iterator[Route]:
    for pattern in patterns:
        written = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            deeper = (*names, pattern.namespace) if pattern.namespace else names
            yield from _walk(pattern.url_patterns, written, deeper)
        else:
            yield Route(written, ":".join((*names, pattern.name or "")), pattern.callback)


def ours() -> list[Route]:
    """Those whose view declares a guard. That none of ours forgets to is a test of its own."""
    return [route for route in routes() if route.guard]


@dataclass(frozen=True)
class Things:
    """One of each thing that has an address. Texts carry `mark`, so that a page can be searched for the rest."""

    award: Any
    call: Any
    idea: Any
    comment: Any
    councillor: Any
    account: Account
    ask: Any

    def values(self, route: Route) -> dict[str, str]:
        """What to put for each argument of a route. The same word can mean another thing in another app."""
        app = route.name.split(":")[0]
        slugs = {
            "budgets": self.award.place.slug,
            "ideas": self.idea.slug,
            "councillors": self.councillor.slug,
        }
        by_name = {"ideas:call": self.call.slug, "ideas:call_twin": self.call.slug}
        return {
            "award_id": str(self.award.pk),
            "idea_id": str(self.idea.pk),
            "comment_id": str(self.comment.pk),
            "councillor_id": str(self.councillor.pk),
            "pk": str(self.councillor.pk),
            "slug": by_name.get(route.name) or slugs.get(app, "none"),
            "twin": "json",
            "picture_id": "0",
            "draft_id": "00000000-0000-4000-8000-000000000000",
            "step": "title",
            "token": "none",
            "section": "wagtail",
            "year": "2026",
            "path": "images/none.png",
            "template": "ideas/gone",
            "number": "1",
            "rest": "done/",
            "provider_id": "none",
            "notification_id": "0",
            "ask_id": str(self.ask.pk),
            "decision_id": str(self.ask.decision.pk),
            "outcome_id": str(self.award.outcomes.get().pk),
            "application_id": str(self.ask.application_id),
            "organisation_id": "0",
            "document_id": "0",
            "photo_id": "0",
            "page": "project",
            "ballot_id": "0",
            "proof": "code",
            "pot": "none",
            "kind": "pb",
        }


def make_things(mark: str = "") -> Things:
    place = PlaceFactory(name=f"{mark}Otterham", slug="otterham")
    councillor = CouncillorFactory(
        name=f"{mark}Alex Example", slug="alex-example", statement=f"{mark}Ask me."
    )
    TermFactory(councillor=councillor, place=place)
    author = ResidentFactory(name=f"{mark}Robin")
    idea = IdeaFactory(
        author=author,
        place=place,
        title=f"{mark}Lights at the skate park",
        description=f"{mark}It gets dark early.",
    )
    comment = comment_on_idea(idea=idea, author=author, text=f"{mark}Yes please.", at=NOW)
    award = AwardFactory(
        budget=BudgetFactory(place=place),
        organisation=OrganisationFactory(name=f"{mark}Friends of the hall"),
        title=f"{mark}New boiler",
        purpose=f"{mark}Warm all winter.",
        reason=f"{mark}It fits.",
        decided_by=f"{mark}Alex Example",
        paid_pence=400_00,
    )
    report_outcome(
        award=award,
        measure=f"{mark}Warm evenings",
        forecast=10,
        actual=12,
        story=f"{mark}So warm.",
        on=date(2026, 9, 1),
        by=None,
    )
    call = CallFactory(title=f"{mark}Safer streets", explanation=f"{mark}Where do you not feel safe?")
    application = an_application(
        Status.APPROVED,
        scheme=SchemeFactory(title=f"{mark}Locality grants"),
        budgets=[BudgetFactory(place=place, councillor=councillor)],
        organisation=a_group(name=f"{mark}Friends of the green"),
        title=f"{mark}Benches",
        summary=f"{mark}To sit.",
        need=f"{mark}Asked for.",
    )
    Decision.objects.create(
        ask=application.asks.get(),
        answer=Answer.APPROVED,
        amount_pence=500_00,
        reason=f"{mark}Neighbours asked for it.",
        capacity=Capacity.COUNCILLOR,
        no_interest=True,
        decided_name=f"{mark}Alex Example",
        decided_at=NOW,
    )
    return Things(
        award=award,
        call=call,
        idea=idea,
        comment=comment,
        councillor=councillor,
        account=author.account,
        ask=application.asks.get(),
    )
