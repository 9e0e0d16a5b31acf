"""What the verbs of grants share: their refusals, the lock on an application, and the one way to move it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from budgets.actions.common import REFUSALS
from budgets.grants import events
from budgets.grants.enums import Status
from budgets.grants.models import Application, Step
from budgets.grants.queries import being_paid
from budgets.grants.rules.flow import Who, may_move
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import Refusals

GRANT_REFUSALS: Refusals = {
    **REFUSALS,
    "agreement_signed_by_confirmed": (
        _("Somebody who signs was named again since and is not confirmed yet. Ask the grants team."),
        409,
        None,
    ),
    "asked_once_of_a_budget": (_("This budget is already asked. Change its amount instead."), 409, "budget"),
    "ask_positive": (_("Enter an amount above £0."), 422, "amount"),
    "cost_positive": (_("Enter an amount above £0."), 422, "amount"),
    "funder_positive": (_("Enter an amount above £0."), 422, "amount"),
    "bank_confirmed_by_another": (
        _("You entered these bank details, so somebody else must confirm them. Ask a colleague."),
        409,
        None,
    ),
    "run_approved_by_another": (
        _("You made up this run, so somebody else must approve it. Ask a colleague."),
        409,
        None,
    ),
    "run_paid_by_a_third": (
        _("Whoever made up or approved a run cannot record it as paid. Ask a third colleague."),
        409,
        None,
    ),
    "award_in_one_open_run": (
        _("An award of this run went into another run a moment ago. Reload the page and look again."),
        409,
        None,
    ),
    "paid_once_in_a_run": (_("This award is in the run already. Reload the page."), 409, None),
    "grants_spendfile_sha256_key": (
        _("This very file was read before. Look at what came of it, or choose another file."),
        409,
        "file",
    ),
    "payment_matched_once": (
        _("Another file that names one of these payments was read a moment ago. Read this one again."),
        409,
        "file",
    ),
    "decided_without_interest": (
        _("Whoever has an interest cannot decide. Declare it, and an officer decides."),
        422,
        "no_interest",
    ),
    "agreement_signed_by_two": (_("Two different people must sign for the group."), 409, None),
    "agreement_signed_from_two_accounts": (
        _("Each person signs from an account of their own. Ask the other to sign in and open this page."),
        409,
        None,
    ),
    "asked_back_not_more_than_paid": (
        _("More is asked back than the group has. Reload the page and look at what is asked back already."),
        409,
        "amount",
    ),
    "recovery_let_go_by_another": (
        _("You asked for this money, so a colleague has to let the rest go. Ask one of them."),
        409,
        None,
    ),
    "paid_is_not_withdrawn": (
        _(
            "Part of this grant is paid, so it cannot be taken back. Ask the grants team: they ask for the money"
            " back, and then the rest is freed too."
        ),
        409,
        None,
    ),
}


def hold(application: Application) -> Application:
    """The application as it is now, held until the transaction ends, with its scheme and organisation."""
    held = Application.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("scheme", "organisation").get(pk=application.pk)


def touch(held: Application, *, at: datetime) -> None:
    """The group has changed a held application: whoever read or checked it before has read something else."""
    held.changed_at = max(at, held.status_since)
    Application.objects.filter(pk=held.pk).update(changed_at=held.changed_at, version=F("version") + 1)
    held.version += 1


def move_application(
    held: Application,
    to: Status,
    *,
    who: Who,
    by: Account | None,
    at: datetime,
    note: str = "",
    public_note: str = "",
) -> None:
    """Take a held application one step along `rules/flow.py`; refused when there is no such step for `who`."""
    start = Status(held.status)
    require(may_move(start, to, who))
    if start == Status.AGREEMENT and to != Status.PAID:
        _require_not_being_paid(held)
    held.status, held.status_since = to, at
    Application.objects.filter(pk=held.pk).update(status=to, status_since=at, version=F("version") + 1)
    held.version += 1
    Step.objects.create(application=held, status=to, at=at, by=by, note=note, public_note=public_note)
    record(events.APPLICATION_MOVED, subject=held, actor=by, at=at, **{"from": start.value, "to": to.value})


def _require_not_being_paid(held: Application) -> None:
    """Money that may be on its way to the bank is not given back to a budget."""
    payment = being_paid(held)
    if payment is not None:
        raise Refused(
            Denied(
                _("This grant is being paid in %(run)s. Ask the grants team to cancel that run first.")
                % {"run": payment.run},
                status=409,
            )
        )
