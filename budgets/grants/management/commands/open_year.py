"""manage.py open_year 2027: give every councillor the year's allocation and what they carry over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from budgets.grants.actions import open_year
from budgets.grants.models import Scheme
from budgets.grants.queries import CarryOver, carry_over
from engage.kit.decisions import Refused
from engage.kit.money import pounds
from engage.kit.progress import track
from engage.kit.years import year_label


class Command(BaseCommand):
    help = (
        "Opens the budgets of a year: the published scheme's allocation for every councillor who serves on its first"
        " day, and the share of last year's money that goes over. Doing it again does nothing twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "year", type=int, help="The year in which the financial year starts: 2027 for 2027–28."
        )
        parser.add_argument("--preview", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        scheme = Scheme.objects.filter(year=options["year"]).first()
        if scheme is None:
            raise CommandError(f"There is no scheme for {year_label(options['year'])}. Write it first.")
        found = carry_over(scheme, on=timezone.localdate())
        if options["preview"]:
            self._preview(found)
            return
        try:
            opening = open_year(scheme=scheme, by=None, at=timezone.now())
            opened = list(track(opening, "Opening budgets", total=len(found.to_do)))
        except Refused as refused:
            raise CommandError(str(refused.denied.reason)) from refused
        allocated = sum(line.opening.allocate for line in opened)
        carried = sum(line.opening.carry for line in opened)
        self.stdout.write(
            f"{len(opened):,} budgets opened for {year_label(scheme.year)}: {pounds(allocated)} allocated,"
            f" {pounds(carried)} carried over. {len(found.lines) - len(opened):,} were open already."
        )

        self._say_when(found)

    def _say_when(self, found: CarryOver) -> None:
        if found.carry_from:
            self.stdout.write(
                f"Nothing is carried over before {found.carry_from:%d %B %Y}, while last year's money may still be"
                " decided about. Do it again then."
            )

    def _preview(self, found: CarryOver) -> None:
        for line in found.to_do:
            self.stdout.write(
                f"{line.councillor}, {line.place}: {pounds(line.opening.allocate)} allocated,"
                f" {pounds(line.opening.carry)} carried over"
            )
        self.stdout.write(
            f"{len(found.to_do):,} budgets to open: {pounds(found.allocate_pence)} allocated,"
            f" {pounds(found.carry_pence)} carried over. Nothing was done."
        )
        self._say_when(found)
