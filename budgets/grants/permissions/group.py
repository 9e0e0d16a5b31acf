"""Who may see and change what a group has told the council of itself."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import MemberRole, Status
from budgets.grants.models import Application, Claim, Member, Signatory
from budgets.grants.permissions.common import Someone, acts_for, not_of_the_group, someone
from budgets.grants.rules.flow import ENDED
from budgets.models import Award, Organisation
from engage.accounts.models import Account
from engage.accounts.permissions import keeps_accounts
from engage.kit.decisions import Allowed, Decision, Denied


def may_see_group(account: Someone, organisation: Organisation) -> Decision:
    """Its members; and the people of the council who look after applications."""
    if account.has_perm("grants.view_application"):
        return Allowed()
    return acts_for(account, organisation)


def may_settle_claim(account: Someone, claim: Claim) -> Decision:
    """Say whether somebody acts for a group that is in the books already: nobody who would be judge of their own."""
    allowed = someone(
        account,
        "grants.confirm_bank",
        _("Only officers can say who acts for a group. Ask the grants team."),
    )
    if not allowed:
        return allowed
    if claim.settled_at is not None:
        return Denied(_("Somebody else has answered this already."), status=409)
    if claim.account_id == account.pk:
        return Denied(_("This is about yourself, so a colleague must answer it."), status=409)
    return not_of_the_group(account, claim.organisation)


def with_the_council() -> QuerySet[Application]:
    """Applications that were sent and have not ended: what the council knows of their groups counts."""
    return Application.objects.exclude(status__in=ENDED | {Status.DRAFT})


def may_settle_signatory(account: Someone, signatory: Signatory) -> Decision:
    """Say whether somebody signs for a group that named them while it was with the council: a second person."""
    allowed = someone(
        account,
        "grants.confirm_bank",
        _("Only officers can say who signs for a group. Ask the grants team."),
    )
    if not allowed:
        return allowed
    if not signatory.waits:
        return Denied(_("Somebody else has answered this already."), status=409)
    if signatory.named_by_id == account.pk:
        return Denied(_("You named this person, so somebody else must confirm them. Ask a colleague."))
    return not_of_the_group(account, signatory.organisation)


NAMED_BY = ("name", "charity_number", "company_number")


def may_rename(organisation: Organisation, *, field: str | None = None) -> Decision:
    """What the council decided about must go on being known by the same name, unless an officer agrees."""
    sent = Application.objects.filter(organisation=organisation, submitted_at__isnull=False)
    if not sent.exists() and not Award.objects.filter(organisation=organisation).exists():
        return Allowed()
    return Denied(
        _(
            "The council knows your group by this name and these numbers since it applied for money. If they change,"
            " write to the grants team: they look at it and change them here."
        ),
        status=409,
        field=field,
    )


@keeps_accounts
def leads_nobody_alone(account: Account) -> Decision:
    """Whoever alone leads a group that has a grant, or has asked for one, hands it over before they leave."""
    alone = (
        Organisation.objects.filter(
            members__in=Member.objects.filter(account=account, role=MemberRole.LEAD),
            applications__in=with_the_council(),
        )
        .exclude(members__in=Member.objects.filter(role=MemberRole.LEAD).exclude(account=account))
        .order_by("name", "pk")
        .first()
    )
    if alone is None:
        return Allowed()
    return Denied(
        _(
            "Nobody else leads “%(group)s”, and it has an application or a grant that is not finished. Make somebody"
            " else a lead first, under “Your groups”, or ask the grants team to find somebody. Then delete your"
            " account."
        )
        % {"group": alone.name},
        status=409,
    )


def may_go(member: Member) -> Decision:
    """Whether a group can do without this member: somebody must be there to lead it. Hold its members first."""
    others = Member.objects.filter(organisation=member.organisation_id, role=MemberRole.LEAD)
    if member.role != MemberRole.LEAD or others.exclude(pk=member.pk).exists():
        return Allowed()
    return Denied(
        _("Nobody else leads this group. Make somebody else a lead first, or ask the grants team."),
        status=409,
    )
