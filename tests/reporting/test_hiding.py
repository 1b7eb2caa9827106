"""Small cells are not told, and nobody can work them out from what is told."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainreg.framework.rules import CountingRule, Dimension
from trainreg.reporting.counting.hiding import ALL, hidden_keys, hide_small
from trainreg.reporting.counting.tables import Amount, Table

cells = st.one_of(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6]), st.integers(0, 12))
lines = st.lists(cells, min_size=2, max_size=5)
tables = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda size: st.lists(st.lists(cells, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


def of_line(values: list[int]) -> dict[tuple[object, ...], int]:
    return {(): sum(values), **{(str(place),): value for place, value in enumerate(values)}}


def of_table(rows: list[list[int]]) -> dict[tuple[object, ...], int]:
    counts: dict[tuple[object, ...], int] = {(): sum(map(sum, rows))}
    for row, values in enumerate(rows):
        counts[str(row), ALL] = sum(values)
        for column, value in enumerate(values):
            counts[str(row), str(column)] = value
            counts[ALL, str(column)] = counts.get((ALL, str(column)), 0) + value
    return counts


def equations(keys: list[tuple[object, ...]]) -> list[dict[tuple[object, ...], int]]:
    """Every sum that a reader knows to hold: keys with their signs, adding up to nothing."""
    if all(len(key) < 2 for key in keys):
        return [{key: -1 if key == () else 1 for key in keys}]
    rows, columns = sorted({key[0] for key in keys if key}, key=str), sorted({key[1] for key in keys if key}, key=str)
    name = {(ALL, ALL): ()}
    found = []
    for row in rows:
        found.append({name.get((row, column), (row, column)): -1 if column == ALL else 1 for column in columns})
    for column in columns:
        found.append({name.get((row, column), (row, column)): -1 if row == ALL else 1 for row in rows})
    return found


def can_be_otherwise(counts: dict[tuple[object, ...], int], hidden: frozenset[tuple[object, ...]], one: object) -> bool:
    """By trial: some other whole numbers, none below nothing, fit all that is told and give this cell another value."""
    unknown = sorted(hidden, key=repr)
    sums = equations(list(counts))
    steps = [0, 1, -1, 2, -2]
    if len(unknown) > 9:
        steps = [0, 1, -1]

    def search(place: int, change: dict[tuple[object, ...], int]) -> bool:
        if place == len(unknown):
            return change[one] != 0 and all(
                sum(sign * change.get(key, 0) for key, sign in each.items()) == 0 for each in sums
            )
        key = unknown[place]
        for step in steps:
            if counts[key] + step < 0:
                continue
            change[key] = step
            open_keys = set(unknown[place + 1 :])
            fits = all(
                sum(sign * change.get(other, 0) for other, sign in each.items()) == 0
                for each in sums
                if not open_keys & each.keys()
            )
            if fits and search(place + 1, change):
                return True
        del change[key]
        return False

    return search(0, {})


def assert_nothing_is_given_away(counts: dict[tuple[object, ...], int], dimensions: int) -> None:
    hidden = hidden_keys(counts, dimensions)
    assert {key for key, count in counts.items() if 0 < count < 5} <= hidden
    if counts[()] >= 5:
        for key in hidden:
            if 0 < counts[key] < 5:
                assert can_be_otherwise(counts, hidden, key), (counts, hidden, key)


@given(lines)
@settings(max_examples=150, deadline=None)
def test_no_part_of_a_line_can_be_worked_out(values: list[int]) -> None:
    assert_nothing_is_given_away(of_line(values), 1)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_no_cell_of_a_table_can_be_worked_out(rows: list[list[int]]) -> None:
    assert_nothing_is_given_away(of_table(rows), 2)


@pytest.mark.slow
@given(tables)
@settings(max_examples=1500, deadline=None)
def test_no_cell_of_very_many_tables_can_be_worked_out(rows: list[list[int]]) -> None:
    assert_nothing_is_given_away(of_table(rows), 2)


@given(tables)
@settings(max_examples=100, deadline=None)
def test_totals_are_hidden_as_where_they_stand_alone(rows: list[list[int]]) -> None:
    """Otherwise one table would tell what the other hides."""
    counts = of_table(rows)
    hidden = hidden_keys(counts, 2)
    alone = hidden_keys(of_line([sum(row) for row in rows]), 1)
    assert {key[0] for key in hidden if key and key[1] == ALL} == {key[0] for key in alone if key}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hidden_keys(of_table([[5, 0], [7, 12]]), 2) == frozenset()


def test_of_one_small_part_a_second_is_hidden_with_it() -> None:
    assert hidden_keys(of_line([3, 20, 9]), 1) == {("0",), ("2",)}


def test_a_small_total_tells_nothing() -> None:
    counts = of_line([3, 0])
    assert hidden_keys(counts, 1) == set(counts)


def test_how_many_they_are_decides_not_how_long_they_stayed() -> None:
    table = Table(
        CountingRule.PERSON_DAYS,
        (Dimension.SEX,),
        Amount(40, 12),
        {("female",): Amount(30, 3), ("male",): Amount(4, 4), (None,): Amount(6, 5)},
    )
    shown = hide_small(table)
    assert [shown.cell(part) for part in shown.parts()] == [None, None, 6]
    assert shown.value == 40


def test_every_shown_key_is_there_to_be_hidden() -> None:
    table = Table(
        CountingRule.ATTENDANCES, (Dimension.SEX, Dimension.LEVEL), Amount(3, 3), {("female", None): Amount(3, 3)}
    )
    assert {*product(table.parts(0), table.parts(1)), ()} <= hide_small(table).hidden
