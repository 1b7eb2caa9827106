"""Small cells are not told to whoever may not see names, nor may they be worked out from what is told.

A cell of fewer than five is hidden, and so many others with it that no equation of the table gives it away. A table of
two dimensions, with its totals, is a graph: rows and columns are its points, hidden cells its lines, and a hidden cell
can be worked out exactly where no way leads back to its start (Gusfield 1988). A line can be walked as an increase
always, as a decrease only where there is something to take away. See ADR 0028.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from trainreg.framework.rules import OF_PEOPLE
from trainreg.reporting.counting.tables import Key, Part, Table

SMALLEST_TOLD = 5
ALL = "*"  # in a key, in the place of what it adds up over
Counts = Mapping[Key, int]


def hide_small(table: Table) -> Table:
    """The table as somebody without the right to names may see it; totals of its lines are hidden under (part, ALL)."""
    if table.rule not in OF_PEOPLE:
        return table
    width = len(table.dimensions)
    named = _complete(table, {key: amount.of for key, amount in table.cells.items()}, table.total.of)
    crowds = {key: amount.of for key, amount in table.unnamed_cells.items()}
    unnamed = _complete(table, crowds, table.unnamed.of if table.unnamed else 0)
    return replace(table, hidden=hidden_keys(named, width), hidden_unnamed=hidden_keys(unnamed, width))


def hidden_keys(counts: Counts, dimensions: int) -> frozenset[Key]:
    """Which keys are not told. Keys of totals have ALL in the place of what they add up over; () is the total."""
    total = counts.get((), 0)
    if is_small(total):
        return frozenset(counts)
    if dimensions == 0:
        return frozenset()
    if dimensions == 1:
        return frozenset((part,) for part in _hidden_in_line({key[0]: count for key, count in counts.items() if key}))
    return _hidden_in_table(counts)


def is_small(count: int) -> bool:
    """One to four people are few enough to be known; of nobody nothing can be told."""
    return 0 < count < SMALLEST_TOLD


def _hidden_in_line(counts: Mapping[Part, int]) -> frozenset[Part]:
    """Of the parts of one dimension whose total is told: the small ones, and one more where there is only one."""
    hidden = {part for part, count in counts.items() if is_small(count)}
    others = [part for part in counts if part not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda part: (counts[part] == 0, counts[part], repr(part))))
    return frozenset(hidden)


def _hidden_in_table(counts: Counts) -> frozenset[Key]:
    """Of two dimensions. The totals of each are hidden as they are where a table has that dimension alone."""
    hidden: set[Key] = set()
    for place in (0, 1):
        line = {key[place]: count for key, count in counts.items() if key and key[1 - place] == ALL}
        hidden |= {(part, ALL) if place == 0 else (ALL, part) for part in _hidden_in_line(line)}
    inner = {key: count for key, count in counts.items() if key and ALL not in key}
    hidden |= {key for key, count in inner.items() if is_small(count)}
    while True:
        bare = next(_given_away(counts, hidden), None)
        candidates = [key for key in inner if key not in hidden]
        if bare is None or not candidates:
            return frozenset(hidden)
        hidden.add(_cheapest(counts, hidden, bare, candidates))


def _cheapest(counts: Counts, hidden: set[Key], bare: Key, candidates: list[Key]) -> Key:
    """The smallest cell that protects a bare one; where none does alone, the smallest in a line with a hidden one."""
    ordered = sorted(candidates, key=lambda key: (counts[key] == 0, counts[key], repr(key)))
    for key in ordered:
        if is_protected(counts, hidden | {key}, bare):
            return key
    near = [key for key in ordered if any(key[0] == other[0] or key[1] == other[1] for other in hidden)]
    return (near or ordered)[0]


def _given_away(counts: Counts, hidden: set[Key]) -> Iterator[Key]:
    """Small cells that are hidden and can be worked out all the same."""
    for key in sorted(hidden, key=repr):
        if is_small(counts[key]) and not is_protected(counts, hidden, key):
            yield key


def is_protected(counts: Counts, hidden: Iterable[Key], key: Key) -> bool:
    """Whether a hidden cell of a table of two dimensions could hold something else, by all that is told."""
    arcs: dict[object, list[tuple[object, Key]]] = {}
    for one in hidden:
        for start, end in _ways(one, counts[one]):
            arcs.setdefault(start, []).append((end, one))
    return any(_leads(arcs, end, start, without=key) for start, end in _ways(key, counts[key]))


def _ways(key: Key, count: int) -> Iterator[tuple[object, object]]:
    """Along a cell from row to column where it can rise, back where it can fall; a total of one line the other way."""
    row, column = ("row", key[0]), ("column", key[1])
    is_margin = (key[0] == ALL) != (key[1] == ALL)
    if not is_margin or count > 0:
        yield row, column
    if is_margin or count > 0:
        yield column, row


def _leads(arcs: Mapping[object, list[tuple[object, Key]]], start: object, end: object, *, without: Key) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for following, along in arcs.get(waiting.pop(), ()):
            if along == without or following in seen:
                continue
            if following == end:
                return True
            seen.add(following)
            waiting.append(following)
    return False


def _complete(table: Table, cells: Counts, total: int) -> dict[Key, int]:
    """Every cell that is shown, also those with nothing, with the totals of the lines and of all."""
    counts: dict[Key, int] = {(): total}
    places = range(len(table.dimensions))
    for key in product(*(table.parts(place) for place in places)) if places else ():
        counts[key] = cells.get(key, 0)
        for place in places if len(key) == 2 else ():
            line: Key = (key[0], ALL) if place == 0 else (ALL, key[1])
            counts[line] = counts.get(line, 0) + counts[key]
    return counts
