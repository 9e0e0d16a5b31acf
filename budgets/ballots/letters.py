"""Emails and texts to voters: the code that shows who they are, and the receipt. What was chosen stands in none."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from budgets.ballots.enums import Proof
from budgets.ballots.models import Ballot
from budgets.ballots.queries import new_code, one_mailbox
from budgets.ballots.queries.sent import SENT_HOURS
from engage.kit import texts
from engage.kit.letterhead import refused_unless_sent, send_letter
from engage.kit.moments import moment


@sensitive_variables()
def send_link(*, ballot: Ballot, to: str, at: datetime) -> None:
    """The code stands behind the `#` of the link as well, which browsers send to nobody."""
    code = new_code(ballot=ballot, proof=Proof.EMAIL, subject=one_mailbox(to), at=at)
    with refused_unless_sent(_("The email could not be sent. Try again, or show it another way.")):
        send_letter(
            "ballot_link",
            to,
            subject=_("Your link to vote: %(title)s") % {"title": ballot.title},
            title=ballot.title,
            code=code,
            url=_with_code(ballot, Proof.EMAIL, code),
            until=moment(at + timedelta(hours=SENT_HOURS)),
        )


@sensitive_variables()
def text_code(*, ballot: Ballot, to: str, at: datetime) -> None:
    code = new_code(ballot=ballot, proof=Proof.PHONE, subject=to, at=at)
    words = _("%(code)s is your code to vote until %(until)s. Tell it to nobody. Follow %(url)s") % {
        "code": code,
        "until": moment(at + timedelta(hours=SENT_HOURS)),
        "url": _with_code(ballot, Proof.PHONE, code),
    }
    with refused_unless_sent(_("The text message could not be sent. Try again, or show it another way.")):
        texts.send_text(to, words)


def _with_code(ballot: Ballot, proof: Proof, code: str) -> str:
    return f"{settings.SITE_URL}{reverse('ballots:sent', args=[ballot.pk, proof.value])}#code={code}"


@sensitive_variables()
def send_receipt(*, ballot: Ballot, address: str, receipt: str) -> None:
    with refused_unless_sent(
        _("The email could not be sent. Your vote is cast all the same: write the code down.")
    ):
        send_letter(
            "ballot_receipt",
            address,
            subject=_("Your receipt: %(title)s") % {"title": ballot.title},
            title=ballot.title,
            receipt=receipt,
            url=settings.SITE_URL + reverse("ballots:receipt", args=[ballot.pk]),
        )
