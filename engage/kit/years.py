"""Financial years: an English council's money runs from 1 April to 31 March. A year is named by its first half."""

from datetime import date


def financial_year(day: date) -> int:
    """The year a day belongs to: 31 March 2026 → 2025, 1 April 2026 → 2026."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def year_label(year: int) -> str:
    """`2026` → `2026–27`."""
    return f"{year}–{(year + 1) % 100:02d}"


def year_dates(year: int) -> tuple[date, date]:
    """First and last day, both included."""
    return date(year, 4, 1), date(year + 1, 3, 31)
