"""The product's own figures of the reference project read as the factsheet does."""

from decimal import Decimal

import pytest

from trainreg.people.rules import Sex
from trainreg.programme.queries import find_project
from trainreg.reporting.figures import ProjectFigures, figures_of
from trainreg.reporting.rules import Measure

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture
def counted(loaded: object) -> ProjectFigures:
    project = find_project("MN-2012")
    assert project is not None
    return figures_of(project)


def test_the_total_reads_147_attendances_by_113_officials_on_224_person_days(counted: ProjectFigures) -> None:
    assert [counted.total.of(measure).total for measure in Measure] == [147, 113, 224]


def test_each_outcome_counts_the_event_that_serves_it(counted: ProjectFigures) -> None:
    figures = [[part.of(measure).total for measure in Measure] for part in counted.by_outcome.values()]
    assert figures == [[42, 42, 84], [20, 20, 10], [35, 35, 105], [50, 50, 25], [0, 0, 0]]


def test_cells_add_up_to_the_total(counted: ProjectFigures) -> None:
    for measure in Measure:
        part = counted.total.of(measure)
        assert sum(part.by_sex.values(), Decimal(0)) == part.total
        assert sum(part.by_agency.values(), Decimal(0)) == part.total


def test_officials_by_sex(counted: ProjectFigures) -> None:
    by_sex = counted.total.of(Measure.PERSONS).by_sex
    assert (by_sex[Sex.FEMALE], by_sex[Sex.MALE], by_sex[Sex.NOT_STATED]) == (57, 52, 4)


def test_four_events_three_translations_one_assessment(counted: ProjectFigures) -> None:
    assert counted.events_held == 4
    assert (counted.products.translated, counted.products.assessments) == (3, 1)
