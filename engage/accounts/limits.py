"""How often somebody may do what costs others something: `ACCOUNT_RATE_LIMITS` in the settings says how often."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from engage.kit.decisions import Denied, Words


def sender(request: HttpRequest) -> str:
    """The network address that limits count by: of IPv6 the part that is one household's."""
    return str(get_ip(request))


def too_often(request: HttpRequest, action: str, wait: Mapping[str, Words], key: str = "") -> Denied | None:
    """None while it is not too often; then the sentence that `wait` has for the action."""
    if ratelimit.consume(request, action=action, key=key.lower()):
        return None
    return Denied(wait[action], status=429)
