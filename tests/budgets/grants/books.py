"""The books as a whole, for tests that do much to them: every row of them, and what is wrong with them."""

from typing import Any

from django.db import connection

from budgets.grants.models import Application, Decision, Payment, PaymentRun, Recovery, Step
from budgets.models import Award, Budget, Entry
from budgets.queries import books_of
from budgets.rules.ledger import what_is_wrong
from engage.audit.models import Record

KEPT = (Application, Award, Budget, Decision, Entry, Payment, PaymentRun, Record, Recovery, Step)


def everything() -> list[Any]:
    """Every row of every table that a verb of money writes to, as the database has it, for one statement."""
    rows = "(SELECT array_agg(t::text ORDER BY t.id) FROM {} t)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(rows.format(model._meta.db_table) for model in KEPT))
        return list(cursor.fetchone())


def problems() -> list[str]:
    return [
        said for pk in Budget.objects.values_list("pk", flat=True) for said in what_is_wrong(books_of(pk))
    ]
