"""Codes sent by email or text message: good for two hours and for one visit to the booth.

They lie in the shared cache, never in the database, and lead to HMACs of the ballot: no address and no number is kept.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.utils.translation import gettext as _

from budgets.ballots.models import Ballot
from budgets.ballots.queries.verify import secret_of
from budgets.ballots.rules.marks import CODE_LENGTH, letters, mark, person, printed, typed
from engage.kit.decisions import Denied, Refused
from engage.kit.secrets import seal, unseal

SENT_HOURS = 2
_SECONDS = SENT_HOURS * 3600


@dataclass(frozen=True, slots=True)
class Sent:
    """Whom a code was sent to, as the roll and the box know them."""

    key: str
    person: str
    voter: str


def new_code(*, ballot: Ballot, proof: str, subject: str, at: datetime) -> str:
    """A code for the owner of this mailbox or telephone, as it is printed."""
    secret = secret_of(ballot)
    text = letters(os.urandom(16), CODE_LENGTH)
    said = {
        "person": person(secret, proof, subject),
        "voter": mark(secret, "voter", proof, subject),
        "until": (at + timedelta(hours=SENT_HOURS)).isoformat(),
    }
    cache.set(_key(secret, proof, text), seal(json.dumps(said)), _SECONDS)
    return printed(text)


def sent_code(*, ballot: Ballot, proof: str, code: str, at: datetime) -> Sent:
    """Raises Refused when nobody was sent it, or too long ago."""
    key = _key(secret_of(ballot), proof, typed(code))
    sealed = cache.get(key)
    said = json.loads(unseal(sealed)) if sealed else None
    if said is None or datetime.fromisoformat(said["until"]) <= at:
        raise Refused(
            Denied(
                _(
                    "This is not a code we sent, or it is older than two hours."
                    " Check each letter, or have another sent to you."
                ),
                status=422,
                field="code",
            )
        )
    return Sent(key, said["person"], said["voter"])


def use_up(key: str, *, visit: str, field: str) -> None:
    """Once for all; the same visit may do it again, since pages are sent twice."""
    used = f"{key}.used"
    here = sha256(visit.encode()).hexdigest()
    if not cache.add(used, here, _SECONDS) and (not visit or cache.get(used) != here):
        raise Refused(
            Denied(
                _("This was used already, and is good for one visit only. Have another code sent to you."),
                status=409,
                field=field,
            )
        )


def _key(secret: str, proof: str, text: str) -> str:
    return f"ballots.sent.{mark(secret, 'sent', proof, text)}"
