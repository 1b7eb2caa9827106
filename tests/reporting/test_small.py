"""What a project's page tells without names never lets a small figure be worked out, whatever a reader subtracts."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting.test_hiding import can_be_otherwise, lines, of_line
from trainreg.people.rules import Sex
from trainreg.reporting.figures import AgencyName, EventFigures, Products, ProjectFigures
from trainreg.reporting.rules import Cell, Figures, broken_down
from trainreg.reporting.small import hidden_in_line, mask_of

Visit = tuple[int, Sex, int, int]  # event, sex, agency, person
visits = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(list(Sex)), st.integers(1, 3), st.integers(0, 30)), max_size=60
)
serving = st.lists(st.frozensets(st.integers(1, 2)), min_size=4, max_size=4)


def part_of(rows: list[Visit]) -> Figures:
    came = Counter((sex, agency) for _event, sex, agency, _person in rows)
    last = {person: (sex, agency) for _event, sex, agency, person in rows}
    heads = Counter(last.values())
    days = broken_down(Cell(*cell, Decimal(count) / 2) for cell, count in came.items())
    named = [broken_down(Cell(*cell, Decimal(count)) for cell, count in one.items()) for one in (came, heads)]
    return Figures(named[0], named[1], days)


def project_of(rows: list[Visit], serves: list[frozenset[int]]) -> ProjectFigures:
    came = Counter(event for event, _sex, _agency, _person in rows)
    return ProjectFigures(
        total=part_of(rows),
        by_outcome={one: part_of([row for row in rows if one in serves[row[0]]]) for one in (1, 2)},
        agencies={key: AgencyName(str(key), {"en": str(key)}) for key in (1, 2, 3)},
        events={
            key: EventFigures(key, None, None, True, True, serves[key], came[key], Decimal(came[key]) / 2)
            for key in range(4)
        },
        products=Products(),
        products_by_outcome={},
        cells=frozenset(row[:3] for row in rows),
    )


def figures_told(rows: list[Visit], serves: list[frozenset[int]]) -> dict[Any, list[Visit]]:
    """Every figure of the page, by the rows that it counts; said again, sharing nothing with the mask."""
    found: dict[Any, list[Visit]] = {("event", key): [row for row in rows if row[0] == key] for key in range(4)}
    for outcome in (None, 1, 2):
        own = [row for row in rows if outcome is None or outcome in serves[row[0]]]
        found["part", outcome] = own
        found |= {("sex", outcome, sex): [row for row in own if row[1] is sex] for sex in Sex}
        found |= {("agency", outcome, key): [row for row in own if row[2] == key] for key in {row[2] for row in own}}
    return found


def follows(wanted: list[int], told: list[list[int]]) -> bool:
    """Whether a row is a combination of others, in exact fractions."""
    basis: list[tuple[int, list[Fraction]]] = []

    def rest_of(row: list[int]) -> list[Fraction]:
        rest = [Fraction(value) for value in row]
        for place, known in basis:
            factor = rest[place]
            rest = [one - factor * other for one, other in zip(rest, known, strict=True)] if factor else rest
        return rest

    for row in told:
        rest = rest_of(row)
        place = next((place for place, value in enumerate(rest) if value), None)
        if place is not None:
            basis.append((place, [value / rest[place] for value in rest]))
    return not any(rest_of(wanted))


@given(visits, serving)
@settings(max_examples=150, deadline=None)
def test_no_small_figure_follows_from_those_that_are_told(rows: list[Visit], serves: list[frozenset[int]]) -> None:
    mask = mask_of(project_of(rows, serves))
    figures = figures_told(rows, serves)
    terms = sorted({row[:3] for row in rows}, key=repr)
    vectors = {name: [int(term in {row[:3] for row in own}) for term in terms] for name, own in figures.items()}
    told = [vectors[name] for name in figures if mask.tells(name)]
    for name, own in figures.items():
        if 0 < len(own) < 5 or 0 < officials(name, rows, serves) < 5:
            assert not mask.tells(name), name
            assert not follows(vectors[name], told), name


def officials(name: Any, rows: list[Visit], serves: list[frozenset[int]]) -> int:
    """How many people this figure counts: each once, as they came last."""
    kind, key, *part = name
    if kind == "event":
        return 0
    own = [row for row in rows if key is None or key in serves[row[0]]]
    last = {person: {"sex": sex, "agency": agency} for _event, sex, agency, person in own}
    return sum(one.get(kind, None) == (part[0] if part else None) for one in last.values())


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


def test_an_agency_is_not_given_away_by_the_other_outcome() -> None:
    """Agency 1 sent three people to outcome 2 and ten to outcome 1; the project's thirteen would tell the three."""
    men = [(0, Sex.MALE, 1, 10 + one) for one in range(10)] + [(1, Sex.MALE, 1, 30 + one) for one in range(3)]
    others = [
        (event, Sex.MALE, agency, 100 * agency + 20 * event + one)
        for event in (0, 1)
        for agency in (2, 3)
        for one in range(8)
    ]
    serves = [frozenset({1}), frozenset({2}), frozenset[int](), frozenset[int]()]
    mask = mask_of(project_of(men + others, serves))
    assert not mask.tells(("agency", 2, 1))
    assert not (mask.tells(("agency", 1, 1)) and mask.tells(("agency", None, 1)))
