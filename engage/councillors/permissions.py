"""Who may keep the list of councillors."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision, Denied

GRANTS: dict[str, set[str]] = {
    "councillors.view_councillor": {"officer", "editor", "auditor", "administrator"},
    "councillors.add_councillor": {"officer", "editor", "administrator"},
    "councillors.change_councillor": {"officer", "editor", "administrator"},
    "councillors.delete_councillor": {"administrator"},
    "councillors.view_term": {"officer", "editor", "auditor", "administrator"},
    "councillors.add_term": {"officer", "editor", "administrator"},
    "councillors.change_term": {"officer", "editor", "administrator"},
    "councillors.delete_term": {"officer", "administrator"},
}


def may_keep_councillors(account: Account | AnonymousUser | None) -> Decision:
    """Officers, editors and administrators; and nobody at all, which is a command run by the operator."""
    if account is None or account.has_perm("councillors.change_councillor"):
        return Allowed()
    return Denied(
        _(
            "Only officers and editors can change who the councillors are. Ask one of them to make this change."
        )
    )
