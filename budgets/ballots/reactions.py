"""What follows: who is told."""

from budgets.ballots import events, notices
from engage.notifications.hearing import hears

hears(events.BALLOT_OPENED)(notices.ballot_opened)
hears(events.ERRATUM_PUBLISHED)(notices.erratum_published)
hears(events.COUNT_PUBLISHED, in_worker=True)(notices.count_published)
