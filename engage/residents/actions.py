"""Joining, saying who you are, and leaving."""

from datetime import datetime

from django.db import transaction

from engage.accounts.actions import close_account
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import require
from engage.kit.text import in_reading_order
from engage.places.models import Place
from engage.residents.events import RESIDENT_JOINED, RESIDENT_LEFT, RESIDENT_PROFILE_CHANGED
from engage.residents.models import Resident
from engage.residents.permissions import may_leave


@transaction.atomic
def join(*, account: Account, at: datetime, name: str = "") -> Resident:
    """Make the account's owner a resident; once, however often it is asked."""
    resident, new = Resident.objects.get_or_create(
        account=account, defaults={"name": in_reading_order(name).strip()}
    )
    if new:
        record(RESIDENT_JOINED, subject=resident, actor=account, at=at)
    return resident


@transaction.atomic
def change_profile(*, account: Account, name: str, home: Place | None, at: datetime) -> Resident:
    """Change the public name and the home place."""
    join(account=account, at=at)
    name = in_reading_order(name).strip()
    resident = Resident.objects.select_for_update().get(account=account)
    if (resident.name, resident.home) != (name, home):
        resident.name, resident.home = name, home
        resident.save(update_fields=["name", "home"])
        record(RESIDENT_PROFILE_CHANGED, subject=resident, actor=account, at=at)
    return resident


@transaction.atomic
def leave(*, account: Account, at: datetime) -> None:
    """End the account and forget the person.

    What was said and supported in public stays, so that counts and answers still make sense, but by "A resident":
    no name, home place or login is left that leads back. Raises Refused when staff duties hang on the account.
    """
    require(may_leave(account))
    for resident in Resident.objects.select_for_update().filter(account=account):
        resident.account, resident.name, resident.home = None, "", None
        resident.save(update_fields=["account", "name", "home"])
        record(RESIDENT_LEFT, subject=resident, actor=None, at=at)
    close_account(account=account, at=at)
