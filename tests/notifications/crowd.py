"""Many residents who follow one idea, without spending the time of a verb on each."""

from datetime import datetime

from engage.accounts.models import Account
from engage.notifications.models import Following
from engage.residents.models import Resident
from ideas.models import Idea

BATCH = 5_000


def followers(idea: Idea, count: int, since: datetime) -> list[str]:
    """Their addresses."""
    addresses = [f"follower{n}@example.org" for n in range(count)]
    accounts = Account.objects.bulk_create((Account(email=each) for each in addresses), BATCH)
    residents = Resident.objects.bulk_create((Resident(account=each) for each in accounts), BATCH)
    Following.objects.bulk_create(
        (Following(resident=each, topic_kind="idea", topic_id=idea.pk, since=since) for each in residents),
        BATCH,
    )
    return addresses
