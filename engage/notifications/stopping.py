"""The link in every email that stops them without signing in.

It is signed, so nobody can make one for somebody else, and it never ends, because emails are kept for years. All
that it opens is stopping these emails and taking that back; it says nothing about the resident.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

SALT = "engage.notifications.stop"


@dataclass(frozen=True, slots=True)
class Stop:
    """Whose emails the link stops: those about one kind of news, or all when `kind` is empty."""

    resident_id: int
    kind: str = ""

    def url(self) -> str:
        """The path of the link."""
        token = signing.Signer(salt=SALT).sign_object([self.resident_id, self.kind])
        return reverse("notifications:stop", args=[token])


def stop_from(token: str) -> Stop | None:
    """What a link is for, or None when it is not one of ours."""
    try:
        resident_id, kind = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Stop(resident_id, kind)
