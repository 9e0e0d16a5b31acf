"""What the account page shows, the page of a block, and which residents are staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from engage.accounts.models import Account
from engage.residents.models import Block, Resident


@dataclass(frozen=True, slots=True)
class AccountPage:
    """How somebody is known here, how they sign in, and the block that runs, if one does. Four queries."""

    resident: Resident | None
    emails: list[EmailAddress]
    has_password: bool
    has_app: bool
    keys: int
    recovery_codes: bool
    connections: int
    connections_offered: bool
    block: Block | None

    @property
    def has_second_factor(self) -> bool:
        return self.has_app or self.keys > 0


def account_page(account: Account, *, at: datetime) -> AccountPage:
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    emails = EmailAddress.objects.filter(user=account).order_by("-primary", "email")
    offered = bool(settings.OIDC.apps)
    return AccountPage(
        resident=Resident.objects.select_related("home").filter(account=account).first(),
        emails=list(emails),
        has_password=account.has_usable_password(),
        has_app=Authenticator.Type.TOTP in kinds,
        keys=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        connections=SocialAccount.objects.filter(user=account).count() if offered else 0,
        connections_offered=offered,
        block=Block.objects.running(at).filter(resident__account=account).first(),
    )


def staff_with(permission: str, *, but_not: Collection[int | None] = ()) -> set[int]:
    """Everybody whose role carries the permission (`grants.pay_run`), as residents; `but_not` are accounts."""
    app, _dot, codename = permission.partition(".")
    held = Permission.objects.filter(content_type__app_label=app, codename=codename)
    carry = Q(account__groups__permissions__in=held) | Q(account__user_permissions__in=held)
    people = Resident.objects.filter(carry, account__is_active=True)
    return set(people.exclude(account__in=[pk for pk in but_not if pk]).values_list("pk", flat=True))


def latest_block(account: Account) -> Block | None:
    """The block of theirs that ends last, running or over; one that was lifted only when there is no other."""
    return (
        Block.objects.filter(resident__account=account)
        .select_related("resident")
        .order_by(IsNull(F("lifted_at"), True).desc(), "-ends_at")
        .first()
    )
