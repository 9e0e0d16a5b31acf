"""Emails to voters: the link that shows who they are, and the receipt. What was chosen stands in none."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.ballots.models import Ballot
from budgets.ballots.queries import email_link_token
from budgets.ballots.queries.verify import LINK_HOURS
from engage.kit.letterhead import send_letter
from engage.kit.moments import moment


def send_link(*, ballot: Ballot, address: str, at: datetime) -> None:
    token = email_link_token(ballot=ballot, address=address, at=at)
    send_letter(
        "ballot_link",
        address,
        subject=_("Your link to vote: %(title)s") % {"title": ballot.title},
        title=ballot.title,
        url=settings.SITE_URL + reverse("ballots:by_link", args=[ballot.pk, token]),
        until=moment(at + timedelta(hours=LINK_HOURS)),
    )


def send_receipt(*, ballot: Ballot, address: str, receipt: str) -> None:
    send_letter(
        "ballot_receipt",
        address,
        subject=_("Your receipt: %(title)s") % {"title": ballot.title},
        title=ballot.title,
        receipt=receipt,
        url=settings.SITE_URL + reverse("ballots:receipt", args=[ballot.pk]),
    )
