"""Reading a council's file of payments over £500: columns by the names that councils give them, all or nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from budgets.grants.rules.reconcile import Theirs
from engage.kit.money import NotMoney, parse_pounds
from engage.kit.tables import BadFile, Problems, Row, clip, day, read_table

MOST_LINES = 100_000
EARLIEST = date(2010, 1, 1)
DATE, SUPPLIER, AMOUNT, REFERENCE = "Date", "Supplier", "Amount", "Reference"

# Our name of a column → what councils call it. The first that a file has is read; more exact names come first.
NAMES: Mapping[str, tuple[str, ...]] = {
    DATE: (
        "payment date", "date of payment", "paid date", "date paid", "transaction date", "posting date",
        "effective date", "award date", "date",
    ),
    SUPPLIER: (
        "supplier name", "supplier", "vendor name", "vendor", "beneficiary name", "beneficiary", "payee name", "payee",
        "creditor name", "creditor", "recipient org:name", "recipient name", "recipient", "merchant name",
    ),
    AMOUNT: (
        "net amount", "amount net", "net", "amount excluding vat", "amount excl vat", "amount paid", "payment amount",
        "amount awarded", "amount", "value", "total amount", "total", "gross amount",
    ),
    REFERENCE: (
        "payment reference", "payment ref", "our reference", "transaction reference", "transaction number",
        "transaction no", "transaction ref", "transaction id", "reference", "document number", "invoice number",
        "identifier",
    ),
}  # fmt: skip
_WRITTEN = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y")


def decoded(data: bytes) -> str:
    """UTF-8, else the Western encoding that spreadsheets save. Raises BadFile for what is no text at all."""
    if b"\0" in data:
        raise BadFile(_("This is not a CSV file. Open it in a spreadsheet and save it as “CSV UTF-8”."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_spending(text: str) -> list[Theirs]:
    """Every payment of the file, in its order. Raises BadFile with a sentence for each cell that cannot be read."""
    problems = Problems()
    top, body = _from_headings(text)
    rename = _rename(body.partition("\n")[0])
    rows = read_table(body, required=(DATE, SUPPLIER, AMOUNT), rename=rename, problems=problems)
    if len(rows) > MOST_LINES:
        raise BadFile(
            _("The file has more than %(most)s payments. Split it by month.") % {"most": f"{MOST_LINES:,}"}
        )
    lines = [_payment(row, top) for row in rows if any(row.cells.values())]
    problems.stop_if_any()
    if not lines:
        raise BadFile(_("The file has headings but no payment below them."))
    return lines


def _from_headings(text: str) -> tuple[int, str]:
    """Councils put titles above the headings: answers how many lines they are, and the text from the headings on."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines[:20]):
        names = {_plain(cell) for cell in _cells(line)}
        if names & set(NAMES[SUPPLIER]) and names & set(NAMES[AMOUNT]):
            return number, "".join(lines[number:])
    return 0, text


def _rename(heading: str) -> dict[str, str]:
    """What `read_table` shall call the columns, chosen by their plain names; other columns keep theirs."""
    cells = _cells(heading)
    by_plain = {_plain(cell): cell for cell in reversed(cells)}
    renamed: dict[str, str] = {}
    for ours, names in NAMES.items():
        found = next((by_plain[name] for name in names if name in by_plain), None)
        if found is not None:
            renamed[" ".join(found.split()).casefold()] = ours
    # A second column of the same name as ours would be there twice.
    for cell in cells:
        key = " ".join(cell.split()).casefold()
        if key in {ours.casefold() for ours in NAMES} and key not in renamed:
            renamed[key] = f"{cell} (2)"
    return renamed


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line.strip()]), [])]


def _plain(heading: str) -> str:
    """`"Amount (£)"` → `amount`: no brackets, signs or capitals, one blank between words."""
    without = re.sub(r"\([^)]*\)|[£\"\ufeff*]", " ", heading)
    return " ".join(without.replace("_", " ").replace(".", " ").split()).casefold()


def _payment(row: Row, top: int) -> Theirs:
    return Theirs(
        line=row.line + top,
        paid_on=_day(row),
        supplier=row.text(SUPPLIER, required=True, longest=200),
        amount_pence=_amount(row),
        reference=row.text(REFERENCE)[:80],
    )


def _day(row: Row) -> date:
    text = row.text(DATE, required=True)
    found = day(text) or next(filter(None, (_try(text, written) for written in _WRITTEN)), None)
    if text and (found is None or found < EARLIEST):
        row.blame(DATE, _("expected a day like 31/03/2026, not “%(value)s”") % {"value": clip(text)})
    return found or EARLIEST


def _try(text: str, written: str) -> date | None:
    try:
        return datetime.strptime(text[:20].removesuffix(" 00:00:00").removesuffix(" 00:00"), written).date()  # noqa: DTZ007
    except ValueError:
        return None


def _amount(row: Row) -> int:
    """Pence; credits are below nought, written with a minus sign or in brackets."""
    text = row.text(AMOUNT, required=True)
    if not text:
        return 0
    bare = text.replace(" ", "").replace("£", "")
    negative = (
        bare.startswith(("-", "−")) or (bare.startswith("(") and bare.endswith(")")) or bare.endswith("-")
    )
    digits = bare.strip("-−()")
    try:
        pence = parse_pounds(_two_places(digits))
    except NotMoney:
        row.blame(AMOUNT, _("expected an amount like 1,250.50, not “%(value)s”") % {"value": clip(text)})
        return 0
    return -pence if negative else pence


def _two_places(digits: str) -> str:
    """Spreadsheets write 1250.5000: noughts beyond the pence say nothing."""
    return re.sub(r"(\.\d\d)0+$", r"\1", digits)
