"""Payments on their way, bank details that wait, and what the council published of the payments before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from budgets.grants.actions import enter_bank, make_run, read_spend_file
from budgets.grants.models import Payment
from budgets.grants.queries import to_pay
from engage.demo.loaded import Loaded
from engage.demo.plan import TODAY
from engage.demo.steps.applications import at_ten, lead_of
from engage.kit.money import decimal_pounds

HEADINGS = "Body Name,Payment Date,Supplier Name,Net Amount (£),Transaction Number"
OTHERS = (
    ("PAPER AND PENS PLC", 81_240),
    ("HARSTOW COACHES LTD", 1_265_000),
    ("NORTH QUAY ROOFING", 740_000),
)


def load_payments(loaded: Loaded) -> None:
    """What is signed for waits in a run for somebody to approve it; one group has new bank details to confirm."""
    awards = [each.ask.award for each in to_pay().ready if each.ask.award]
    if awards:
        make_run(awards=awards, by=loaded.officer, at=at_ten(TODAY))
    group = loaded.organisations["lock-street"]
    details = {"holder": group.name, "sort_code": "300000", "number": "66880022"}
    enter_bank(organisation=group, by=lead_of(group), at=at_ten(TODAY - timedelta(days=1)), **details)


def load_published_spending(loaded: Loaded) -> None:
    """Our payments as the council's ledger spells them, one with another amount, and those of others between them."""
    paid = list(
        Payment.objects.filter(entry__isnull=False)
        .select_related("run", "award__organisation")
        .order_by("run__paid_on", "pk")
    )
    if paid:
        text = "\n".join([HEADINGS, *_lines(paid)]) + "\n"
        content, by = text.encode("cp1252"), loaded.accounts["auditor"]
        read_spend_file(name="spend-over-500.csv", content=content, by=by, at=at_ten(TODAY))


def _lines(paid: Sequence[Payment]) -> list[str]:
    """The second is £50 less than what we paid. Payments of the newest run are not published yet."""
    days = sorted({payment.run.paid_on for payment in paid if payment.run.paid_on})
    ours = [
        (
            payment.run.paid_on,
            payment.award.organisation.name.upper(),
            payment.amount_pence - 50_00 * (n == 1),
        )
        for n, payment in enumerate(paid)
        if payment.run.paid_on and payment.run.paid_on < days[-1]
    ]
    others = [(days[0], *OTHERS[0]), (days[-1], *OTHERS[1]), (days[-1], *OTHERS[2])]
    return [
        f"Tidewold Council,{day:%d/%m/%Y},{supplier},{decimal_pounds(amount)},{number}"
        for number, (day, supplier, amount) in enumerate(sorted([*ours, *others]), 900_001)
    ]
