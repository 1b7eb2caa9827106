"""Counts by event and something else: which of them are not told. Pure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trainreg.reporting.counting.hiding import ALL, hidden_keys
from trainreg.reporting.counting.tables import Key


@dataclass(frozen=True)
class Grid:
    """Counts by (event, part) with their totals by event, by part, and of all; `hidden` are the keys not told."""

    counts: Mapping[Key, int]
    rows: Sequence[int]
    columns: Sequence[Any]
    hidden: frozenset[Key] = field(default_factory=frozenset)

    def cell(self, row: Any, column: Any) -> int | None:
        """None where it is not told; `ALL` in a place adds up over it."""
        key: Key = () if row == ALL and column == ALL else (row, column)
        return None if () in self.hidden or key in self.hidden else self.counts.get(key, 0)


def grid_of(
    found: Iterable[tuple[int, Hashable]], rows: Sequence[int], columns: Sequence[Any], *, with_names: bool
) -> Grid:
    """Count pairs of an event and a part; every pair is a cell, also one with nobody."""
    counts: dict[Key, int] = {(row, column): 0 for row in rows for column in columns}
    counts |= {(row, ALL): 0 for row in rows} | {(ALL, column): 0 for column in columns} | {(): 0}
    for row, column in found:
        for key in ((row, column), (row, ALL), (ALL, column), ()):
            counts[key] = counts[key] + 1  # type: ignore[index]
    hidden = frozenset() if with_names else hidden_keys(counts, 2)
    return Grid(counts, rows, columns, hidden)


def hidden_in_line(counts: Mapping[int, int], *, with_names: bool) -> frozenset[int]:
    """Of one count for each event: which are not told, so that none can be worked out from the sum of all."""
    if with_names:
        return frozenset()
    keyed: dict[Key, int] = {(row,): count for row, count in counts.items()} | {(): sum(counts.values())}
    return frozenset(key[0] for key in hidden_keys(keyed, 1) if key and isinstance(key[0], int))
