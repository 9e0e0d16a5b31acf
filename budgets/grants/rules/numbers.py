"""The public numbers of groups, and the numbers of bank accounts: whether they can be right at all, by their form.

That a number exists, and is the group's own, no form can tell: for that somebody looks it up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.kit.decisions import Denied

_NOT_WRITTEN = re.compile(r"[\s.\u2010-\u2015]+")
# England and Wales began at 200000; Northern Ireland counts from 100000, so six digits never mean both.
_ENGLAND_AND_WALES = re.compile(r"(?:[2-9]\d{5}|1\d{6})(?:-\d{1,3})?", re.ASCII)
_SCOTLAND = re.compile(r"SC0\d{5}", re.ASCII)
_NORTHERN_IRELAND = re.compile(r"(?:NIC)?(1\d{5})", re.ASCII)
_COMPANY = re.compile(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]\d{7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PublicNumber:
    """`number` as its register writes it; `identifier` is the org-id that open data knows the group by."""

    number: str
    identifier: str


def charity_number(text: str) -> PublicNumber | Denied:
    """England and Wales: 6 or 7 digits, perhaps `-n`. Scotland: SC and 6 digits. Northern Ireland: 6 digits from 1."""
    number = _plain(text)
    if _ENGLAND_AND_WALES.fullmatch(number):
        return PublicNumber(number, f"GB-CHC-{number}")
    if _SCOTLAND.fullmatch(number):
        return PublicNumber(number, f"GB-SC-{number}")
    if found := _NORTHERN_IRELAND.fullmatch(number):
        return PublicNumber(found[1], f"GB-NIC-{found[1]}")
    return Denied(
        _(
            "This is not how charity numbers are written. Enter 6 or 7 digits like 1234567,"
            " or SC and 6 digits for Scotland. Leave it empty if you are not a charity."
        ),
        status=422,
        field="charity_number",
    )


def company_number(text: str) -> PublicNumber | Denied:
    """Eight signs: digits, or two letters and six digits. Noughts that were left out in front are put back."""
    number = _plain(text)
    if re.fullmatch(r"[0-9]{6,7}", number):
        number = number.zfill(8)
    if _COMPANY.fullmatch(number):
        return PublicNumber(number, f"GB-COH-{number}")
    return Denied(
        _(
            "A company number has 8 digits, or 2 letters and 6 digits, like 01234567 or CE012345."
            " Leave it empty if you are not a company."
        ),
        status=422,
        field="company_number",
    )


def sort_code(text: str) -> str | Denied:
    """Six digits, however they were parted."""
    digits = re.sub(r"[\s\-\u2010-\u2015]+", "", text)
    if re.fullmatch(r"[0-9]{6}", digits):
        return digits
    return Denied(
        _("A sort code has 6 digits, like 20-00-00. It is on your bank card."), status=422, field="sort_code"
    )


def account_number(text: str) -> str | Denied:
    """Eight digits; a few banks use seven, which are paid with a nought in front."""
    digits = re.sub(r"\s+", "", text)
    if re.fullmatch(r"[0-9]{7,8}", digits):
        return digits.zfill(8)
    return Denied(
        _("An account number has 8 digits. If yours has 7, enter it as it is."), status=422, field="number"
    )


def _plain(text: str) -> str:
    """As registers write numbers: no blanks, capital letters, plain hyphens."""
    hyphened = re.sub(r"[\u2010-\u2015]", "-", text)
    return _NOT_WRITTEN.sub("", hyphened).upper()
