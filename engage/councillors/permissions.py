"""Who may keep the list of councillors, and what waits until an election is over."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.councillors.models import PreElection
from engage.councillors.rules import pre_election as rules
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.pages import holds_pages

GRANTS: dict[str, set[str]] = {
    "councillors.view_councillor": {"officer", "editor", "auditor", "administrator"},
    "councillors.add_councillor": {"officer", "editor", "administrator"},
    "councillors.change_councillor": {"officer", "editor", "administrator"},
    "councillors.delete_councillor": {"administrator"},
    "councillors.view_term": {"officer", "editor", "auditor", "administrator"},
    "councillors.add_term": {"officer", "editor", "administrator"},
    "councillors.change_term": {"officer", "editor", "administrator"},
    "councillors.delete_term": {"officer", "administrator"},
    "councillors.view_preelection": {"officer", "editor", "councillor", "auditor", "administrator"},
    "councillors.change_preelection": {"officer", "administrator"},
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


def may_keep_pre_elections(account: Account | AnonymousUser | None) -> Decision:
    """Officers and administrators; and nobody at all, which is a command run by the operator."""
    if account is None or account.has_perm("councillors.change_preelection"):
        return Allowed()
    return Denied(_("Only officers can set pre-election periods. Ask one of them to make this change."))


def may_decide_on(day: date) -> Decision:
    """Whether councillors' money may be newly awarded on that day, as far as elections go."""
    return rules.may_decide(PreElection.objects.holding(day))


def may_promote_on(day: date) -> Decision:
    """Whether what councillors' money achieved may be published on that day, as far as elections go."""
    return rules.may_promote(PreElection.objects.holding(day))


@holds_pages
def may_announce_on(day: date, why: str) -> Decision:
    """Whether a page may go out on that day, as far as elections go: before one only with a reason."""
    return rules.may_announce(PreElection.objects.holding(day), why)
