"""Joining, saying who you are, and leaving; being blocked for a time, and objecting to it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.actions import close_account
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import require
from engage.kit.refusals import Refusals, writing
from engage.kit.text import in_reading_order
from engage.kit.words import words_of
from engage.places.models import Place
from engage.residents.events import (
    RESIDENT_BLOCK_ANSWERED,
    RESIDENT_BLOCK_LIFTED,
    RESIDENT_BLOCK_OBJECTED,
    RESIDENT_BLOCKED,
    RESIDENT_JOINED,
    RESIDENT_LEFT,
    RESIDENT_PROFILE_CHANGED,
)
from engage.residents.models import Block, Resident
from engage.residents.permissions import (
    may_answer_objection,
    may_block,
    may_leave,
    may_lift,
    may_object,
)

OBJECTION_LIMIT = 2000

_NO_BLOCK: Refusals = {
    "blocks_do_not_overlap": (
        _("This person is blocked at that time already. End that block first, or choose other dates."),
        409,
        "ends_on",
    ),
    "block_ends_within_a_year": (
        _("A block ends after it starts, and after a year at the latest. Choose another last day."),
        422,
        "ends_on",
    ),
}


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
    remove(account=account, at=at)


@transaction.atomic
def remove(*, account: Account, at: datetime, by: Account | None = None) -> None:
    """What leaving does, also for who does work for the council: for an administrator who says who goes."""
    for resident in Resident.objects.select_for_update().filter(account=account):
        resident.account, resident.name, resident.home = None, "", None
        resident.save(update_fields=["account", "name", "home"])
        Block.objects.filter(resident=resident).update(objection="")
        record(RESIDENT_LEFT, subject=resident, actor=by, at=at)
    close_account(account=account, at=at, by=by)


@transaction.atomic
def block_resident(*, resident: Resident, reason: str, ends_at: datetime, by: Account, at: datetime) -> Block:
    """From now until just before `ends_at` the resident may read but not post. They are told the reason."""
    resident = Resident.objects.select_for_update(of=("self",)).select_related("account").get(pk=resident.pk)
    require(may_block(by, resident))
    words = words_of(reason, 300, "reason", _("Give the reason. The person you block reads it."))
    with writing(_NO_BLOCK):
        block = Block.objects.create(resident=resident, reason=words, starts_at=at, ends_at=ends_at, by=by)
    record(RESIDENT_BLOCKED, subject=resident, actor=by, at=at, block=block.pk, until=ends_at.isoformat())
    return block


@transaction.atomic
def lift_block(*, block: Block, by: Account, at: datetime) -> Block:
    """End a block before its time."""
    block = _locked(block)
    require(may_lift(by, block, at=at))
    return _lift(block, by=by, at=at)


@transaction.atomic
def object_to_block(*, block: Block, words: str, by: Account, at: datetime) -> Block:
    """The resident says, once, why the block is wrong. It goes on until somebody answers."""
    block = _locked(block)
    require(may_object(by, block, at=at))
    block.objection = words_of(words, OBJECTION_LIMIT, "words", _("Say why you think the block is wrong."))
    block.objected_at = at
    block.save(update_fields=["objection", "objected_at"])
    record(RESIDENT_BLOCK_OBJECTED, subject=block.resident, actor=by, at=at, block=block.pk)
    return block


@transaction.atomic
def answer_objection(*, block: Block, upheld: bool, answer: str, by: Account, at: datetime) -> Block:
    """Somebody other than who blocked them answers; when the resident was right, the block ends at once."""
    block = _locked(block)
    require(may_answer_objection(by, block))
    block.answer = words_of(answer, OBJECTION_LIMIT, "answer", _("Write the answer. The person reads it."))
    block.answered_at, block.answered_by = at, by
    block.save(update_fields=["answer", "answered_at", "answered_by"])
    record(RESIDENT_BLOCK_ANSWERED, subject=block.resident, actor=by, at=at, block=block.pk, upheld=upheld)
    return _lift(block, by=by, at=at) if upheld and may_lift(by, block, at=at) else block


def _locked(block: Block) -> Block:
    return Block.objects.select_for_update(of=("self",)).select_related("resident").get(pk=block.pk)


def _lift(block: Block, *, by: Account, at: datetime) -> Block:
    block.lifted_at, block.lifted_by = at, by
    block.save(update_fields=["lifted_at", "lifted_by"])
    record(RESIDENT_BLOCK_LIFTED, subject=block.resident, actor=by, at=at, block=block.pk)
    return block
