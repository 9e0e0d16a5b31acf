"""What the worker does for ideas. Every task can be run again: what is to be done is read from the tables."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ideas import actions, letters
from ideas.models import CoAuthor, Idea

log = logging.getLogger(__name__)

INVITE = "ideas.invite"


@app.task(name=INVITE, queueing_lock=INVITE)
def invite() -> None:
    """Mail every invitation that was not mailed yet. What nobody may read is not mailed either: those wait."""
    waiting = CoAuthor.objects.filter(
        token_hash="", accepted_at=None, declined_at=None, idea__in=Idea.objects.public()
    ).exclude(email="")
    for number in list(waiting.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                found = waiting.select_for_update(of=("self",), skip_locked=True)
                if invitation := found.select_related("idea__author").filter(pk=number).first():
                    # Only when the mail is on its way is it certain that this is the link.
                    letters.send_invitation(invitation, actions.link_for(invitation=invitation))
        except (SMTPException, OSError) as reason:
            # One address that takes no mail must not hold up those behind it.
            log.warning("Invitation %s was not sent: %s", number, type(reason).__name__)
        except Exception:
            log.exception("Invitation %s could not be written", number)


@app.periodic(cron="*/10 * * * *")
@app.task(name="ideas.invite_again", queueing_lock="ideas.invite_again")
def invite_again(timestamp: int) -> None:
    """What a crash or a mail server that was down left."""
    invite()


@app.periodic(cron="25 3 * * *")
@app.task(name="ideas.forget_drafts", queueing_lock="ideas.forget_drafts")
def forget_drafts(timestamp: int) -> None:
    """Every night: drafts nobody goes on with, and invitations nobody answers."""
    actions.forget_drafts(at=timezone.now())
    actions.forget_invitations(at=timezone.now())


@app.periodic(cron="35 3 * * *")
@app.task(name="ideas.forget_flags", queueing_lock="ideas.forget_flags")
def forget_flags(timestamp: int) -> None:
    """Every night: the words of reports that were settled two years ago."""
    actions.forget_flags(at=timezone.now())
