"""What the decisions share: who acts for a group, whose budget it is, and who may read what is private."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import MemberRole
from budgets.grants.models import Application, Member, Signatory
from budgets.models import Budget, Organisation
from budgets.permissions import keeps_distance
from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision, Denied, Words

type Someone = Account | AnonymousUser


def someone(account: Someone, permission: str, otherwise: Words) -> Decision:
    return Allowed() if account.has_perm(permission) else Denied(otherwise)


def acts_for(account: Someone, organisation: Organisation) -> Decision:
    """Whether they are a member of the group here."""
    if (
        account.is_authenticated
        and Member.objects.filter(organisation=organisation, account=account).exists()
    ):
        return Allowed()
    return Denied(
        _(
            "Only people who act for this group can do this. Ask one of them to invite you, under “Your groups”."
        )
    )


def signatory_of(account: Someone, organisation: Organisation) -> Signatory | None:
    """The person who signs for the group and whose address is this account's."""
    return _signing(account).filter(organisation=organisation).first()


def groups_of(account: Someone) -> frozenset[int]:
    """The groups that somebody acts for or signs for; two queries."""
    if not account.is_authenticated:
        return frozenset()
    acting = Member.objects.filter(account=account).values_list("organisation_id", flat=True)
    return frozenset(acting) | frozenset(_signing(account).values_list("organisation_id", flat=True))


def _signing(account: Someone) -> QuerySet[Signatory]:
    """By an address that was checked to be theirs: whoever only typed it is nobody yet."""
    if not account.is_authenticated:
        return Signatory.objects.none()
    theirs = EmailAddress.objects.filter(user=account, verified=True).values(lower=Lower("email"))
    return Signatory.objects.alias(address=Lower("email")).filter(address__in=theirs)


@keeps_distance
def not_of_the_group(account: Someone, organisation: Organisation) -> Decision:
    """Nobody of the council deals with a group that they act for or sign for themselves."""
    if organisation.pk in groups_of(account):
        return Denied(_("You act for this group, so a colleague has to deal with it. Ask one of them."))
    return Allowed()


def leads(account: Someone, organisation: Organisation) -> Decision:
    """Whether they may change the group's details, sign, and send what was written."""
    of_group = Member.objects.filter(organisation=organisation, role=MemberRole.LEAD)
    if account.is_authenticated and of_group.filter(account=account).exists():
        return Allowed()
    return Denied(_("Only somebody who leads this group can do this. Ask them to do it."))


def holds(account: Someone, budget: Budget) -> bool:
    """Whether the budget is theirs to decide about, as its councillor."""
    councillor = budget.councillor
    return bool(councillor and account.is_authenticated and councillor.account_id == account.pk)


def may_read(account: Someone, application: Application) -> Decision:
    """The application with all that is private in it: its group, and once it is sent officers and who is asked."""
    sent = application.submitted_at is not None
    if sent and account.has_perm("grants.view_application"):
        return Allowed()
    asked = application.asks.filter(budget__councillor__account_id=account.pk or 0)
    if sent and account.is_authenticated and asked.exists():
        return Allowed()
    if acts_for(account, application.organisation):
        return Allowed()
    return Denied(
        _(
            "Only the group, the councillors it asks and grants officers can read this."
            " What was decided is published with the award."
        )
    )
