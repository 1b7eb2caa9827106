"""Both projects have targets to be measured by, ages to break down by, and copies that agencies received."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from trainreg.demo import world
from trainreg.framework.rules import Dimension, Span
from trainreg.framework.sheets import read_framework
from trainreg.kernel.db import db
from trainreg.kernel.sheets import read_sheet
from trainreg.people.models import Person
from trainreg.people.rules import AgeBand
from trainreg.programme.queries import get_project
from trainreg.reporting.indicators import Progress

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.mark.parametrize("code", world.PROJECT_CODES)
def test_every_indicator_has_a_target_and_something_is_reached(code: str) -> None:
    told = Progress(get_project(code), with_names=True)
    measured = [figure for line in told.lines for figure in line.figures if figure.target]
    assert {figure.indicator.code for figure in measured} == {one.code for one in told.indicators}
    assert sum(bool(figure.actual) for figure in measured) > len(told.indicators) // 2


def test_copies_are_counted_by_the_agencies_that_received_them() -> None:
    told = Progress(get_project("DEMO-2026"), with_names=False)
    by_code = {one.code: one for one in told.indicators}
    table = told.table(by_code["2.2"], None, (Dimension.AGENCY,))
    codes = told.facts.agency_codes
    shown = {codes.get(key[0]) if isinstance(key[0], int) else None: int(one.sum) for key, one in table.cells.items()}
    assert shown == {"gabp": 80, "mia": 60, "moj": 15, None: 18}
    assert [told.table(by_code[code], None).value for code in ("2.3", "3.2")] == [60, 70]


def test_most_officials_state_an_age_and_some_do_not() -> None:
    people = list(db.session.scalars(db.select(Person.age_band)))
    assert set(people) == set(AgeBand)
    assert 10 < people.count(AgeBand.NOT_STATED) < len(people) / 5


@pytest.mark.parametrize("today", [date(2026, 2, 28) + timedelta(days=40 * number) for number in range(10)])
def test_floating_periods_follow_each_other_within_the_project(today: date) -> None:
    ids = {agency.code: number for number, agency in enumerate(world.agencies())}
    told = read_framework(read_sheet(world.framework("DEMO-2026", today), "framework.csv"), ids)
    project = world.project("DEMO-2026")
    whole = Span(project.starts_on.on(today), project.ends_on.on(today))
    assert all(whole.holds(period.span) for period in told.periods)
    days = [(period.starts_on, period.ends_on) for period in told.periods]
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in pairwise(days))
