"""What follows: when a call for ideas is copied, its money is too."""

from budgets.actions import feed_copy
from engage.kit.happenings import Happening, follow
from ideas.events import CALL_COPIED
from ideas.models import Call


@follow(CALL_COPIED)
def feed_the_copy(happening: Happening) -> None:
    copy = Call.objects.filter(pk=happening.subject_id).first()
    if copy is not None:
        feed_copy(copy=copy, at=happening.at)
