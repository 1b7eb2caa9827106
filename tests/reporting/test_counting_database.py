"""The figures counted from the database agree with counting by hand, whatever happened to its rows."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.reporting import again
from tests.reporting.chance import (
    NOW,
    Thrown,
    counting_of,
    dimensions_of,
    question_from,
    questions,
    throws,
    world_from,
    worlds,
)
from tests.reporting.stories import Story, actions
from tests.reporting.test_counting_rules import assert_same, by_hand, span_of
from trainreg.kernel.db import db
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.counting.rules import count

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


def ask(story: Story, asked: list[dict[str, Any]]) -> None:
    db.session.flush()
    db.session.expire_all()
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        facts = facts_of(story.project)
    agencies = {agency.id: number for number, agency in enumerate(story.agencies)}
    for question in asked:
        counting = counting_of(question, [one.id for one in story.agencies], [outcome.id for outcome in story.outcomes])
        table = count(facts, counting, span_of(question), dimensions_of(question))
        assert_same(table, by_hand(story.world, question), agencies)


def agree(told: Any, asked: list[dict[str, Any]], happened: list[tuple[Any, ...]]) -> None:
    story = Story.of(told)
    ask(story, asked)
    for action in happened:
        story.act(action)
    ask(story, asked)


@pytest.mark.slow
@given(told=worlds, asked=st.lists(questions(), min_size=3, max_size=8), happened=st.lists(actions, max_size=4))
@settings(max_examples=12, **SHARED)
def test_it_agrees_with_counting_by_hand(session: Session, told: Any, asked: Any, happened: Any) -> None:
    agree(told, asked, happened)


@pytest.mark.slow
@given(chance=throws, happened=st.lists(actions, max_size=6))
@settings(max_examples=250, **SHARED)
def test_it_agrees_with_counting_many_worlds_by_hand(session: Session, chance: Thrown, happened: Any) -> None:
    agree(world_from(chance), [question_from(chance) for _one in range(chance.number(5, 12))], happened)


def test_the_day_is_that_of_the_place(session: Session) -> None:
    """At four in the afternoon in Greenwich it is tomorrow in Ulaanbaatar."""
    assert again.day_of(NOW.replace(hour=16)) == NOW.date() + timedelta(days=1)
