"""What one cell holds, as text."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from trainreg.kernel.text import one_line

Value = str | int | float | Decimal | bool | date | datetime | time | timedelta | None


def column_letters(place: int) -> str:
    """The letters that a spreadsheet shows over a column: 1 → A, 27 → AA."""
    letters = ""
    while place > 0:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_text(value: Value) -> str:
    """One line; 5.0 reads 5, a day reads 2026-03-05, a moment 2026-03-05 09:30."""
    if value is None:
        return ""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        at = value.replace(microsecond=0, tzinfo=None)
        return at.date().isoformat() if at.time() == time() else f"{at:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)
