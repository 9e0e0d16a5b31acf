"""Money as whole pence: the one module that reads, prints and divides it.

Amounts are `int` pence everywhere else; no floats, no decimals in the database. docs/rules/money.md is this
module in prose, and its worked table is read by the tests.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

_POUNDS = re.compile(r"^£?(?P<whole>\d{1,3}(,\d{3})+|\d{1,13})(\.(?P<pence>\d{1,2}))?$")


class NotMoney(ValueError):
    """The text is not an amount of money; the message says what was expected."""


def parse_pounds(text: str) -> int:
    """Pence from what people type: `1,234.50`, `£1234`, `12.5`. Raises NotMoney on anything else."""
    match = _POUNDS.match(text.strip().replace(" ", ""))
    if not match:
        raise NotMoney("Enter an amount in pounds, like 1,250 or 1,250.50")
    pence = (match["pence"] or "").ljust(2, "0")
    return int(match["whole"].replace(",", "")) * 100 + int(pence)


def pounds(pence: int) -> str:
    """`123450` → `£1,234.50`; whole pounds lose the pence; minus signs come first."""
    sign = "−" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}" + (f".{rest:02d}" if rest else "")


def pounds_short(pence: int) -> str:
    """For headlines: `£1.2m`, `£45k`, or the whole amount below £10,000. Rounded down, never up."""
    sign = "−" if pence < 0 else ""
    whole = abs(pence) // 100
    if whole >= 1_000_000:
        tenths = whole // 100_000
        return f"{sign}£{tenths // 10}.{tenths % 10}m" if tenths % 10 else f"{sign}£{tenths // 10}m"
    if whole >= 10_000:
        return f"{sign}£{whole // 1000}k"
    return pounds(pence)


def decimal_pounds(pence: int) -> str:
    """For files that machines read: always two places, no commas: `123450` → `1234.50`."""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}{whole}.{rest:02d}"


def divide(pence: int, weights: Sequence[int]) -> list[int]:
    """Share `pence` in proportion to `weights` so that the parts add up exactly (largest remainder).

    The pence left over by rounding down go one each to the largest remainders, ties to the earlier weight.
    All-zero weights share equally. Raises ValueError on no weights or a negative one.
    """
    if not weights or min(weights) < 0:
        raise ValueError("divide needs at least one weight and no negative ones")
    if not any(weights):
        weights = [1] * len(weights)
    total = sum(weights)
    exact = [Fraction(pence * weight, total) for weight in weights]
    parts = [share.__floor__() for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: pence - sum(parts)]:
        parts[i] += 1
    return parts
