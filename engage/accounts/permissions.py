"""Which roles may enter the back office, who looks after accounts, and whose account may be closed."""

from __future__ import annotations

from collections.abc import Callable

from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision

ENTER_BACK_OFFICE = "wagtailadmin.access_admin"

GRANTS: dict[str, set[str]] = {
    ENTER_BACK_OFFICE: {"councillor", "officer", "moderator", "editor", "auditor", "administrator"},
    "accounts.add_account": {"administrator"},
    "accounts.change_account": {"administrator"},
    "accounts.delete_account": {"administrator"},
    "accounts.view_account": {"administrator", "auditor"},
    "auth.add_group": {"administrator"},
    "auth.change_group": {"administrator"},
    "auth.delete_group": {"administrator"},
    "auth.view_group": {"administrator", "auditor"},
}

type Keeper = Callable[[Account], Decision]

_keepers: list[Keeper] = []


def keeps_accounts(keeper: Keeper) -> Keeper:
    """Decorator: a higher app says here whose account must stay for now, and what to do first."""
    _keepers.append(keeper)
    return keeper


def may_close(account: Account) -> Decision:
    denied = (decision for decision in (keeper(account) for keeper in _keepers) if not decision)
    return next(denied, Allowed())
