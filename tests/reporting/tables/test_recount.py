"""The tables suffice: every indicator can be counted again from the files alone, by code that shares nothing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
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
from tests.reporting.tables.fetched import Package
from tests.reporting.tables.recounted import world_of
from tests.reporting.test_counting_database import SHARED
from tests.reporting.test_counting_rules import assert_same, span_of
from trainreg.kernel.db import db
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.counting.rules import count


def agree(told: Any, asked: list[dict[str, Any]], happened: list[tuple[Any, ...]]) -> None:
    story = Story.of(told)
    for action in happened:
        story.act(action)
    db.session.flush()
    db.session.expire_all()
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        facts, package = facts_of(story.project), Package.of(story.project)
    world = world_of(package, NOW)
    codes = {agency.id: agency.code for agency in story.agencies}
    for question in asked:
        counting = counting_of(question, [one.id for one in story.agencies], [one.id for one in story.outcomes])
        table = count(facts, counting, span_of(question), dimensions_of(question))
        assert_same(table, _by_hand(world, question, story), codes)  # type: ignore[arg-type]
    done = {row["registration_key"] for row in package.read("completions")}
    assert len(done) == sum(visit.is_complete for visit in facts.visits)


def _by_hand(world: Any, question: dict[str, Any], story: Story) -> dict[str, Any]:
    """Agencies and outcomes as the tables name them: by their codes and numbers."""
    filters = dict(question["filters"])
    if "agencies" in filters:
        filters["agencies"] = [story.agencies[one].code for one in filters["agencies"]]
    if "outcome" in filters:
        filters["outcome"] += 1
    return again.count(world, question["rule"], filters, question["first"], question["last"], question["by"])


@pytest.mark.slow
@given(told=worlds, asked=st.lists(questions(), min_size=3, max_size=8), happened=st.lists(actions, max_size=4))
@settings(max_examples=8, **SHARED)
def test_every_rule_is_counted_again_from_the_tables(session: Session, told: Any, asked: Any, happened: Any) -> None:
    agree(told, asked, happened)


@pytest.mark.slow
@given(chance=throws, happened=st.lists(actions, max_size=6))
@settings(max_examples=200, **SHARED)
def test_many_worlds_are_counted_again_from_the_tables(session: Session, chance: Thrown, happened: Any) -> None:
    agree(world_from(chance), [question_from(chance) for _one in range(chance.number(5, 12))], happened)
