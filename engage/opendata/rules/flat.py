"""A grant as one line of a spreadsheet, and back again without loss.

The headings are those of the standard's template, which its converter knows. Transactions have no heading there, so
they go by their path (`commitmentTransaction/0/value`), which the converter knows as well: as many groups of columns
as the grant with the most transactions needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from engage.opendata.rules.giving import Grant

# Heading → where the JSON keeps it. Of lists the first is meant; there is never a second but of transactions.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Identifier": ("id",),
    "Title": ("title",),
    "Description": ("description",),
    "Currency": ("currency",),
    "Amount Awarded": ("amountAwarded",),
    "Amount Disbursed": ("amountDisbursed",),
    "Award Date": ("awardDate",),
    "URL": ("url",),
    "Recipient Org:Identifier": ("recipientOrganization", "id"),
    "Recipient Org:Name": ("recipientOrganization", "name"),
    "Recipient Org:Charity Number": ("recipientOrganization", "charityNumber"),
    "Recipient Org:Company Number": ("recipientOrganization", "companyNumber"),
    "Recipient Org:Postal Code": ("recipientOrganization", "postalCode"),
    "Recipient Org:Web Address": ("recipientOrganization", "url"),
    "Beneficiary Location:Name": ("beneficiaryLocation", "name"),
    "Beneficiary Location:Country Code": ("beneficiaryLocation", "countryCode"),
    "Beneficiary Location:Geographic Code": ("beneficiaryLocation", "geoCode"),
    "Beneficiary Location:Geographic Code Type": ("beneficiaryLocation", "geoCodeType"),
    "Funding Org:Identifier": ("fundingOrganization", "id"),
    "Funding Org:Name": ("fundingOrganization", "name"),
    "Funding Org:Department": ("fundingOrganization", "department"),
    "Grant Programme:Title": ("grantProgramme", "title"),
    "Grant Programme:URL": ("grantProgramme", "url"),
    "Classifications:Vocabulary": ("classifications", "vocabulary"),
    "Classifications:Code": ("classifications", "code"),
    "Classifications:Title": ("classifications", "title"),
    "Last Modified": ("dateModified",),
    "Data Source": ("dataSource",),
}
NUMBERS = {"amountAwarded", "amountDisbursed", "value"}
TRANSACTIONS = ("commitmentTransaction", "disbursementTransaction")
PARTS = ("id", "transactionDate", "currency", "value", "provider", "recipient")


def headings(commitments: int, disbursements: int) -> list[str]:
    """For grants with at most so many transactions of each kind."""
    most = zip(TRANSACTIONS, (commitments, disbursements), strict=True)
    return [*COLUMNS, *(f"{kind}/{n}/{part}" for kind, count in most for n in range(count) for part in PARTS)]


def flatten(grant: Grant, names: Iterable[str]) -> list[str | Decimal]:
    """The values under these headings; "" for what the grant does not say. Amounts stay numbers, so that whoever writes
    them does not take a minus sign for the beginning of a formula."""
    return ["" if value is None else value for value in (_find(grant, _path(name)) for name in names)]


def unflatten(row: Mapping[str, str]) -> Grant:
    """The grant that a line came from. Columns that are not ours are ignored."""
    grant: Grant = {}
    for name, cell in row.items():
        if cell and (name in COLUMNS or name.startswith(TRANSACTIONS)):
            path = _path(name)
            _put(grant, path, Decimal(cell) if path[-1] in NUMBERS else cell)
    return grant


def _path(name: str) -> Sequence[str | int]:
    """`Recipient Org:Name` → recipientOrganization, 0, name; `commitmentTransaction/2/value` says it itself."""
    if name in COLUMNS:
        first, *rest = COLUMNS[name]
        return [first, 0, *rest] if rest else [first]
    kind, number, part = name.split("/")
    return [kind, int(number), part]


def _find(grant: Grant, path: Sequence[str | int]) -> Any:
    """None where the grant has nothing."""
    if len(path) == 1:
        return grant.get(str(path[0]))
    kind, number, part = str(path[0]), int(path[1]), str(path[2])
    rows = grant.get(kind, [])
    return rows[number].get(part) if number < len(rows) else None


def _put(grant: Grant, path: Sequence[str | int], value: Any) -> None:
    if len(path) == 1:
        grant[str(path[0])] = value
        return
    kind, number, part = str(path[0]), int(path[1]), str(path[2])
    rows = grant.setdefault(kind, [])
    rows.extend({} for _ in range(number + 1 - len(rows)))
    rows[number][part] = value
