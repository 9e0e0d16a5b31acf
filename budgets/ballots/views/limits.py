"""How often somebody may try to show who they are, and have us send mail."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engage.accounts import limits
from engage.kit.decisions import Denied

WAIT = {
    "ballot_proof": _("That was tried too often in a short time. Wait an hour, or ask the ballots team."),
    "ballot_link": _(
        "That was too often in a short time. Wait an hour, or look for the email we have sent already."
    ),
    "ballot_text": _(
        "That was too often in a short time. Wait an hour, or look for the text message we have sent already."
    ),
    "ballot_receipt": _("That was too often in a short time. Wait an hour, or write the receipt code down."),
    "ballot_inclusion": _("That was tried too often in a short time. Wait a minute and try again."),
}


def too_often(request: HttpRequest, action: str, key: str = "") -> Denied | None:
    """Counted by sender and by `key`, as settings say for `action`; None while it is not too often."""
    return limits.too_often(request, action, WAIT, key)
