"""Who may leave by themselves, who may post, and who sees and blocks residents in the back office."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.accounts.permissions import ENTER_BACK_OFFICE, may_close
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.moments import end
from engage.residents.models import Block, Resident

GRANTS: dict[str, set[str]] = {
    "residents.view_resident": {"officer", "moderator", "auditor", "administrator"},
    "residents.view_block": {"moderator", "auditor", "administrator"},
    "residents.block_resident": {"moderator", "administrator"},
}


def may_leave(account: Account) -> Decision:
    if account.has_perm(ENTER_BACK_OFFICE):
        return Denied(
            _(
                "Your account does work for the council, so it cannot be deleted here."
                " Ask an administrator of this site to take your role away first."
            ),
            status=409,
        )
    return may_close(account)


def may_take_part(resident: Resident, *, at: datetime) -> Decision:
    """Post at all: nobody blocked them. Reading, supporting and following stay open to everybody. One query."""
    block = Block.objects.running(at).filter(resident=resident).first()
    if block is None:
        return Allowed()
    return Denied(
        _(
            "You cannot post until %(end)s, because a moderator blocked you. The reason: %(reason)s"
            " If you think that is wrong, you can object on the page of your account."
        )
        % {"end": end(block.ends_at), "reason": block.reason}
    )


def may_block(user: Account | AnonymousUser, resident: Resident) -> Decision:
    if not user.has_perm("residents.block_resident"):
        return _not_a_moderator()
    if resident.account is None:
        return Denied(
            _("This person has no account here any more, so there is nothing to block."),
            status=422,
            field="number",
        )
    if resident.account.has_perm(ENTER_BACK_OFFICE):
        return Denied(
            _(
                "This person works for the council. Ask an administrator of this site to take their role away first."
            ),
            status=422,
            field="number",
        )
    return Allowed()


def may_lift(user: Account | AnonymousUser, block: Block, *, at: datetime) -> Decision:
    if not user.has_perm("residents.block_resident"):
        return _not_a_moderator()
    if block.lifted_at is not None or block.ends_at <= at:
        return Denied(_("This block is over already. There is nothing to end."), status=409)
    return Allowed()


def may_object(account: Account | AnonymousUser, block: Block, *, at: datetime) -> Decision:
    """Once, while it runs, and only about oneself."""
    if not account.is_authenticated or block.resident.account_id != account.pk:
        return Denied(_("Only the person who is blocked may object. Go to the page of your own account."))
    if block.objected_at is not None:
        return Denied(
            _("You have objected already. The answer will be on the page of your account."), status=409
        )
    if block.lifted_at is not None or block.ends_at <= at:
        return Denied(_("This block is over, so you can post again."), status=409)
    return Allowed()


def may_answer_objection(user: Account | AnonymousUser, block: Block) -> Decision:
    if not user.has_perm("residents.block_resident"):
        return _not_a_moderator()
    if block.objected_at is None:
        return Denied(_("Nobody has objected to this block, so there is nothing to answer."), status=409)
    if block.answered_at is not None:
        return Denied(_("Somebody has answered this objection already. Nothing was changed."), status=409)
    if block.by_id == user.pk:
        return Denied(
            _("You blocked this person, so somebody else must answer. Ask another moderator to do it.")
        )
    return Allowed()


def _not_a_moderator() -> Denied:
    return Denied(
        _("Your account may not block anybody. Ask an administrator of this site for the moderator role.")
    )
