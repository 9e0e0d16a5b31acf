"""How often somebody may have us write to people whom their group names."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engage.accounts import limits
from engage.kit.decisions import Denied

WAIT = {
    "group_invite": _(
        "That were many invitations in a short time. Wait an hour, or ask your colleague to look for the email we"
        " have sent already."
    ),
    "group_sign": _(
        "We have written to the people who sign several times in the last hour. Ask them to look for our email, or"
        " send them the address of this page."
    ),
}


def too_often(request: HttpRequest, action: str, key: str) -> Denied | None:
    """Counted by `key`, whom or what it is about, and by who asks."""
    return limits.too_often(request, action, WAIT, key)
