"""What the worker does for grants. Every task can be run again: what is to be done is read from the tables."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from budgets.grants import actions, letters, queries
from budgets.grants.enums import Status
from budgets.grants.models import Application, Invitation, Scheme
from engage.accounts.models import Account

log = logging.getLogger(__name__)

INVITE = "grants.invite"


@app.task(name="grants.open_year", queueing_lock="grants.open_year")
def open_year(scheme_id: int, account_id: int) -> None:
    """Open the budgets of a year, one after another; a run that was broken off is begun again by whoever began it."""
    scheme, account = Scheme.objects.get(pk=scheme_id), Account.objects.get(pk=account_id)
    for _line in actions.open_year(scheme=scheme, by=account, at=timezone.now()):
        continue


@app.task(name="grants.chase_reports", queueing_lock="grants.chase_reports")
def chase_reports() -> None:
    """Write down what was paid and owes reports, and remind of those that are due; one failure stops no other."""
    at = timezone.now()
    today = timezone.localdate(at)
    for application in queries.paid_without_schedule():
        _try(actions.schedule_reports, application=application, at=at)
    for report in queries.reports_to_chase(on=today):
        _try(actions.remind, report=report, on=today, at=at)


@app.periodic(cron="15 6 * * *")
@app.task(name="grants.chase_reports_daily", queueing_lock="grants.chase_reports_daily")
def chase_reports_daily(timestamp: int) -> None:
    chase_reports()


def _try(verb: Callable[..., object], **arguments: Any) -> None:
    try:
        verb(**arguments)
    except Exception:
        log.exception("%s failed", verb.__name__)


@app.task(name=INVITE, queueing_lock=INVITE)
def invite() -> None:
    """Mail every invitation to a group that was not mailed yet; one address that takes no mail holds up no other."""
    waiting = Invitation.objects.filter(sent_at=None)
    for number in list(waiting.values_list("pk", flat=True)):
        _try(_invite, number=number)


def _invite(number: int) -> None:
    """Only when the mail is on its way is it certain that this is the link."""
    with transaction.atomic():
        waiting = Invitation.objects.select_for_update(of=("self",), skip_locked=True).filter(sent_at=None)
        if found := waiting.select_related("organisation", "invited_by").filter(pk=number).first():
            letters.send_member_invitation(found, actions.link_for(invitation=found, at=timezone.now()))


@app.task(name="grants.ask_to_sign")
def ask_to_sign(application_id: int) -> None:
    """Write to everybody who may still sign the agreement. A mail twice does no harm; the lead can ask for it again."""
    application = Application.objects.select_related("organisation").get(pk=application_id)
    if application.status == Status.APPROVED:
        for signer in queries.signers_of(application, queries.agreement_of(application)):
            _try(letters.ask_to_sign, application=application, signer=signer)


@app.periodic(cron="5-59/10 * * * *")
@app.task(name="grants.invite_again", queueing_lock="grants.invite_again")
def invite_again(timestamp: int) -> None:
    """What a crash or a mail server that was down left."""
    invite()


@app.periodic(cron="20 3 * * *")
@app.task(name="grants.forget_invitations", queueing_lock="grants.forget_invitations")
def forget_invitations(timestamp: int) -> None:
    """Every night: invitations that nobody answered, with their addresses."""
    actions.forget_member_invitations(at=timezone.now())
