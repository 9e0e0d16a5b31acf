"""One award as a grant of the 360Giving Data Standard 1.4, in the shape of its JSON.

Amounts are `Decimal`, which `exact.py` writes digit for digit; dates are text. What the standard leaves open is decided
here and said in docs/guide/open-data.md:

* `amountAwarded` is what was promised and not released again, so it is the sum of the commitment transactions;
  `amountDisbursed` what was paid and not given back, the sum of the disbursement transactions. A release and a refund
  are negative transactions, each with its own date.
* A group that is in no public register is named without its postcode: that is often where its secretary lives.
* Notes of the journal are left out: they are written for the books, not for this standard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from engage.kit.years import year_label
from engage.opendata.rules.facts import Award, Imprint, Movement, Recipient
from engage.opendata.rules.org_ids import recipient_id

VERSION = "1.4"
CURRENCY = "GBP"
COMMITMENTS = {"commit": +1, "release": -1}
DISBURSEMENTS = {"pay": +1, "refund": -1}
# How the codes of the Office for National Statistics begin, in the words of the standard's list of codes.
AREAS = {
    "E04": "PAR",
    "W04": "COM",
    "E05": "WD",
    "W05": "WD",
    "S13": "WD",
    "N08": "WD",
    "E58": "WD",
    "E06": "UA",
    "W06": "UA",
    "E07": "NMD",
    "E08": "MD",
    "E09": "LONB",
    "E10": "CTY",
    "S12": "CA",
}
GSS = re.compile(r"[EWSNK]\d{8}")

type Grant = dict[str, Any]


def as_grant(award: Award, imprint: Imprint) -> Grant:
    """A whole grant; what is not known is left out, as the standard asks."""
    grant_id = identifier(award, imprint.prefix)
    recipient = _recipient(award.recipient, imprint.prefix)
    parties = {"provider": imprint.org_id, "recipient": recipient["id"]}
    grant: Grant = {
        "id": grant_id,
        "title": award.title,
        "description": award.purpose,
        "currency": CURRENCY,
        "amountAwarded": pounds(award.awarded_pence),
        "amountDisbursed": pounds(award.paid_pence),
        "awardDate": award.decided_on.isoformat(),
        "url": imprint.site + award.path,
        "recipientOrganization": [recipient],
        "beneficiaryLocation": [_location(award)],
        "fundingOrganization": [_filled(id=imprint.org_id, name=imprint.name, department=imprint.department)],
        "grantProgramme": [
            {
                "title": f"{imprint.programme} {year_label(award.year)}",
                "url": f"{imprint.programme_url}?year={award.year}",
            }
        ],
        "commitmentTransaction": _transactions(award, COMMITMENTS, parties),
    }
    if award.theme:
        theme = {"vocabulary": imprint.prefix, "code": award.theme_code, "title": award.theme}
        grant["classifications"] = [theme]
    if paid := _transactions(award, DISBURSEMENTS, parties):
        grant["disbursementTransaction"] = paid
    return grant | {
        "dateModified": award.changed_at.isoformat(timespec="seconds"),
        "dataSource": imprint.data_url,
    }


def identifier(award: Award, prefix: str) -> str:
    """One grant has one identifier for ever: the one it came with if that is 360Giving's, else ours."""
    return award.reference if award.reference.startswith("360G-") else f"{prefix}-A{award.award_id}"


def pounds(pence: int) -> Decimal:
    """Exactly, without noughts at the end: £12.50 → 12.5, £100 → 100."""
    whole, rest = divmod(abs(pence), 100)
    sign = "-" if pence < 0 else ""
    return Decimal(f"{sign}{whole}" + (f".{rest:02d}".rstrip("0") if rest else ""))


def _recipient(recipient: Recipient, prefix: str) -> Grant:
    is_registered = recipient.charity_number or recipient.company_number
    return _filled(
        id=recipient_id(recipient, prefix),
        name=recipient.name,
        charityNumber=recipient.charity_number,
        companyNumber=recipient.company_number,
        postalCode=recipient.postcode if is_registered else "",
        url=recipient.website,
    )


def _location(award: Award) -> Grant:
    code = award.place_code if GSS.fullmatch(award.place_code) else ""
    return _filled(
        name=award.place, countryCode="GB", geoCode=code, geoCodeType=AREAS.get(code[:3], "") if code else ""
    )


def _transactions(award: Award, signs: dict[str, int], parties: Grant) -> list[Grant]:
    wanted: Sequence[Movement] = [each for each in award.movements if each.kind in signs]
    return [
        {
            "id": f"{award.budget_id}/{each.number}",
            "transactionDate": each.on.isoformat(),
            "currency": CURRENCY,
            "value": pounds(signs[each.kind] * each.pence),
            **parties,
        }
        for each in wanted
    ]


def _filled(**values: str) -> Grant:
    return {name: value for name, value in values.items() if value}
