"""Of the parts of one total: which are not told, so that no small one is worked out from the others."""

from hypothesis import given, settings

from tests.reporting.test_hiding import can_be_otherwise, lines, of_line
from trainreg.reporting.small import hidden_in_line


@given(lines)
@settings(max_examples=150, deadline=None)
def test_no_part_of_a_line_can_be_worked_out(values: list[int]) -> None:
    counts = of_line(values)
    hidden = hidden_in_line({str(place): (value,) for place, value in enumerate(values)}, (sum(values),))
    if () in hidden:
        return
    keys = frozenset((one,) for one in hidden)
    for key, count in counts.items():
        if 0 < count < 5:
            assert key in keys and can_be_otherwise(counts, keys, key)


def test_where_each_hidden_part_is_of_one_person_another_is_hidden_with_them() -> None:
    """The reader sees that somebody is there: two parts that are two together are one and one."""
    assert hidden_in_line({"a": (1,), "b": (1,), "c": (9,), "d": (7,)}, (18,)) == {"a", "b", "d"}
    assert not hidden_in_line({"a": (1,), "b": (1,), "c": (9,)}, (11,), are_named=False) & {"c"}
    assert () in hidden_in_line({str(place): (1,) for place in range(6)}, (6,))


def test_one_mask_serves_attendances_and_officials() -> None:
    """Two officials came four times each: eight attendances are not told either."""
    parts = {"a": (8, 2), "b": (9, 9), "c": (20, 12)}
    assert hidden_in_line(parts, (37, 23)) == {"a", "b"}
