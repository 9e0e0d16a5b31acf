"""Bring addresses or postcodes in from a CSV file, so that people can say where something is."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from engage.audit.citing import add_source_options, cite_from
from engage.kit.decisions import Refused
from engage.kit.progress import track
from engage.kit.tables import BadFile, read_text
from engage.places.imports import import_addresses
from engage.places.rules.addresses_file import Columns, read_addresses

NAMES = ("text", "postcode", "latitude", "longitude", "easting", "northing")


class Command(BaseCommand):
    help = (
        "Add or update addresses or postcodes with where they lie: latitude and longitude (WGS 84), or easting and"
        " northing of the British national grid. Rows outside the council's divisions or wards are left out."
        " All of the file goes in, or nothing; the same file twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file")
        for name in NAMES:
            parser.add_argument(f"--{name}-column", default="", help=f"the column with the {name}")
        parser.add_argument(
            "--headings",
            default="",
            help="the headings, separated by commas, of a file that has no line of them",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and report, but write nothing")
        add_source_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_addresses(
                read_text(options["file"]),
                columns=Columns(**{name: options[f"{name}_column"] for name in NAMES}),
                headings=options["headings"],
            )
            with transaction.atomic():
                tally = import_addresses(addresses=rows, source=cite_from(options), by=None, track=track)
                transaction.set_rollback(options["dry_run"])
        except (BadFile, Refused) as problem:
            raise CommandError(_("Nothing was imported.") + f"\n{problem}") from problem
        lines = tally.lines(_("Addresses"))
        if options["dry_run"]:
            lines.append(_("This was a dry run: nothing was written."))
        self.stdout.write("\n".join(lines))
