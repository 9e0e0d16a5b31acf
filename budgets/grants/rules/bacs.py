"""What a bank file may say: the few signs that BACS prints, in columns of eighteen, and nothing a spreadsheet runs.

The table of docs/rules/payments.md holds worked examples; its test reads them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from engage.kit.money import decimal_pounds

LONGEST = 18
COLUMNS = ("Sort code", "Account number", "Payee name", "Amount", "Reference")

# Letters that do not come apart into a plain one and its accent.
_SPELLED_OUT = str.maketrans(
    {"ß": "SS", "Æ": "AE", "Ø": "O", "Œ": "OE", "Ð": "D", "Þ": "TH", "Ł": "L", "'": "", "’": "", "+": "&"}
)
_NOT_PRINTED = re.compile(r"[^A-Z0-9.&/\- ]+")
_NOT_A_BEGINNING = re.compile(r"^[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One payment of a file; `sort_code` six digits, `number` eight."""

    sort_code: str
    number: str
    payee: str
    amount_pence: int
    reference: str


def printed(text: str) -> str:
    """A name or reference as BACS prints it: capitals, digits, full stop, ampersand, slash, hyphen and blank.

    Accents fall off, apostrophes go, and every other sign becomes a blank. It begins with a letter or digit, so that a
    spreadsheet never takes it for a formula. At most 18 signs; empty when there is nothing that can be printed.
    """
    letters = unicodedata.normalize("NFKD", text.upper().translate(_SPELLED_OUT))
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    words = " ".join(_NOT_PRINTED.sub(" ", plain).split())
    return _NOT_A_BEGINNING.sub("", words)[:LONGEST].rstrip()


def bank_file(lines: Sequence[Line]) -> str:
    """The file that the bank's software reads: comma separated, one line for each payment below the headings.

    No cell can hold a comma or a quotation mark, so none is quoted. Raises ValueError for a line that BACS refuses.
    """
    rows = [COLUMNS, *(_cells(line) for line in lines)]
    return "".join(",".join(cells) + "\r\n" for cells in rows)


def _cells(line: Line) -> tuple[str, ...]:
    payee, reference = printed(line.payee), printed(line.reference)
    sound = re.fullmatch(r"[0-9]{6}", line.sort_code) and re.fullmatch(r"[0-9]{8}", line.number)
    if not sound or not payee or not reference or line.amount_pence <= 0:
        raise ValueError(
            "A payment needs six and eight digits, a name, a reference and an amount above nought."
        )
    return (line.sort_code, line.number, payee, decimal_pounds(line.amount_pence), reference)
