"""A group as its own people see it: one object, the same number of statements however much there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from budgets.grants.enums import MemberRole
from budgets.grants.models import Application, BankAccount, Claim, Invitation, Member, Profile, Signatory
from budgets.models import Organisation
from engage.accounts.models import Account


@dataclass(frozen=True, slots=True)
class GroupPage:
    """`banks` are the newest first, without their numbers, which nobody is shown. `me` is empty for officers."""

    organisation: Organisation
    profile: Profile | None
    me: Member | None
    members: Sequence[Member]
    invitations: Sequence[Invitation]
    signatories: Sequence[Signatory]
    banks: Sequence[BankAccount]
    applications: Sequence[Application]

    @property
    def leads(self) -> bool:
        return self.me is not None and self.me.role == MemberRole.LEAD

    @property
    def bank_used(self) -> BankAccount | None:
        """Where money goes now."""
        return next((each for each in self.banks if each.confirmed_at), None)

    @property
    def bank_waiting(self) -> BankAccount | None:
        """Newer details that nobody has confirmed yet: nothing is paid until somebody has."""
        newest = self.banks[0] if self.banks else None
        return newest if newest and not newest.confirmed_at and not newest.refused_at else None

    @property
    def bank_refused(self) -> BankAccount | None:
        newest = self.banks[0] if self.banks else None
        return newest if newest and newest.refused_at else None


def organisation_of(organisation_id: int) -> Organisation | None:
    return Organisation.objects.filter(pk=organisation_id).first()


def group_page(organisation: Organisation, account: Account) -> GroupPage:
    """Six statements. The sealed numbers are not even read."""
    members = list(organisation.members.select_related("account"))
    return GroupPage(
        organisation=organisation,
        profile=Profile.objects.filter(organisation=organisation).first(),
        me=next((member for member in members if member.account_id == account.pk), None),
        members=members,
        invitations=list(organisation.invitations.all()),
        signatories=list(organisation.signatories.all()),
        banks=list(organisation.bank_accounts.defer("sort_code", "number")[:10]),
        applications=list(organisation.applications.select_related("scheme")[:100]),
    )


def memberships_of(account: Account) -> list[Member]:
    """The groups somebody acts for, by name."""
    return list(
        Member.objects.filter(account=account)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def claims_of(account: Account) -> list[Claim]:
    """What somebody asked and nobody has answered yet."""
    return list(Claim.objects.filter(account=account, settled_at=None).select_related("organisation"))


def applications_of(account: Account) -> list[Application]:
    """Every application of every group that somebody acts for, the latest first."""
    mine = Application.objects.filter(organisation__members__account=account)
    return list(mine.select_related("organisation", "scheme")[:200])


def open_invitations(*, at: datetime) -> QuerySet[Invitation]:
    """In time, and while whoever invited still leads the group: who was removed invites nobody any more."""
    leading = Member.objects.filter(
        organisation=OuterRef("organisation"), account=OuterRef("invited_by"), role=MemberRole.LEAD
    )
    young = Invitation.objects.filter(invited_at__gte=at - timedelta(days=Invitation.KEPT_DAYS))
    return young.filter(Exists(leading)).select_related("organisation", "invited_by")


def membership_invitation(token_hash: str, *, at: datetime) -> Invitation | None:
    return open_invitations(at=at).filter(token_hash=token_hash).first()
