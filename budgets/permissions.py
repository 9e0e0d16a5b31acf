"""Who may see and move money in the back office. Everything published needs no permission."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from budgets.models import Award, Budget, Organisation
from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision, Denied

# Permission → the roles that carry it. Councillors decide; officers record what was decided and paid.
GRANTS: dict[str, set[str]] = {
    "budgets.allocate_budget": {"officer"},
    "budgets.record_award": {"officer"},
    "budgets.report_outcome": {"officer"},
    "budgets.add_organisation": {"officer"},
    "budgets.change_organisation": {"officer"},
    "budgets.add_callmoney": {"officer"},
    "budgets.view_callmoney": {"officer", "councillor", "auditor", "administrator"},
    "budgets.view_budget": {"officer", "councillor", "auditor", "administrator"},
    "budgets.view_award": {"officer", "councillor", "auditor", "administrator"},
    "budgets.view_entry": {"officer", "councillor", "auditor", "administrator"},
    "budgets.view_organisation": {"officer", "councillor", "auditor", "administrator"},
}

type Someone = Account | AnonymousUser


def may_allocate(account: Someone) -> Decision:
    """Open budgets, allocate to them and transfer between them."""
    return _has(account, "budgets.allocate_budget", _("Only officers can open budgets or move money."))


def may_record_award(account: Someone) -> Decision:
    """Commit, pay, release and refund."""
    return _has(
        account,
        "budgets.record_award",
        _("Only officers can record awards and payments. Ask the grants team to record this one."),
    )


type Distance = Callable[[Someone, Organisation], Decision]

_distances: list[Distance] = []


def keeps_distance(rule: Distance) -> Distance:
    """Decorator: a higher app says here who is too near to a group to deal with it for the council."""
    _distances.append(rule)
    return rule


def may_change_organisation(account: Someone, organisation: Organisation) -> Decision:
    """Change what the council knows a group by."""
    allowed = _has(
        account, "budgets.change_organisation", _("Only officers can change what groups are known by.")
    )
    denied = (decision for decision in (rule(account, organisation) for rule in _distances) if not decision)
    return allowed and next(denied, allowed)


type Keeper = Callable[[Award], Decision]

_keepers: list[Keeper] = []


def keeps_awards(keeper: Keeper) -> Keeper:
    """Decorator: a higher app says here which awards' money moves by its own steps, and where."""
    _keepers.append(keeper)
    return keeper


def moved_by_hand(award: Award) -> Decision:
    """Whether an officer may pay, release and refund it one entry at a time."""
    denied = (decision for decision in (keeper(award) for keeper in _keepers) if not decision)
    return next(denied, Allowed())


type Giver = Callable[[Budget], Decision]

_givers: list[Giver] = []


def keeps_budgets(giver: Giver) -> Giver:
    """Decorator: a higher app says here which budgets' money is given by its own steps, and where."""
    _givers.append(giver)
    return giver


def given_by_hand(budget: Budget) -> Decision:
    """Whether an officer may record an award from it that was decided elsewhere."""
    denied = (decision for decision in (giver(budget) for giver in _givers) if not decision)
    return next(denied, Allowed())


def stays_given(source: Budget, target: Budget) -> Decision:
    """Whether money may move: what is given by steps of its own goes on being given by them."""
    if given_by_hand(source) or not given_by_hand(target):
        return Allowed()
    return Denied(
        _(
            "Groups apply for the money of this budget, and it stays so: it moves only to another councillor’s budget"
            " for which groups apply. Choose one of those."
        ),
        status=409,
        field="target",
    )


def may_feed_calls(account: Someone) -> Decision:
    """Say which budgets the ideas of a call may be paid from."""
    return _has(
        account,
        "budgets.add_callmoney",
        _("Only officers can say which budgets pay for a call. Ask the grants team."),
    )


def may_report_outcome(account: Someone) -> Decision:
    return _has(
        account,
        "budgets.report_outcome",
        _("Only officers can publish results and photos. Send them to the grants team."),
    )


def _has(account: Someone, permission: str, otherwise: object) -> Decision:
    return Allowed() if account.has_perm(permission) else Denied(otherwise)  # type: ignore[arg-type]
