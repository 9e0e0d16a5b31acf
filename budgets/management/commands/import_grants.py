"""Book the grants of a 360Giving file."""

from argparse import ArgumentParser
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
            with transaction.atomic():
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
        rows = list(
            Award.objects.filter(source=source)
            .values("budget__year")
            .annotate(count=Count("pk"), promised=Sum("committed_pence"), paid=Sum("spent_pence"))
            .order_by("budget__year")
        )
        lines = [f"{_('Year'):<10}{_('Grants'):>8}{_('Still to pay'):>16}{_('Paid'):>16}"]
        lines += [
            f"{year_label(row['budget__year']):<10}{row['count']:>8,}"
            f"{pounds(row['promised']):>16}{pounds(row['paid']):>16}"
            for row in rows
        ]
        count, promised, paid = (sum(row[name] for row in rows) for name in ("count", "promised", "paid"))
        return [*lines, f"{_('All years'):<10}{count:>8,}{pounds(promised):>16}{pounds(paid):>16}"]
