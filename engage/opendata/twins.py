"""The columns of the lists that the transparency code asks for, and of the pages' data twins."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.enums import EntryKind, OrganisationKind
from budgets.models import Budget, Entry
from engage.kit.twins import Column, Pence, Table, Twin, page_of
from engage.kit.years import year_dates, year_label
from engage.opendata.queries import Books, Front
from engage.opendata.rules.facts import Award, Imprint, Recipient
from engage.opendata.rules.giving import identifier
from engage.opendata.rules.lints import has_email, names_a_person
from engage.opendata.rules.org_ids import recipient_id

# A list keeps money that was paid, whatever is wrong with its words; then this stands in place of them.
WITHHELD = "withheld"


def grant_columns(imprint: Imprint) -> list[Column[Award]]:
    """What the code asks of each grant: date, time it is for, department, who, their number, what for, how much."""
    return [
        *_body(imprint),
        Column(
            "grant_id", lambda award: identifier(award, imprint.prefix) if imprint.prefix else award.award_id
        ),
        Column("awarded_on", lambda award: award.decided_on),
        Column("for_year_from", lambda award: year_dates(award.year)[0]),
        Column("for_year_to", lambda award: year_dates(award.year)[1]),
        Column("beneficiary", lambda award: award.recipient.name),
        Column("beneficiary_id", lambda award: recipient_id(award.recipient, imprint.prefix)),
        Column("beneficiary_charity_number", lambda award: award.recipient.charity_number),
        Column("beneficiary_company_number", lambda award: award.recipient.company_number),
        Column("beneficiary_kind", lambda award: award.recipient.kind),
        Column("title", lambda award: award.title),
        Column("purpose", lambda award: award.purpose),
        Column("amount", lambda award: Pence(award.awarded_pence)),
        Column("paid", lambda award: Pence(award.paid_pence)),
        Column("place", lambda award: award.place),
        Column("theme", lambda award: award.theme),
        Column("decided_by", lambda award: award.decided_by),
        Column("page", lambda award: imprint.site + award.path),
    ]


def payment_columns(imprint: Imprint) -> list[Column[Entry]]:
    """What the code asks of each payment. A refund is a payment below nought; a grant carries no VAT."""
    return [
        *_body(imprint),
        Column("date", lambda entry: entry.posted_on),
        Column("transaction", lambda entry: f"{entry.budget_id}/{entry.sequence}"),
        Column("kind", lambda entry: entry.kind),
        Column("amount", lambda entry: Pence(signed(entry))),
        Column("irrecoverable_vat", lambda entry: Pence(0)),
        Column("beneficiary", lambda entry: _safe_name(_recipient(entry))),
        Column("beneficiary_id", lambda entry: recipient_id(_recipient(entry), imprint.prefix)),
        Column("purpose", lambda entry: _safe_text(_award(entry).title)),
        Column("category", lambda entry: "Grants"),
        Column("place", lambda entry: _award(entry).place.name),
        Column("page", lambda entry: imprint.site + _award(entry).get_absolute_url()),
    ]


BOOKS_COLUMNS: list[Column[Budget]] = [
    Column("budget_id", lambda budget: budget.pk),
    Column("year", lambda budget: budget.year),
    Column("financial_year", lambda budget: year_label(budget.year)),
    Column("place", lambda budget: budget.place.name),
    Column("councillor", lambda budget: budget.councillor.name if budget.councillor else ""),
    Column("allocated", lambda budget: Pence(budget.allocated_pence)),
    Column("committed", lambda budget: Pence(budget.committed_pence)),
    Column("spent", lambda budget: Pence(budget.spent_pence)),
    Column("remaining", lambda budget: Pence(budget.remaining_pence)),
    Column("entries", lambda budget: budget.entries_count),
    Column("head_hash", lambda budget: budget.head_hash),
]


def books_twin(found: Books, request: HttpRequest) -> Twin:
    checked = found.checked
    return Twin(
        title=_("The books"),
        page=page_of(request),
        as_of=timezone.localtime(found.state.as_of),
        totals={
            "entries": found.entries,
            "checked_at": checked.at if checked else None,
            "checked_entries": checked.entries if checked else None,
            "checked_sound": checked.sound if checked else None,
        },
        tables=[Table("budgets", "budget", BOOKS_COLUMNS, found.all)],
    )


def front_twin(found: Front, files: list[dict[str, str]], request: HttpRequest) -> Twin:
    """The catalogue: every file there is, with its address. `files` are rows of dataset, year, format, address."""
    columns: list[Column[dict[str, str]]] = [
        Column("dataset", lambda file: file["dataset"]),
        Column("financial_year", lambda file: file["year"]),
        Column("format", lambda file: file["format"]),
        Column("address", lambda file: request.build_absolute_uri(file["url"])),
    ]
    return Twin(
        title=_("Open data"),
        page=page_of(request),
        as_of=timezone.localtime(found.state.as_of),
        totals={"files": len(files), "entries": found.entries, "budgets": found.budgets},
        tables=[Table("files", "file", columns, files)],
        attribution=[source.attribution for source in found.sources],
        licence=found.publisher.terms,
    )


def signed(entry: Entry) -> int:
    return -entry.amount_pence if entry.kind == EntryKind.REFUND else entry.amount_pence


def _body(imprint: Imprint) -> list[Column[Any]]:
    return [
        Column("body", lambda row: imprint.name),
        Column("body_id", lambda row: imprint.org_id),
        Column("department", lambda row: imprint.department),
    ]


def _award(entry: Entry) -> Any:
    """A payment always has one: `entry_award_fits_kind`."""
    return entry.award


def _recipient(entry: Entry) -> Recipient:
    group = _award(entry).organisation
    return Recipient(
        identifier=group.identifier,
        name=group.name,
        kind=str(OrganisationKind(group.kind).label),
        charity_number=group.charity_number,
        company_number=group.company_number,
        postcode=group.postcode,
        website=group.website,
    )


def _safe_name(recipient: Recipient) -> str:
    return WITHHELD if has_email(recipient.name) or names_a_person(recipient) else recipient.name


def _safe_text(text: str) -> str:
    return WITHHELD if has_email(text) else text
