"""Who may change the tree of places."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied

GRANTS: dict[str, set[str]] = {
    "places.view_place": {"officer", "editor", "auditor", "administrator"},
    "places.add_place": {"officer", "administrator"},
    "places.change_place": {"officer", "administrator"},
    "places.delete_place": {"administrator"},
}


def may_keep_places(actor: AbstractBaseUser | None) -> Decision:
    """Officers and administrators; and nobody at all, which is a command run by the operator."""
    if actor is None or actor.has_perm("places.change_place"):  # type: ignore[attr-defined]
        return Allowed()
    return Denied(
        _("Only officers and administrators can change places. Ask one of them to make this change.")
    )
