"""Who may leave by themselves, and who sees residents in the back office."""

from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.accounts.permissions import ENTER_BACK_OFFICE
from engage.kit.decisions import Allowed, Decision, Denied

GRANTS: dict[str, set[str]] = {
    "residents.view_resident": {"officer", "moderator", "auditor", "administrator"},
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
    return Allowed()
