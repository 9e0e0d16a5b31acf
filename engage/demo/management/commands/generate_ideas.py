"""`manage.py generate_ideas`: a crowd of invented residents and what they ask for, to measure and to try things on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from engage.demo.crowd import Crowd
from engage.demo.steps.crowd import homes, load_crowd

WHOLE = Crowd()


class Command(BaseCommand):
    help = "Add thousands of invented ideas with their supports and comments to the places of this site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ideas", type=int, default=WHOLE.ideas, help="how many (%(default)s)")
        parser.add_argument("--supports", type=int, default=WHOLE.supports, help="how many (%(default)s)")
        parser.add_argument("--comments", type=int, default=WHOLE.comments, help="how many (%(default)s)")
        parser.add_argument(
            "--busiest", type=int, default=WHOLE.busiest, help="of these, under one idea (%(default)s)"
        )
        parser.add_argument("--residents", type=int, default=WHOLE.residents, help="how many (%(default)s)")
        parser.add_argument(
            "--seed", default=WHOLE.seed, help="the same seed gives the same crowd (%(default)s)"
        )
        parser.add_argument("--yes", action="store_true", help="also on a site that is in production")

    def handle(self, *args: Any, **options: Any) -> None:
        crowd = Crowd(**{name: options[name] for name in Crowd.__dataclass_fields__})
        if not settings.LOCAL and not options["yes"]:
            raise CommandError(
                "This site is in production, and invented ideas cannot be told from real ones afterwards."
                " Use another database, or add --yes if you are sure."
            )
        if min(crowd.ideas, crowd.residents) < 1 or min(crowd.supports, crowd.comments, crowd.busiest) < 0:
            raise CommandError("There must be at least one idea and one resident, and nothing below nought.")
        if crowd.supports > crowd.ideas * crowd.residents:
            raise CommandError(
                f"{crowd.residents:,} residents can support {crowd.ideas:,} ideas once each, which is fewer than"
                f" {crowd.supports:,} supports. Ask for fewer supports, or add more residents."
            )
        if not homes():
            raise CommandError(
                "This site has no divisions or wards for the ideas to be in."
                " Load them first, with 'load_demo' or 'import_places'."
            )
        counts = load_crowd(crowd)
        self.stdout.write(", ".join(f"{number:,} {name}" for name, number in counts.items()))
