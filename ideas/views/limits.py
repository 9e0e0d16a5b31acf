"""How often a stranger may have us send mail to an address, or begin something that we keep."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied


def too_often(request: HttpRequest, action: str, email: str = "") -> Denied | None:
    """Counted by address and by sender, as settings say for `action`; None while it is not too often."""
    if ratelimit.consume(request, action=action, key=email.lower()):
        return None
    sentence = (
        _("That was too often in a short time. Wait an hour, or look for the email we have sent already.")
        if email
        else _("Too many ideas were begun here in the last minute. Wait a minute and press the button again.")
    )
    return Denied(sentence, status=429)
