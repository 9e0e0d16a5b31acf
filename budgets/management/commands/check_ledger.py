"""manage.py check_ledger: add up every balance again from the journal, and verify every chain of hashes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from budgets.actions import record_books_check
from budgets.models import Budget
from budgets.queries import books_of
from budgets.rules.ledger import what_is_wrong
from engage.kit.progress import track


class Command(BaseCommand):
    help = (
        "Adds up every balance again from the journal and verifies every chain of hashes. When it was done and what"
        " it found is shown on the public pages. Ends with 1 when something does not add up."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        problems: list[str] = []
        entries = 0
        budgets = list(Budget.objects.order_by("pk").values_list("pk", flat=True))
        for budget in track(budgets, "Checking budgets"):
            # A moment's hold on one budget at a time: nobody who books a payment has to wait for the whole check.
            with transaction.atomic():
                books = books_of(budget)
            entries += len(books.links)
            problems += what_is_wrong(books)
        record_books_check(entries=entries, budgets=len(budgets), problems=problems, by=None)
        if problems:
            raise CommandError("\n".join(["The books are not right:", *problems]))
        self.stdout.write(
            f"The books are right: {entries:,} entries in {len(budgets):,} budgets, added up and verified."
        )
