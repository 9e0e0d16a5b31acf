"""What follows: who is told, and what becomes of the ideas that were voted on."""

from budgets.ballots import events, notices
from budgets.ballots.actions.ideas import settle_ideas
from budgets.ballots.models import Ballot
from engage.kit.happenings import Happening
from engage.notifications.hearing import hears

hears(events.BALLOT_OPENED)(notices.ballot_opened)
hears(events.ERRATUM_PUBLISHED)(notices.erratum_published)
hears(events.COUNT_PUBLISHED, in_worker=True)(notices.count_published)
hears(events.DEPARTURE_SIGNED)(notices.departure_signed)
hears(events.BALLOT_LEFT_OPEN)(notices.left_open)
hears(events.MILESTONE_PROMISED)(notices.milestone_promised)
hears(events.MILESTONE_REACHED)(notices.milestone_reached)


@hears(events.COUNT_PUBLISHED)
def settle_its_ideas(happening: Happening) -> None:
    settle_ideas(ballot=Ballot.objects.get(pk=happening.subject_id), at=happening.at)
