"""Bring places and their boundaries in from a GeoJSON file."""

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
from engage.places.enums import PlaceKind
from engage.places.imports import import_council, import_places
from engage.places.models import Place
from engage.places.queries import council
from engage.places.rules.places_file import read_places


class Command(BaseCommand):
    help = (
        "Add or update places from a GeoJSON FeatureCollection of Polygons or MultiPolygons in WGS 84."
        " All of the file goes in, or nothing; the same file twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the GeoJSON file")
        kinds = [kind for kind in PlaceKind.values if kind != PlaceKind.COUNCIL]
        parser.add_argument("--kind", required=True, choices=kinds, help="what the places are")
        parser.add_argument(
            "--name-property", default="name", help="the property with the name (default: name)"
        )
        parser.add_argument(
            "--code-property", default="", help="the property with the GSS code; none when left out"
        )
        parser.add_argument(
            "--parent-property", default="", help="the property with the GSS code of the place it is part of"
        )
        parser.add_argument(
            "--parent", default="", help="code or slug of the place they are part of (default: the council)"
        )
        parser.add_argument("--council", default="", help="name of the council, made when there is none yet")
        parser.add_argument("--code", default="", help="the council's GSS code, for example E08000009")
        parser.add_argument("--dry-run", action="store_true", help="check and report, but write nothing")
        add_source_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = read_places(
                read_text(options["file"]),
                name_property=options["name_property"],
                code_property=options["code_property"],
                parent_property=options["parent_property"],
            )
            with transaction.atomic():
                lines = self._import(found, options)
                transaction.set_rollback(options["dry_run"])
        except (BadFile, Refused) as problem:
            raise CommandError(_("Nothing was imported.") + f"\n{problem}") from problem
        if options["dry_run"]:
            lines.append(_("This was a dry run: nothing was written."))
        self.stdout.write("\n".join(lines))

    def _import(self, found: list[Any], options: dict[str, Any]) -> list[str]:
        lines = []
        if options["council"]:
            tally = import_council(name=options["council"], code=options["code"], by=None)[1]
            lines += tally.lines(_("Council"))
        tally = import_places(
            places=found,
            kind=options["kind"],
            parent=self._parent(options["parent"]),
            source=cite_from(options),
            by=None,
            track=track,
        )
        return lines + tally.lines(str(PlaceKind(options["kind"]).label))

    def _parent(self, named: str) -> Place | None:
        if not named:
            return council()
        found = Place.objects.filter(gss_code=named).first() or Place.objects.filter(slug=named).first()
        if found is None:
            raise CommandError(
                f"No place has the code or slug “{named}”. Import it first, or correct --parent."
            )
        return found
