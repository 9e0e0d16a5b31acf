"""An identity from the site's OpenID provider, on its way to the booth: HMACs of the ballot, sealed, for two hours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _

from budgets.ballots.enums import Proof
from budgets.ballots.models import Ballot
from budgets.ballots.queries.verify import TICKET_HOURS, secret_of
from budgets.ballots.rules.marks import mark, person
from engage.kit.decisions import Denied, Refused
from engage.kit.secrets import seal, unseal


@dataclass(frozen=True, slots=True)
class Provider:
    """Named in the frozen ballot. `id` is what django-allauth calls it."""

    id: str
    name: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Identity:
    """`old_enough_from` is None when the provider tells no date of birth."""

    key: str
    person: str
    voter: str
    old_enough_from: date | None


def identity_provider() -> Provider | None:
    """The first one that the site is set up with."""
    for app in settings.OIDC.apps:
        return Provider(str(app["provider_id"]), str(app["name"]), app["settings"]["server_url"])  # type: ignore[index]
    return None


def sealed_identity(*, ballot: Ballot, issuer: str, subject: str, born: date | None, at: datetime) -> str:
    """What the booth's page carries of somebody whom the provider vouched for."""
    secret, whose = secret_of(ballot), f"{issuer}\x1f{subject}"
    said = {
        "ballot": ballot.pk,
        "person": person(secret, Proof.OPENID, whose),
        "voter": mark(secret, "voter", Proof.OPENID, whose),
        "from": _birthday(born, ballot.minimum_age).isoformat() if born else "",
        "until": (at + timedelta(hours=TICKET_HOURS)).isoformat(),
    }
    return seal(json.dumps(said))


def identity_of(sealed: str, *, ballot: Ballot, at: datetime) -> Identity:
    """Raises Refused."""
    try:
        said = json.loads(unseal(sealed))
        good = said["ballot"] == ballot.pk and at < datetime.fromisoformat(said["until"])
    except (ValueError, KeyError, TypeError):
        good = False
    if not good:
        raise Refused(
            Denied(_("Show once more who you are: that was too long ago."), status=409, field="identity")
        )
    start = date.fromisoformat(said["from"]) if said["from"] else None
    key = f"ballots.identity.{sha256(sealed.encode()).hexdigest()}"
    return Identity(key, said["person"], said["voter"], start)


def _birthday(born: date, years: int) -> date:
    """Somebody born on 29 February is a year older on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
