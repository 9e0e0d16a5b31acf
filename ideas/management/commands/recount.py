"""Mend the counters of ideas after rows were loaded past the verbs."""

from typing import Any

from django.core.management.base import BaseCommand

from ideas.actions import recount


class Command(BaseCommand):
    help = "Counts the supports and comments of every idea afresh, and says how many were wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        mended = recount()
        self.stdout.write(f"{mended} ideas had a wrong count." if mended else "All counts are right.")
