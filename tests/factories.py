"""Made-up people, places and money for the tests. Money is made with the verbs, so it is always in the journal."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from budgets import actions
from budgets.models import Award, Budget, Organisation
from engage.accounts.models import Account
from engage.councillors.models import Councillor, Term
from engage.kit.models import Theme
from engage.places.enums import PlaceKind
from engage.places.models import Place
from engage.residents.models import Resident
from ideas.actions import suggest_idea
from ideas.enums import PhaseKind
from ideas.models import Call, Idea, Phase


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"Theme {n}")
    slug = factory.Sequence(lambda n: f"theme-{n}")
    order = factory.Sequence(lambda n: n)


class PlaceFactory(DjangoModelFactory):
    """A division with 8,000 electors and no boundary, at the root of its own little tree."""

    class Meta:
        model = Place
        skip_postgeneration_save = True

    kind = PlaceKind.DIVISION
    name = factory.Sequence(lambda n: f"Elm Hill {n}")
    slug = factory.Sequence(lambda n: f"elm-hill-{n}")
    electors = 8_000
    counted_on = date(2026, 12, 1)

    @factory.post_generation
    def path(self, create: bool, given: str | None, **kwargs: Any) -> None:
        parent = self.parent.path if self.parent else "/"
        self.path = given or f"{parent}{self.pk}/"
        self.save(update_fields=["path"])


class AccountFactory(DjangoModelFactory):
    class Meta:
        model = Account

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Robin"
    last_name = factory.Sequence(lambda n: f"Sample {n}")


class ResidentFactory(DjangoModelFactory):
    class Meta:
        model = Resident

    account = factory.SubFactory(AccountFactory)
    name = factory.Sequence(lambda n: f"Robin {n}")


class CouncillorFactory(DjangoModelFactory):
    class Meta:
        model = Councillor

    name = factory.Sequence(lambda n: f"Alex Example {n}")
    slug = factory.Sequence(lambda n: f"alex-example-{n}")


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    councillor = factory.SubFactory(CouncillorFactory)
    place = factory.SubFactory(PlaceFactory)
    starts_on = date(2025, 5, 8)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Friends of the Green {n}")
    identifier = factory.Sequence(lambda n: f"ENGAGE-TEST-{n}")


class BudgetFactory(DjangoModelFactory):
    """A place's fund of £10,000 for 2026–27, through `open_budget` and `allocate`; 0 leaves it empty."""

    class Meta:
        model = Budget

    year = 2026
    place = factory.SubFactory(PlaceFactory)
    councillor = None
    allocated_pence = 10_000_00

    @classmethod
    def _create(cls, model_class: type[Budget], *args: Any, **kwargs: Any) -> Budget:
        allocated = kwargs.pop("allocated_pence")
        budget = actions.open_budget(**kwargs, by=None)
        if allocated:
            actions.allocate(budget=budget, amount_pence=allocated, on=date(kwargs["year"], 4, 1), by=None)
        return budget


class AwardFactory(DjangoModelFactory):
    """£1,000 promised, through `commit_award`; `paid_pence` pays some of it at once."""

    class Meta:
        model = Award

    budget = factory.SubFactory(BudgetFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Benches for the green {n}")
    purpose = "Three benches where people can sit and talk."
    decided_on = date(2026, 6, 1)
    amount_pence = 1_000_00
    paid_pence = 0

    @classmethod
    def _create(cls, model_class: type[Award], *args: Any, **kwargs: Any) -> Award:
        paid = kwargs.pop("paid_pence")
        award = actions.commit_award(**kwargs, by=None)
        if paid:
            actions.pay_award(award=award, amount_pence=paid, on=date(2026, 7, 1), by=None)
        return award


class CallFactory(DjangoModelFactory):
    """Announced long ago; takes ideas for the whole of 2026, or from `opens_at` to `closes_at`.

    `phases` (kind → start and end) says it all: `phases={"support": (monday, friday)}`.
    """

    class Meta:
        model = Call

    title = factory.Sequence(lambda n: f"Ideas for our parks {n}")
    slug = factory.Sequence(lambda n: f"ideas-for-our-parks-{n}")
    explanation = "What would make our parks better for everybody?"
    announced_at = datetime(2020, 1, 1, tzinfo=UTC)
    opens_at = datetime(2026, 1, 1, tzinfo=UTC)
    closes_at = datetime(2027, 1, 1, tzinfo=UTC)
    phases = None

    @classmethod
    def _create(cls, model_class: type[Call], *args: Any, **kwargs: Any) -> Call:
        taking_ideas = {PhaseKind.SUGGEST: (kwargs.pop("opens_at"), kwargs.pop("closes_at"))}
        phases = kwargs.pop("phases")
        call = super()._create(model_class, *args, **kwargs)
        for kind, (start, end) in (taking_ideas if phases is None else phases).items():
            Phase.objects.create(call=call, kind=kind, starts_at=start, ends_at=end)
        return call


class IdeaFactory(DjangoModelFactory):
    """Gathering support, without a pin, through `suggest_idea`."""

    class Meta:
        model = Idea

    author = factory.SubFactory(ResidentFactory)
    title = factory.Sequence(lambda n: f"Lights at the skate park {n}")
    description = "It gets dark early and nobody can see the ramps.\n\nTwo solar lights would do."
    place = factory.SubFactory(PlaceFactory)
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)

    @classmethod
    def _create(cls, model_class: type[Idea], *args: Any, **kwargs: Any) -> Idea:
        return suggest_idea(**kwargs)
