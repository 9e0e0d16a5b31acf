"""Awards for rules: made in memory, nothing in the database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from engage.opendata.rules.facts import Award, Imprint, Movement, Recipient

TODAY = date(2026, 11, 21)
IMPRINT = Imprint(
    name="Tidewold County Council",
    org_id="GB-LAE-TDW",
    prefix="360G-tidewold",
    department="Communities",
    licence_name="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    programme="Locality budgets",
    programme_url="https://tidewold.example/budgets/",
    data_url="https://tidewold.example/data/",
    site="https://tidewold.example",
)


def recipient(**changed: Any) -> Recipient:
    return replace(
        Recipient(
            identifier="ENGAGE-0042",
            name="Ferry Road Skaters",
            kind="Community group",
            charity_number="",
            company_number="",
            postcode="TD1 2AB",
            website="https://skaters.example/",
        ),
        **changed,
    )


def movement(kind: str, pence: int, *, number: int = 2, on: date = date(2026, 7, 1)) -> Movement:
    return Movement(number=number, kind=kind, pence=pence, on=on)


def award(*movements: Movement, **changed: Any) -> Award:
    """£1,250.50 promised on 1 June 2026; `movements` come after."""
    return replace(
        Award(
            award_id=12,
            path="/budgets/awards/12/",
            budget_id=3,
            year=2026,
            reference="",
            taken=False,
            title="Lights at the skate park",
            purpose="Two solar lights, so that it can be used after school in winter.",
            decided_on=date(2026, 6, 1),
            decided_by="Alex Example",
            theme="Sport",
            theme_code="sport",
            place="Otterham",
            place_code="E58000123",
            recipient=recipient(),
            movements=(movement("commit", 1_250_50, number=1, on=date(2026, 6, 1)), *movements),
            changed_at=datetime(2026, 7, 1, 12, 30, tzinfo=UTC),
        ),
        **changed,
    )
