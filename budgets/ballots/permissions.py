"""Who may prepare and run a ballot. Who may vote is asked of the verifiers (`queries/verify.py`), never of roles."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.accounts.roles import ROLES
from engage.kit.decisions import Allowed, Decision, Denied, Words

GRANTS: dict[str, set[str]] = {
    "ballots.change_ballot": {"officer"},
    "ballots.open_ballot": {"officer"},
    "ballots.issue_codes": {"officer"},
    "ballots.enter_paper": {"officer"},
    "ballots.depart_from_count": {"officer", "councillor"},
    "ballots.view_ballot": {"officer", "councillor", "auditor", "administrator"},
}

type Someone = Account | AnonymousUser


def may_prepare(account: Someone) -> Decision:
    """Set a ballot up and change it until it is opened."""
    return _has(
        account, "ballots.change_ballot", _("Only officers can prepare a ballot. Ask the ballots team.")
    )


def may_run(account: Someone) -> Decision:
    """Open it, close it, count it and publish the count; put its words right."""
    return _has(account, "ballots.open_ballot", _("Only officers can run a ballot. Ask the ballots team."))


def may_issue_codes(account: Someone) -> Decision:
    """Load the electoral roll; issue, revoke and reissue codes."""
    return _has(
        account, "ballots.issue_codes", _("Only officers can issue voting codes. Ask the ballots team.")
    )


def may_enter_paper(account: Someone) -> Decision:
    """Admit envelopes, enter papers, and help somebody who is present to vote."""
    return _has(
        account, "ballots.enter_paper", _("Only officers can enter votes for others. Ask the ballots team.")
    )


def may_depart(account: Someone) -> Decision:
    return _has(
        account,
        "ballots.depart_from_count",
        _("Only councillors and officers can sign a decision against the count."),
    )


def signs_as(account: Someone) -> str:
    """The role by which somebody departs from a count: it is published beside their name."""
    held = set(account.groups.values_list("name", flat=True))
    allowed = GRANTS["ballots.depart_from_count"]
    return next((role for role in ROLES if role in allowed and ROLES[role].group in held), "administrator")


def may_see(account: Someone) -> Decision:
    """Ballots in the back office. Nobody sees what was chosen before the ballot closes."""
    return _has(account, "ballots.view_ballot", _("Only staff and councillors can see this."))


def _has(account: Someone, permission: str, otherwise: Words) -> Decision:
    return Allowed() if account.has_perm(permission) else Denied(otherwise)
