"""What follows: whoever leaves takes with them what they followed and were told."""

from engage.kit.happenings import Happening
from engage.notifications.actions import forget_resident
from engage.notifications.hearing import hears
from engage.residents.events import RESIDENT_LEFT


@hears(RESIDENT_LEFT)
def forget(happening: Happening) -> None:
    forget_resident(happening.subject_id)
