"""Book the grants of a 360Giving file."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.imports import GrantsReport, import_grants
from budgets.models import Award
from budgets.rules.grants_file import Grant, read_grants
from engage.audit.citing import add_source_options, cite_from
from engage.audit.models import Source
from engage.kit.decisions import Refused
from engage.kit.indexing import indexed_together
from engage.kit.money import pounds
from engage.kit.progress import track
from engage.kit.tables import BadFile, read_text
from engage.kit.years import year_label


class Command(BaseCommand):
    help = (
        "Book every grant of a file in the 360Giving Data Standard (CSV or JSON) as an award with its commitment,"
        " and its payment where the file gives one. All of the file goes in, or nothing; twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV or JSON file")
        parser.add_argument("--dry-run", action="store_true", help="check and report, but write nothing")
        add_source_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        try:
            grants = read_grants(read_text(options["file"]), today=today)
            with indexed_together(Award), transaction.atomic():
                source = self._source(grants, options)
                report = import_grants(grants=grants, source=source, today=today, by=None, track=track)
                lines = [*self._lines(report), "", *self._totals(source)]
                transaction.set_rollback(options["dry_run"])
        except (BadFile, Refused) as problem:
            raise CommandError(_("Nothing was imported.") + f"\n{problem}") from problem
        if options["dry_run"]:
            lines.append(_("This was a dry run: nothing was written."))
        self.stdout.write("\n".join(lines))

    def _source(self, grants: list[Grant], options: dict[str, Any]) -> Source:
        """Named on the command line, else after the funder that the file itself names."""
        funder = next((grant.funder for grant in grants if grant.funder), options["file"].name)
        site = next((grant.published_at for grant in grants if grant.published_at.startswith("https://")), "")
        source = cite_from(options, name=_("Grants of %(funder)s") % {"funder": funder}, url=site)
        assert source is not None
        return source

    def _lines(self, report: GrantsReport) -> list[str]:
        lines = [*report.grants.lines(_("Grants")), *report.organisations.lines(_("Organisations"))]
        if report.allocations:
            lines += [_("The file names no allocation, so:"), *report.allocations]
        return lines

    def _totals(self, source: Source) -> list[str]:
        """What the site now holds from this source, by the year of the budget."""
        sums = {
            "promised": Sum("committed_pence"),
            "paid": Sum("spent_pence"),
            "awarded": Sum("awarded_pence"),
        }
        ours = Award.objects.filter(source=source)
        rows = ours.values("budget__year").annotate(count=Count("pk"), **sums).order_by("budget__year")
        total = ours.aggregate(count=Count("pk"), **sums)
        lines = [_line(_("Year"), _("Grants"), _("Awarded"), _("Still to pay"), _("Paid"))]
        lines += [_money_line(year_label(row["budget__year"]), row) for row in rows]
        lines.append(_money_line(_("All years"), total))
        if not total["paid"]:
            lines.append(
                _("The file says of no grant what was paid out, so all of it counts as still to pay.")
            )
        return lines


def _money_line(label: str, row: Mapping[str, Any]) -> str:
    amounts = (pounds(row[name] or 0) for name in ("awarded", "promised", "paid"))
    return _line(label, f"{row['count']:,}", *amounts)


def _line(label: str, count: str, *amounts: str) -> str:
    return f"{label:<10}{count:>8}" + "".join(f"{amount:>16}" for amount in amounts)
