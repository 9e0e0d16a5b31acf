"""Who may say what money did: officers write it down, residents confirm or dispute it. All of it is public to read."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from budgets.impact.models import ValueMap
from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision, Denied, Words

READERS = {"officer", "councillor", "auditor", "administrator"}

# Permission → the roles that carry it.
GRANTS: dict[str, set[str]] = {
    "impact.view_valuemap": READERS,
    "impact.write_value_map": {"officer"},
    "impact.publish_value_map": {"officer"},
    "impact.view_proxy": READERS,
    "impact.view_discountrate": READERS,
    "impact.add_proxies": {"officer", "administrator"},
    "impact.view_levels": READERS,
    "impact.change_levels": {"officer", "administrator"},
}

type Someone = Account | AnonymousUser


def may_write_value_map(account: Someone) -> Decision:
    """Value maps, and what was measured before and after."""
    return _has(
        account,
        "impact.write_value_map",
        _("Only officers can write down what money did. Send what you know to the grants team."),
    )


def may_publish_value_map(account: Someone) -> Decision:
    return _has(
        account,
        "impact.publish_value_map",
        _("Only officers can publish value maps. Ask the grants team."),
    )


def may_add_proxies(account: Someone) -> Decision:
    """Proxies and discount rates."""
    return _has(
        account,
        "impact.add_proxies",
        _("Only officers can add values and rates. Send the source to the grants team."),
    )


def may_set_levels(account: Someone) -> Decision:
    return _has(
        account,
        "impact.change_levels",
        _("Only officers can say how much groups are asked to report. Ask the grants team."),
    )


def may_say(account: Someone) -> Decision:
    """Confirm or dispute a claimed outcome."""
    if account.is_authenticated:
        return Allowed()
    return Denied(
        _("Sign in to say whether you saw this. If you are new here, joining takes only an email address.")
    )


def takes_changes(value_map: ValueMap) -> Decision:
    if value_map.published_at is None:
        return Allowed()
    return Denied(
        _("This value map is published. Take it back first, with the reason, then change it."), status=409
    )


def _has(account: Someone, permission: str, otherwise: Words) -> Decision:
    return Allowed() if account.has_perm(permission) else Denied(otherwise)
