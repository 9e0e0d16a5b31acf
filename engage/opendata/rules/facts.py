"""What is known about one award and one publisher, as the files need it: plain values, whole pence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes. `programme` names the scheme that the money is from, in the language of the files, and
    `programme_url` says where it is explained; `data_url` is the front page of the open data; `site` is how every
    address begins, without a slash at its end."""

    name: str
    org_id: str
    prefix: str
    department: str
    licence_name: str
    licence_url: str
    programme: str
    programme_url: str
    data_url: str
    site: str


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of an award. `number` is its number in the journal of its budget; `kind` is commit, release, pay or
    refund; `pence` is positive."""

    number: int
    kind: str
    pence: int
    on: date


@dataclass(frozen=True, slots=True)
class Recipient:
    """The organisation: `identifier` is what the council keeps it under, `kind` in words."""

    identifier: str
    name: str
    kind: str
    charity_number: str
    company_number: str
    postcode: str
    website: str


@dataclass(frozen=True, slots=True)
class Award:
    """`path` is its page on this site; `reference` is what another file called it ("" when it began here); `taken`
    says that another award has the identifier which this one would get. `movements` are in the order of the journal."""

    award_id: int
    path: str
    budget_id: int
    year: int
    reference: str
    taken: bool
    title: str
    purpose: str
    decided_on: date
    decided_by: str
    theme: str
    theme_code: str
    place: str
    place_code: str
    recipient: Recipient
    movements: tuple[Movement, ...]
    changed_at: datetime

    @property
    def awarded_pence(self) -> int:
        """What was promised and not taken back again."""
        return self.total("commit") - self.total("release")

    @property
    def paid_pence(self) -> int:
        """What was paid and not given back again."""
        return self.total("pay") - self.total("refund")

    @property
    def was_cancelled(self) -> bool:
        """All that was promised was released before any of it was paid, so there is no grant."""
        return bool(self.movements) and self.awarded_pence == 0 and self.total("pay") == 0

    def total(self, kind: str) -> int:
        return sum(movement.pence for movement in self.movements if movement.kind == kind)
