"""By province, by two things, and step by step: the project's page agrees with counting by hand, whatever happened."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.reporting import again
from tests.reporting.chance import NOW, worlds
from tests.reporting.stories import Story, actions
from trainreg.framework.rules import Span
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.reporting.figures import ProjectFigures, figures_of
from trainreg.reporting.rules import Figures, Measure

SHARED: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
RULES = {Measure.ATTENDANCES: "attendances", Measure.PERSONS: "unique_persons", Measure.PERSON_DAYS: "person_days"}


def counted(story: Story, periods: tuple[tuple[Span, str], ...] = ()) -> ProjectFigures:
    db.session.flush()
    db.session.expire_all()
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        return figures_of(story.project, periods=periods)


def by_hand(story: Story, measure: Measure, by: tuple[str, ...]) -> dict[Any, Fraction]:
    told = again.count(story.world, RULES[measure], {}, None, None, by)
    return {key: amount for key, (amount, _of) in told["cells"].items() if amount}


def assert_parts_agree(story: Story, total: Figures) -> None:
    agencies = {agency.id: number for number, agency in enumerate(story.agencies)}
    sexes = {sex: None if sex is Sex.NOT_STATED else sex.value for sex in Sex}
    for measure in Measure:
        figures = total.of(measure)
        provinces = {(key,): Fraction(value) for key, value in figures.by_province.items() if value}
        assert provinces == by_hand(story, measure, ("province",))
        crossed = {(key, sexes[sex]): Fraction(value) for (key, sex), value in figures.province_by_sex.items() if value}
        assert crossed == by_hand(story, measure, ("province", "sex"))
        crossed = {
            (agencies[key or 0], sexes[sex]): Fraction(value)
            for (key, sex), value in figures.agency_by_sex.items()
            if value
        }
        assert crossed == by_hand(story, measure, ("agency", "sex"))
        assert None in figures.by_province
        assert sum(figures.by_province.values()) == figures.total == sum(figures.province_by_sex.values())


def assert_course_agrees(story: Story, figures: ProjectFigures) -> None:
    for step in figures.course.steps:
        until = [
            again.count(story.world, rule, {}, None, step.span.last, ())["total"][1]
            for rule in ("attendances", "unique_persons")
        ]
        assert [step.attendances, step.persons] == until
    total = (figures.total.attendances.total, figures.total.persons.total)
    assert not total[0] or figures.course.steps[-1][2:] == total


def agree(told: Any, happened: list[tuple[Any, ...]]) -> None:
    story = Story.of(told)
    for action in [None, *happened]:
        if action is not None:
            story.act(action)
        figures = counted(story)
        assert_parts_agree(story, figures.total)
        assert_course_agrees(story, figures)
    days = [NOW.date() + timedelta(days=number) for number in (-31, -30, -28, -27, -1, 0, 90)]
    periods = ((Span(days[0], days[1]), "1"), (Span(days[2], days[3]), "2"), (Span(days[4], days[6]), "3"))
    assert_course_agrees(story, counted(story, periods))


@pytest.mark.slow
@given(told=worlds, happened=st.lists(actions, max_size=3))
@settings(max_examples=12, **SHARED)
def test_it_agrees_with_counting_by_hand(session: Session, told: Any, happened: Any) -> None:
    agree(told, happened)


@pytest.mark.slow
@given(told=worlds, happened=st.lists(actions, max_size=5))
@settings(max_examples=200, **SHARED)
def test_it_agrees_with_counting_many_worlds_by_hand(session: Session, told: Any, happened: Any) -> None:
    agree(told, happened)
