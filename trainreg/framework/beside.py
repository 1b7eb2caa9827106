"""Where a sentence stands on the page of a framework: beside the field, or at the target, that it is about."""

from collections.abc import Mapping
from typing import Any

from trainreg.framework.rows import Row, RowsField
from trainreg.framework.values import Cell
from trainreg.kernel.refusals import Refused

Cells = Mapping[tuple[str, str], Cell]


def tell_beside(problem: Refused, *, periods: RowsField, indicators: RowsField, cells: Cells) -> bool:
    """Put the sentence where it belongs; False where no field of a row shows it. `cells` go by folded codes."""
    facts = {name: str(fact).casefold() for name, fact in problem.facts.items()}
    indicator, period = facts.get("indicator"), facts.get("other") or facts.get("period")
    if indicator and period:
        if (indicator, period) in cells:
            cells[indicator, period].error = str(problem)
        return False
    rows = periods if indicator is None else indicators
    row = _last(rows, period if indicator is None else indicator)
    if row is None or problem.field is None:
        return False
    field: Any = row[problem.field]
    field.errors = [*field.errors, str(problem)]
    rows.errors = [*rows.errors, str(problem)]
    return True


def _last(rows: RowsField, code: str | None) -> Row | None:
    """Of two rows with one code the second is the one too many."""
    found = (entry.form for entry in reversed(list(rows)))
    return next((row for row in found if (row["code"].data or "").casefold() == code), None)
