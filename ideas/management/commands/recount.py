"""Mend the counters of ideas and comments after rows were loaded past the verbs."""

from typing import Any

from django.core.management.base import BaseCommand

from ideas.actions import recount


class Command(BaseCommand):
    help = (
        "Counts the supports, comments and replies afresh, and says how many ideas and comments were wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        mended = recount()
        self.stdout.write(
            f"{mended} ideas or comments had a wrong count." if mended else "All counts are right."
        )
