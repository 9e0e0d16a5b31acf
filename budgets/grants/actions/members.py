"""Who acts for a group: invited by a link in an email, joined, removed, gone.

The database holds only the hash of what stands in a link. A link is used by pressing a button on the page it leads
to, never by opening it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from budgets.grants import events
from budgets.grants.enums import MemberRole
from budgets.grants.models import Invitation, Member
from budgets.grants.permissions import leads
from budgets.grants.permissions.group import may_go
from budgets.grants.queries import open_invitations
from budgets.models import Organisation
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.residents.actions import join

MEMBERS_EACH = 30
TOO_OLD = _("This invitation was used already, was taken back, or is too old. Ask for a new one.")


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_member(
    *, organisation: Organisation, email: str, role: str, by: Account, at: datetime
) -> Invitation:
    """Ask a colleague to act for the group. Asked again, it is a new link to the same invitation."""
    require(leads(by, organisation))
    _hold(organisation)
    email = email.lower()
    if Member.objects.filter(organisation=organisation, account__email__iexact=email).exists():
        raise Refused(Denied(_("This person acts for the group already."), status=409, field="email"))
    asked = organisation.invitations.exclude(email=email).count()
    if asked + organisation.members.count() >= MEMBERS_EACH:
        sentence = _("There are %(count)d people in this group, which is the most. Remove somebody first.")
        raise Refused(Denied(sentence % {"count": MEMBERS_EACH}, status=409, field="email"))
    fresh = {"role": MemberRole(role), "invited_by": by, "invited_at": at, "sent_at": None}
    # Nobody knows this token: the real one is made when the mail is on its way.
    invitation, _new = Invitation.objects.update_or_create(
        organisation=organisation,
        email=email,
        defaults={**fresh, "token_hash": hash_of(token_urlsafe(32))},
    )
    record(events.MEMBER_INVITED, subject=organisation, actor=by, at=at, invitation=invitation.pk)
    return invitation


@transaction.atomic
def link_for(*, invitation: Invitation, at: datetime) -> str:
    """What stands in the link to an invitation that waits for its email."""
    token = token_urlsafe(32)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token), sent_at=at)
    return token


@transaction.atomic
def take_back_invitation(
    *, organisation: Organisation, invitation_id: int, by: Account, at: datetime
) -> None:
    """The link opens nothing any more, and the address is forgotten. Twice is no harm."""
    require(leads(by, organisation))
    organisation.invitations.filter(pk=invitation_id).delete()


@transaction.atomic
def accept_membership(*, invitation: Invitation, account: Account, at: datetime) -> Member:
    """Act for the group from now on, as the account that is signed in. The invitation, with its address, is gone."""
    held = open_invitations(at=at).select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if held is None:
        raise Refused(Denied(TOO_OLD, status=404))
    join(account=account, at=at)
    member, new = Member.objects.get_or_create(
        organisation=held.organisation, account=account, defaults={"role": held.role, "joined_at": at}
    )
    held.delete()
    if new:
        record(events.MEMBER_JOINED, subject=member.organisation, actor=account, at=at)
    return member


@transaction.atomic
def change_role(*, organisation: Organisation, member_id: int, role: str, by: Account, at: datetime) -> None:
    """Make a member a lead or a helper. There is always somebody who leads."""
    require(leads(by, organisation))
    _hold(organisation)
    member = _member(organisation, member_id)
    if role == member.role or role not in MemberRole.values:
        return
    if role != MemberRole.LEAD:
        require(may_go(member))
    Member.objects.filter(pk=member.pk).update(role=role)
    record(events.GROUP_CHANGED, subject=organisation, actor=by, at=at, what="roles")


@transaction.atomic
def remove_member(*, organisation: Organisation, member_id: int, by: Account, at: datetime) -> None:
    """They act for the group no more: removed by somebody who leads it, or of their own will. Twice is no harm."""
    _hold(organisation)
    member = organisation.members.filter(pk=member_id).first()
    if member is None:
        require(leads(by, organisation))
        return
    if member.account_id != by.pk:
        require(leads(by, organisation))
    require(may_go(member))
    member.delete()
    record(events.MEMBER_LEFT, subject=organisation, actor=by, at=at)


@transaction.atomic
def forget_member_invitations(*, at: datetime) -> int:
    """Delete invitations that nobody answered in time, with the addresses; how many."""
    return Invitation.objects.filter(invited_at__lt=at - timedelta(days=Invitation.KEPT_DAYS)).delete()[0]


def _hold(organisation: Organisation) -> None:
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _member(organisation: Organisation, member_id: int) -> Member:
    found = organisation.members.filter(pk=member_id).first()
    if found is None:
        raise Refused(Denied(_("This person acts for the group no more. Reload the page."), status=409))
    return found
