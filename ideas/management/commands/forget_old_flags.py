"""Delete the words of reports that were settled long ago."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ideas.actions import forget_flags


class Command(BaseCommand):
    help = "Deletes the words of reports two years after they were settled. The worker does it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_flags(at=timezone.now())
        self.stdout.write(f"The words of {forgotten} reports were deleted.")
