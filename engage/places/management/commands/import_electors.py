"""Bring numbers of electors in from a CSV file."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from engage.audit.citing import add_source_options, cite_from
from engage.kit.decisions import Refused
from engage.kit.progress import track
from engage.kit.tables import BadFile, read_text
from engage.places.enums import PlaceKind
from engage.places.imports import import_electors
from engage.places.queries import ELECTORAL
from engage.places.rules.electors_file import read_electors


def iso_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"expected a date like 2020-12-01, not “{text}”") from error


class Command(BaseCommand):
    help = (
        "Write down how many electors places have, matched by GSS code. Rows whose code no place has are"
        " reported and left out; --match-names uses those whose name is exactly a place's name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file")
        parser.add_argument(
            "--counted-on", type=iso_day, required=True, help="the date of the register, like 2020-12-01"
        )
        parser.add_argument("--code-column", default="Ward code", help="(default: %(default)s)")
        parser.add_argument("--name-column", default="Ward name", help="(default: %(default)s)")
        parser.add_argument("--electors-column", default="Electors", help="(default: %(default)s)")
        parser.add_argument(
            "--kind",
            action="append",
            choices=PlaceKind.values,
            help="the places the file is about; may be given again (default: divisions and wards)",
        )
        parser.add_argument(
            "--match-names",
            action="store_true",
            help="use rows with an unknown code when the name is exactly the same",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and report, but write nothing")
        add_source_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_electors(
                read_text(options["file"]),
                code_column=options["code_column"],
                name_column=options["name_column"],
                electors_column=options["electors_column"],
            )
            with transaction.atomic():
                tally = import_electors(
                    rows=rows,
                    counted_on=options["counted_on"],
                    source=cite_from(options),
                    by_name=options["match_names"],
                    kinds=options["kind"] or ELECTORAL,
                    by=None,
                    track=track,
                )
                transaction.set_rollback(options["dry_run"])
        except (BadFile, Refused) as problem:
            raise CommandError(_("Nothing was imported.") + f"\n{problem}") from problem
        lines = tally.lines(_("Electors"))
        if options["dry_run"]:
            lines.append(_("This was a dry run: nothing was written."))
        self.stdout.write("\n".join(lines))
