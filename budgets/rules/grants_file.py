"""Reading grants out of a file in the 360Giving Data Standard: a flat CSV or a JSON package.

Both become the same `Grant`s. Amounts are exact: text or JSON number to whole pence, never through a float.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from budgets.enums import OrganisationKind
from engage.kit.money import NotMoney, parse_pounds
from engage.kit.tables import BadFile, Problems, Row, clip, day, read_table

MOST_GRANTS = 50_000
EARLIEST = date(1990, 1, 1)

ID, TITLE, DESCRIPTION, CURRENCY = "Identifier", "Title", "Description", "Currency"
AWARDED, DISBURSED, AWARD_DATE = "Amount Awarded", "Amount Disbursed", "Award Date"
ORG_ID, ORG_NAME = "Recipient Org:Identifier", "Recipient Org:Name"
ORG_CHARITY, ORG_COMPANY = "Recipient Org:Charity Number", "Recipient Org:Company Number"
ORG_POSTCODE, ORG_WEB = "Recipient Org:Postal Code", "Recipient Org:Web Address"
PERSON_ID, PERSON_NAME = "Recipient Ind:Identifier", "Recipient Ind:Name"
PLACE_NAME, PLACE_CODE = "Beneficiary Location:Name", "Beneficiary Location:Geographic Code"
FUNDER, DEPARTMENT = "Funding Org:Name", "Funding Org:Department"
PROGRAMME, PUBLISHED_AT = "Grant Programme:Title", "Data Source"

REQUIRED = (ID, TITLE, DESCRIPTION, CURRENCY, AWARDED, AWARD_DATE, ORG_ID, ORG_NAME)
OPTIONAL = (
    DISBURSED,
    *(ORG_CHARITY, ORG_COMPANY, ORG_POSTCODE, ORG_WEB),
    *(PERSON_ID, PERSON_NAME, PLACE_NAME, PLACE_CODE),
    *(FUNDER, DEPARTMENT, PROGRAMME, PUBLISHED_AT),
)

# Where the JSON package keeps what the CSV calls by these names; the first of a list counts.
IN_JSON: Mapping[str, tuple[str, ...]] = {
    ID: ("id",),
    TITLE: ("title",),
    DESCRIPTION: ("description",),
    CURRENCY: ("currency",),
    AWARDED: ("amountAwarded",),
    DISBURSED: ("amountDisbursed",),
    AWARD_DATE: ("awardDate",),
    ORG_ID: ("recipientOrganization", "id"),
    ORG_NAME: ("recipientOrganization", "name"),
    ORG_CHARITY: ("recipientOrganization", "charityNumber"),
    ORG_COMPANY: ("recipientOrganization", "companyNumber"),
    ORG_POSTCODE: ("recipientOrganization", "postalCode"),
    ORG_WEB: ("recipientOrganization", "url"),
    PERSON_ID: ("recipientIndividual", "id"),
    PERSON_NAME: ("recipientIndividual", "name"),
    PLACE_NAME: ("beneficiaryLocation", "name"),
    PLACE_CODE: ("beneficiaryLocation", "geoCode"),
    FUNDER: ("fundingOrganization", "name"),
    DEPARTMENT: ("fundingOrganization", "department"),
    PROGRAMME: ("grantProgramme", "title"),
    PUBLISHED_AT: ("dataSource",),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organisation as one grant names it."""

    identifier: str
    name: str
    charity_number: str
    company_number: str
    postcode: str
    website: str

    @property
    def kind(self) -> OrganisationKind:
        if self.charity_number or self.identifier.startswith("GB-CHC-"):
            return OrganisationKind.CHARITY
        if self.company_number or self.identifier.startswith("GB-COH-"):
            return OrganisationKind.COMPANY
        return OrganisationKind.GROUP


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant. `where` names its line in sentences; `paid_pence` is None when the file does not say.

    `place_code` is "" when the grant names no place, or several.
    """

    where: str
    identifier: str
    title: str
    purpose: str
    awarded_pence: int
    paid_pence: int | None
    decided_on: date
    recipient: Recipient
    place_code: str
    place_name: str
    funder: str
    department: str
    programme: str
    published_at: str


def read_grants(text: str, *, today: date) -> list[Grant]:
    """Every grant of the file, in its order. Raises BadFile naming each line and column that is not right."""
    problems = Problems()
    is_json = text.lstrip()[:1] in {"{", "["}
    rows = _json_rows(text, problems) if is_json else _csv_rows(text, problems)
    if not rows:
        raise BadFile(_("The file has no grants in it, so there is nothing to import."))
    if len(rows) > MOST_GRANTS:
        raise BadFile(
            _("The file has %(count)s grants; at most %(most)s are read at once. Split it.")
            % {"count": f"{len(rows):,}", "most": f"{MOST_GRANTS:,}"}
        )
    grants = [_grant(row, today) for row in rows]
    _check_twice(rows, grants)
    problems.stop_if_any()
    return grants


def one_name_each(grants: Iterable[Grant]) -> dict[str, Recipient]:
    """Identifier → the organisation, under the name most grants spell, and of equals the latest grant's.

    Numbers, postcode and website are the latest ones given.
    """
    spellings: dict[str, Counter[str]] = {}
    latest: dict[str, Recipient] = {}
    for grant in sorted(grants, key=lambda grant: grant.decided_on):
        known = latest.get(grant.recipient.identifier)
        latest[grant.recipient.identifier] = _filled(grant.recipient, known) if known else grant.recipient
        # A name seen again moves to the end, so that the last of equals is the latest.
        names = spellings.setdefault(grant.recipient.identifier, Counter())
        names[grant.recipient.name] = names.pop(grant.recipient.name, 0) + 1
    return {
        identifier: replace(recipient, name=_commonest(spellings[identifier]))
        for identifier, recipient in latest.items()
    }


def spellings_of(grants: Iterable[Grant]) -> dict[str, list[str]]:
    """Identifier → its names, for those that the file spells in more than one way."""
    names: dict[str, set[str]] = {}
    for grant in grants:
        names.setdefault(grant.recipient.identifier, set()).add(grant.recipient.name)
    return {identifier: sorted(those) for identifier, those in names.items() if len(those) > 1}


def _commonest(names: Counter[str]) -> str:
    most = max(names.values())
    return [name for name, count in names.items() if count == most][-1]


def _filled(new: Recipient, old: Recipient) -> Recipient:
    return replace(
        new,
        charity_number=new.charity_number or old.charity_number,
        company_number=new.company_number or old.company_number,
        postcode=new.postcode or old.postcode,
        website=new.website or old.website,
    )


# --- two shapes of file, one shape of row -----------------------------------------------------------------


@dataclass(frozen=True)
class JsonGrant(Row):
    """A grant of a package, with the cells a CSV would have; problems are named by number and JSON name."""

    def blame(self, column: str, expected: str) -> None:
        where = _("Grant %(number)s, “%(name)s”") % {"number": self.line, "name": ".".join(IN_JSON[column])}
        self.problems.add(where, expected)


def _csv_rows(text: str, problems: Problems) -> Sequence[Row]:
    known = (*REQUIRED, *OPTIONAL)
    # "Beneficiary Location:0:Name" is how the first of several may be written.
    spelled = {name.casefold(): name for name in known}
    spelled |= {name.casefold().replace(":", ":0:", 1): name for name in known if ":" in name}
    return read_table(text, required=REQUIRED, problems=problems, rename=spelled)


def _json_rows(text: str, problems: Problems) -> Sequence[Row]:
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=str)
    except json.JSONDecodeError as error:
        raise BadFile(
            _("Line %(line)s, character %(column)s: this is not JSON (%(why)s).")
            % {"line": error.lineno, "column": error.colno, "why": error.msg}
        ) from error
    except (RecursionError, ValueError) as error:
        raise BadFile(
            _("This JSON cannot be read: it is nested too deeply or has a number too long.")
        ) from error
    grants = data.get("grants") if isinstance(data, Mapping) else None
    if not isinstance(grants, list):
        raise BadFile(_("Expected a 360Giving package: a JSON object with a list called “grants”."))
    rows = []
    for number, grant in enumerate(grants, start=1):
        if not isinstance(grant, Mapping):
            problems.add(_("Grant %(number)s") % {"number": number}, _("expected a JSON object"))
            grant = {}  # noqa: PLW2901 - the rest of the file is still worth checking
        cells = {name: _json_cell(grant, path) for name, path in IN_JSON.items()}
        if len(_place_codes(grant)) > 1:
            cells[PLACE_CODE] = ""
        rows.append(JsonGrant(line=number, cells=cells, problems=problems))
    return rows


def _json_cell(grant: Mapping[str, Any], path: Sequence[str]) -> str:
    value: Any = grant
    for step in path:
        if isinstance(value, list):
            value = value[0] if value else None
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() and abs(value.adjusted()) < 30 else str(value)
    return str(value).strip() if isinstance(value, (str, int)) else ""


def _place_codes(grant: Mapping[str, Any]) -> set[str]:
    places = grant.get("beneficiaryLocation")
    rows = places if isinstance(places, list) else []
    return {str(place["geoCode"]) for place in rows if isinstance(place, Mapping) and place.get("geoCode")}


# --- one row ----------------------------------------------------------------------------------------------


def _grant(row: Row, today: date) -> Grant:
    if row.text(PERSON_ID) or row.text(PERSON_NAME):
        row.blame(
            PERSON_ID,
            _(
                "this grant went to a person; only grants to organisations are published. Take it out of the file"
            ),
        )
    if row.text(CURRENCY, required=True) not in {"GBP", ""}:
        row.blame(CURRENCY, _("expected GBP, not “%(value)s”") % {"value": clip(row.text(CURRENCY))})
    title = row.text(TITLE, required=True)
    purpose = row.text(DESCRIPTION, required=True)
    if len(title) > 200:
        title, purpose = Truncator(title).chars(200), f"{title}\n\n{purpose}"
    awarded = _pence(row, AWARDED)
    paid = _pence(row, DISBURSED, may_be_nought=True) if row.text(DISBURSED) else None
    if paid and awarded and paid > awarded:
        row.blame(DISBURSED, _("more was paid out than was awarded. Correct one of the two amounts"))
    return Grant(
        where=_("Line %(line)s") % {"line": row.line}
        if not isinstance(row, JsonGrant)
        else _("Grant %(number)s") % {"number": row.line},
        identifier=_identifier(row),
        title=title,
        purpose=purpose,
        awarded_pence=awarded,
        paid_pence=paid,
        decided_on=_award_date(row, today),
        recipient=_recipient(row),
        place_code=row.text(PLACE_CODE, longest=40),
        place_name=row.text(PLACE_NAME),
        funder=row.text(FUNDER),
        department=row.text(DEPARTMENT, longest=120),
        programme=row.text(PROGRAMME, longest=250),
        published_at=row.text(PUBLISHED_AT),
    )


def _identifier(row: Row) -> str:
    identifier = row.text(ID, required=True, longest=120)
    if "|" in identifier:
        row.blame(ID, _("an identifier cannot contain the sign “|”"))
    return identifier


def _pence(row: Row, column: str, *, may_be_nought: bool = False) -> int:
    text = row.text(column, required=True)
    if not text:
        return 0
    whole, point, rest = text.partition(".")
    exact = f"{whole}.{rest[:2]}" if point and not rest[2:].strip("0") and rest.isdigit() else text
    try:
        pence = parse_pounds(exact)
    except NotMoney:
        row.blame(
            column,
            _("expected an amount in pounds like 1250 or 1250.50, not “%(value)s”") % {"value": clip(text)},
        )
        return 0
    if pence == 0 and not may_be_nought:
        row.blame(column, _("expected an amount above £0"))
    return pence


def _award_date(row: Row, today: date) -> date:
    text = row.text(AWARD_DATE, required=True)
    decided_on = day(text)
    if decided_on is None:
        if text:
            row.blame(
                AWARD_DATE, _("expected a date like 2024-05-10, not “%(value)s”") % {"value": clip(text)}
            )
        return EARLIEST
    if not EARLIEST <= decided_on <= today:
        row.blame(
            AWARD_DATE,
            _("expected a date between 1990 and today, not “%(value)s”") % {"value": clip(text)},
        )
    return decided_on


def _recipient(row: Row) -> Recipient:
    website = row.text(ORG_WEB)
    if website and (not website.startswith(("http://", "https://")) or len(website) > 200 or " " in website):
        row.blame(
            ORG_WEB,
            _("expected an address that begins with https://, not “%(value)s”") % {"value": clip(website)},
        )
    return Recipient(
        identifier=row.text(ORG_ID, required=True, longest=120),
        name=" ".join(row.text(ORG_NAME, required=True, longest=200).split()),
        charity_number=row.text(ORG_CHARITY, longest=20),
        company_number=row.text(ORG_COMPANY, longest=20),
        postcode=row.text(ORG_POSTCODE, longest=10).upper(),
        website=website,
    )


def _check_twice(rows: Sequence[Row], grants: Sequence[Grant]) -> None:
    seen: dict[str, str] = {}
    for row, grant in zip(rows, grants, strict=True):
        if grant.identifier and grant.identifier in seen:
            row.blame(
                ID,
                _("“%(id)s” is there already: %(where)s. Every grant needs an identifier of its own")
                % {"id": clip(grant.identifier), "where": seen[grant.identifier]},
            )
        seen.setdefault(grant.identifier, grant.where)
