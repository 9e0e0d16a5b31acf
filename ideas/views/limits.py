"""How often a stranger may have us send mail to an address, or give us something that we keep."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engage.accounts import limits
from engage.kit.decisions import Denied

WAIT = {
    "idea_link": _(
        "That was too often in a short time. Wait an hour, or look for the email we have sent already."
    ),
    "idea_start": _(
        "Too many ideas were begun here in the last minute. Wait a minute and press the button again."
    ),
    "idea_picture": _(
        "Many pictures were sent from here in the last hour. Go on without one: you can add it when your idea is"
        " published and you have signed in. Or sign in first, or wait an hour."
    ),
}


def too_often(request: HttpRequest, action: str, email: str = "") -> Denied | None:
    """Counted by address and by sender, as settings say for `action`; None while it is not too often."""
    return limits.too_often(request, action, WAIT, email)
