"""Opening, closing and giving roles to accounts. Joining by oneself goes through allauth's pages."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from engage.accounts.events import ACCOUNT_CLOSED, ACCOUNT_OPENED, ROLES_CHANGED
from engage.accounts.models import Account
from engage.accounts.permissions import may_close
from engage.accounts.roles import ROLES
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require


@transaction.atomic
def open_account(
    *,
    email: str,
    at: datetime,
    password: str | None = None,
    roles: Iterable[str] = (),
    first_name: str = "",
    last_name: str = "",
    superuser: bool = False,
    by: Account | None = None,
) -> Account:
    """Open an account for somebody whose address is known to be theirs (officers' lists, the demo, the first
    administrator): they are not asked for a code the first time. Without a password they sign in by code."""
    account = Account.objects.create_user(
        email,
        password,
        first_name=first_name,
        last_name=last_name,
        is_superuser=superuser,
        is_staff=superuser,
    )
    EmailAddress.objects.get_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    record(ACCOUNT_OPENED, subject=account, actor=by, at=at)
    if wanted := list(roles):
        give_roles(account=account, roles=wanted, at=at, by=by)
    return account


@transaction.atomic
def give_roles(*, account: Account, roles: Iterable[str], at: datetime, by: Account | None = None) -> None:
    """Make these the account's roles; groups that are not roles stay. Raises KeyError on an unknown role."""
    names = {ROLES[role].group for role in roles}
    all_names = {role.group for role in ROLES.values()}
    there = {group.name: group for group in Group.objects.filter(name__in=all_names)}
    account.groups.remove(*(group for name, group in there.items() if name not in names))
    account.groups.add(*(there.get(name) or Group.objects.get_or_create(name=name)[0] for name in names))
    record(ROLES_CHANGED, subject=account, actor=by, at=at, roles=sorted(names))


@transaction.atomic
def close_account(*, account: Account, at: datetime, by: Account | None = None) -> None:
    """Delete the login with its addresses, passkeys and connections. What it did stays in the record, by number.

    `by` is an administrator who does it for somebody, nobody when they do it themselves. Refused (409) to who signed
    for payments: the books go on naming them; and to whom a higher app cannot spare.
    """
    require(may_close(account))
    record(ACCOUNT_CLOSED, subject=account, actor=by, at=at)
    try:
        account.delete()
    except ProtectedError as error:
        raise Refused(
            Denied(
                _(
                    "You signed for payments, and the books must go on saying who did. Your account cannot be deleted."
                    " Ask an administrator of this site to switch it off."
                ),
                status=409,
            )
        ) from error
