"""`manage.py load_demo`: an invented council, to look at, to try things on and to test with."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engage.demo.load import in_the_way, is_loaded, load


class Command(BaseCommand):
    help = "Load the demo council (Tidewold, invented) into an empty site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do nothing when the demo council is there already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            if options["once"]:
                self.stdout.write("The demo council is already loaded.")
                return
            raise CommandError(
                "The demo council is already loaded. To start again, delete this site's data with"
                " 'make erase', or add --once to leave it as it is."
            )
        if what := in_the_way():
            raise CommandError(
                f"This site already holds {what} that are not the demo's, and the demo must not be mixed with"
                " them. Load it into an empty database: set ENGAGE_DATA or DATABASE_URL to another one."
            )
        self.stdout.write("Loading the demo council …")
        counts = load()
        self.stdout.write(", ".join(f"{number:,} {name}" for name, number in counts.items()))
