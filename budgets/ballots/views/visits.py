"""One visit to the booth, from the first page to “Finish and leave”.

A visit is a signed number that every page of it carries. Leaving marks the number as left, in the shared cache, for
as long as it could be used: going back and sending an old page again then shows nothing and does nothing. The number
leads to nobody, and nothing is written to a session, a cookie or the database.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

from django.core import signing
from django.core.cache import cache
from django.utils.translation import gettext as _

from engage.kit.decisions import Denied, Refused

SALT = "ballots.visit"
LONGEST = 12 * 3600  # longer than a ticket, so that who comes back too late for it loses no marks


def begin() -> str:
    return signing.dumps(uuid4().hex, salt=SALT)


def require_here(visit: str) -> str:
    """The visit of a page that was sent, unless it is over or was left."""
    try:
        signing.loads(visit, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        raise Refused(
            Denied(_("This page is too old. Start voting again from the ballot’s page."), status=409)
        ) from None
    if cache.get(_key(visit)):
        raise Refused(
            Denied(_("You have left the booth. To vote again, start from the ballot’s page."), status=409)
        )
    return visit


def leave(visit: str) -> None:
    cache.set(_key(visit), "left", LONGEST)


def _key(visit: str) -> str:
    return f"ballots.left.{sha256(visit.encode()).hexdigest()}"
