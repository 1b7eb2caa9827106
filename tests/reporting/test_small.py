"""What a project's page tells without names never lets a small figure be worked out, whatever a reader subtracts."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainreg.framework.rules import Span
from trainreg.people.rules import Sex
from trainreg.reporting.figures import AgencyName, Came, EventFigures, Products, ProjectFigures
from trainreg.reporting.rules import Cell, Figures, broken_down
from trainreg.reporting.small import mask_of
from trainreg.reporting.steps import Course, Reached

PROVINCES = [None, "MN-1", "MN-047"]


class Visit(NamedTuple):
    """One attendance: at which event, and of whom. `step`: when it was, of two steps of time."""

    event: int
    sex: Sex
    agency: int
    person: int
    province: str | None = None
    step: int = 0


visits = st.lists(
    st.builds(
        Visit,
        st.integers(0, 3),
        st.sampled_from(list(Sex)),
        st.integers(1, 3),
        st.integers(0, 30),
        st.sampled_from(PROVINCES),
        st.integers(0, 2),
    ),
    max_size=60,
)
serving = st.lists(st.frozensets(st.integers(1, 2)), min_size=4, max_size=4)


def part_of(rows: list[Visit]) -> Figures:
    last = {row.person: row for row in rows}
    came, heads = (
        Counter((row.sex, row.agency, row.province) for row in counted) for counted in (rows, list(last.values()))
    )

    def told(counts: Counter[Any], of: int = 1) -> Any:
        return broken_down(
            Cell(sex, agency, Decimal(count) / of, province) for (sex, agency, province), count in counts.items()
        )

    return Figures(told(came), told(heads), told(came, 2))


def reached(rows: list[Visit], step: int) -> tuple[int, int]:
    """Attendances and officials until the end of a step."""
    until = [row for row in rows if row.step <= step]
    return len(until), len({row.person for row in until})


def project_of(rows: list[Visit], serves: list[frozenset[int]]) -> ProjectFigures:
    came = Counter(row.event for row in rows)
    days = [Span(date(2026, 1 + 3 * step, 1), date(2026, 3 + 3 * step, 28)) for step in range(3)]
    return ProjectFigures(
        total=part_of(rows),
        by_outcome={one: part_of([row for row in rows if one in serves[row.event]]) for one in (1, 2)},
        agencies={key: AgencyName(str(key), {"en": str(key)}) for key in (1, 2, 3)},
        events={
            key: EventFigures(key, None, None, True, True, serves[key], came[key], Decimal(came[key]) / 2)
            for key in range(4)
        },
        products=Products(),
        products_by_outcome={},
        course=Course(None, [Reached(span, "", *reached(rows, step)) for step, span in enumerate(days)]),
        came=Counter(Came(row.event, row.sex, row.agency, row.province, row.step) for row in rows),
    )


def figures_told(rows: list[Visit], serves: list[frozenset[int]]) -> dict[Any, Callable[[Visit], bool]]:
    """Every figure of the page, by the attendances that it counts; said again, sharing nothing with the mask."""
    agencies, provinces = {row.agency for row in rows}, {row.province for row in rows}
    found: dict[Any, Callable[[Visit], bool]] = {}
    for key in range(4):
        found["event", key] = lambda row, key=key: row.event == key
    for step in range(3):
        found["step", step] = lambda row, step=step: row.step <= step
    for part in (None, 1, 2):
        inside = lambda row, part=part: part is None or part in serves[row.event]  # noqa: E731
        found["part", part] = inside
        for sex in Sex:
            found["sex", part, sex] = lambda row, inside=inside, sex=sex: inside(row) and row.sex is sex
        for key in agencies:
            found["agency", part, key] = lambda row, inside=inside, key=key: inside(row) and row.agency == key
    for sex in Sex:
        for key in agencies:
            found["agency by sex", key, sex] = lambda row, key=key, sex=sex: row.agency == key and row.sex is sex
        for province in provinces:
            found["province by sex", province, sex] = lambda row, one=province, sex=sex: (
                row.province == one and row.sex is sex
            )
    for province in provinces:
        found["province", province] = lambda row, one=province: row.province == one
    return found


def small_untold(rows: list[Visit], serves: list[frozenset[int]]) -> Iterable[Callable[[Visit], bool]]:
    """Small sums that no figure tells: of each sex and agency, at events that serve the same outcomes or none."""
    for served in set(serves):
        for what, key in {(what, getattr(row, what)) for row in rows for what in ("sex", "agency")}:
            counts_it = lambda row, of=served, what=what, key=key: serves[row.event] == of and getattr(row, what) == key  # noqa: E731
            if 0 < sum(map(counts_it, rows)) < 5:
                yield counts_it


PRIME = 2**31 - 1


class Basis:
    """What follows from some rows of ones, reckoned modulo a prime."""

    def __init__(self, rows: Iterable[list[int]]) -> None:
        self.known: list[tuple[int, list[int]]] = []
        for row in rows:
            rest = self.rest_of(row)
            place = next((place for place, value in enumerate(rest) if value), None)
            if place is not None:
                inverse = pow(rest[place], -1, PRIME)
                self.known.append((place, [value * inverse % PRIME for value in rest]))

    def rest_of(self, row: list[int]) -> list[int]:
        rest = row
        for place, known in self.known:
            if factor := rest[place]:
                rest = [(one - factor * other) % PRIME for one, other in zip(rest, known, strict=True)]
        return rest

    def gives(self, row: list[int]) -> bool:
        return not any(self.rest_of(row))


def assert_nothing_small_follows(rows: list[Visit], serves: list[frozenset[int]]) -> None:
    mask = mask_of(project_of(rows, serves))
    figures = figures_told(rows, serves)
    counts = {name: sum(map(counts_it, rows)) for name, counts_it in figures.items()}
    # Whoever reads knows when an event was, and that nobody is where a figure tells nobody; of the rest, nothing.
    times = {(row.event, row.step) for row in rows}
    agencies, provinces = sorted({row.agency for row in rows}), sorted({row.province for row in rows}, key=str)
    everywhere = product(sorted(times), Sex, agencies, provinces)
    anybody = [Visit(event, sex, agency, 0, province, step) for (event, step), sex, agency, province in everywhere]
    empty = [figures[name] for name, count in counts.items() if not count and mask.tells(name)]
    terms = [one for one in anybody if not any(counts_it(one) for counts_it in empty)]
    vectors = {name: [int(counts_it(one)) for one in terms] for name, counts_it in figures.items()}
    basis = Basis(vectors[name] for name, count in counts.items() if count and mask.tells(name))
    for name, count in counts.items():
        if 0 < count < 5 or 0 < officials(name, rows, serves) < 5:
            assert not mask.tells(name), name
            assert not count or not basis.gives(vectors[name]), name
    for counts_it in small_untold(rows, serves):
        assert not basis.gives([int(counts_it(one)) for one in terms])


def officials(name: Any, rows: list[Visit], serves: list[frozenset[int]]) -> int:
    """How many people this figure counts: each once, as they came last."""
    kind, key, *part = name
    if kind == "event":
        return 0
    if kind == "step":
        return reached(rows, key)[1]
    in_part = kind in ("part", "sex", "agency")
    own = [row for row in rows if not in_part or key is None or key in serves[row.event]]
    last = {row.person: row for row in own}.values()
    wanted = dict(zip(kind.split(" by "), part if in_part else [key, *part], strict=False)) if kind != "part" else {}
    return sum(all(getattr(row, what) == value for what, value in wanted.items()) for row in last)


@given(visits, serving)
@settings(max_examples=60, deadline=None)
def test_no_small_figure_follows_from_those_that_are_told(rows: list[Visit], serves: list[frozenset[int]]) -> None:
    assert_nothing_small_follows(rows, serves)


@pytest.mark.slow
@given(visits, serving)
@settings(max_examples=1500, deadline=None)
def test_no_small_figure_follows_in_very_many_projects(rows: list[Visit], serves: list[frozenset[int]]) -> None:
    assert_nothing_small_follows(rows, serves)


@given(visits, serving)
@settings(max_examples=100, deadline=None)
def test_between_two_steps_that_are_told_nobody_came_or_enough(rows: list[Visit], serves: list[frozenset[int]]) -> None:
    """Otherwise whoever subtracts one from the other, or from the total, knows how few came in between."""
    mask = mask_of(project_of(rows, serves))
    told = [reached(rows, step) for step in range(3) if mask.tells(("step", step))]
    told += [(len(rows), len({row.person for row in rows}))] if mask.tells(("part", None)) else []
    for before, after in pairwise([(0, 0), *told]):
        assert not any(0 < more - less < 5 for less, more in zip(before, after, strict=True))


def test_the_woman_who_came_to_what_serves_nothing_is_not_given_away() -> None:
    """Six women in all, five at what serves outcome 1: the difference is one, at the two events that serve nothing."""
    at_first = [Visit(0, Sex.FEMALE, 1, one) for one in range(5)] + [Visit(0, Sex.MALE, 1, 5 + one) for one in range(3)]
    others = [Visit(1, Sex.FEMALE, 1, 10), Visit(2, Sex.MALE, 1, 11)]
    nothing: frozenset[int] = frozenset()
    serves = [frozenset({1}), nothing, nothing, nothing]
    assert_nothing_small_follows(at_first + others, serves)
    mask = mask_of(project_of(at_first + others, serves))
    assert not (mask.tells(("sex", None, Sex.FEMALE)) and mask.tells(("sex", 1, Sex.FEMALE)))


def test_an_agency_is_not_given_away_by_the_other_outcome() -> None:
    """Agency 1 sent three people to outcome 2 and ten to outcome 1; the project's thirteen would tell the three."""
    men = [Visit(0, Sex.MALE, 1, 10 + one) for one in range(10)] + [Visit(1, Sex.MALE, 1, 30 + one) for one in range(3)]
    others = [
        Visit(event, Sex.MALE, agency, 100 * agency + 20 * event + one)
        for event in (0, 1)
        for agency in (2, 3)
        for one in range(8)
    ]
    serves = [frozenset({1}), frozenset({2}), frozenset[int](), frozenset[int]()]
    mask = mask_of(project_of(men + others, serves))
    assert not mask.tells(("agency", 2, 1))
    assert not (mask.tells(("agency", 1, 1)) and mask.tells(("agency", None, 1)))
