"""manage.py lint_open_data: what to mend before the grants are published."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from engage.opendata.permissions import may_publish_giving
from engage.opendata.queries import Finding, publisher, to_mend


class Command(BaseCommand):
    help = (
        "Looks through every award as it would be published and says what to mend. An error keeps its grant out of"
        " the files until it is mended; a warning does not. Ends with 1 when there is an error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--strict", action="store_true", help="end with 1 when there is a warning, too")

    def handle(self, *args: Any, strict: bool, **options: Any) -> None:
        who = publisher()
        found = to_mend(prefix=who.prefix, today=timezone.localdate())
        for finding in found.findings:
            self.stdout.write(_line(finding))
        if not may_publish_giving(who):
            raise CommandError(
                "Nothing is published in the 360Giving standard: enter the council’s organisation identifier and"
                " its 360Giving prefix in the back office, Settings, Open data."
            )
        if found.held_back or (strict and found.findings):
            raise CommandError(
                f"{len(found.findings)} to mend; {found.held_back} of {found.looked_at} awards are held back."
            )
        self.stdout.write(
            f"Nothing is held back: {found.looked_at} awards looked at, {len(found.findings)} warnings."
        )


def _line(finding: Finding) -> str:
    level = "error" if finding.lint.blocks else "warning"
    return f"{level} {finding.lint.code}: award {finding.award_id}, “{finding.about}”. {finding.lint.mend}"
