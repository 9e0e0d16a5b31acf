"""Add proxies or discount rates from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.impact.imports import import_values
from engage.kit.tables import BadFile, read_text


class Command(BaseCommand):
    help = (
        "Add proxies (values of what has no price) or discount rates from a CSV file, each with its source. All of"
        " the file goes in, or nothing; twice changes nothing. Only openly licensed proxies are taken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file; docs/rules/impact.md lists its columns")
        parser.add_argument("--dry-run", action="store_true", help="check and report, but write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                tally = import_values(read_text(options["file"]), today=timezone.localdate(), by=None)
                transaction.set_rollback(options["dry_run"])
        except BadFile as problem:
            raise CommandError(_("Nothing was added.") + f"\n{problem}") from problem
        lines = tally.lines(_("Values"))
        if options["dry_run"]:
            lines.append(_("This was a dry run: nothing was written."))
        self.stdout.write("\n".join(lines))
