"""Every counting rule agrees with counting by hand, over worlds made of chance."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.reporting import again
from tests.reporting.chance import (
    Thrown,
    counting_of,
    dimensions_of,
    question_from,
    questions,
    throws,
    world_from,
    worlds,
)
from tests.reporting.drawn_facts import as_facts
from trainreg.framework.rules import Span
from trainreg.reporting.counting.rules import count
from trainreg.reporting.counting.tables import Table


def by_hand(world: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    return again.count(
        world, question["rule"], question["filters"], question["first"], question["last"], question["by"]
    )


def span_of(question: dict[str, Any]) -> Span | None:
    return Span(question["first"], question["last"]) if question["first"] else None


def assert_same(table: Table, hand: dict[str, Any], agencies: dict[int, int] | None = None) -> None:
    """`agencies`: which number of the world an agency of the product has."""
    place = [str(one) for one in table.dimensions].index("agency") if "agency" in table.dimensions else None

    def plain(key: tuple[Any, ...]) -> tuple[Any, ...]:
        translated = [
            agencies[part] if agencies and number == place and part is not None else part
            for number, part in enumerate(key)
        ]
        return tuple(translated)

    assert tuple(table.total) == hand["total"]
    assert {plain(key): tuple(amount) for key, amount in table.cells.items()} == hand["cells"]
    assert (table.unnamed.sum if table.unnamed else None) == hand["unnamed"]
    assert {plain(key): amount.sum for key, amount in table.unnamed_cells.items()} == hand["unnamed_cells"]
    if table.dimensions:
        assert sum(amount.sum for amount in table.cells.values()) == table.total.sum
        assert sum(amount.of for amount in table.cells.values()) == table.total.of
        assert None in table.parts(0)


@given(world=worlds, question=questions())
@settings(max_examples=150, deadline=None)
def test_it_agrees_with_counting_by_hand(world: dict[str, Any], question: dict[str, Any]) -> None:
    counting = counting_of(question, [0, 1, 2, 3], [0, 1])
    assert_same(count(as_facts(world), counting, span_of(question), dimensions_of(question)), by_hand(world, question))


@pytest.mark.slow
@given(chance=throws)
@settings(max_examples=3_000, deadline=None)
def test_it_agrees_with_counting_very_many_worlds_by_hand(chance: Thrown) -> None:
    world, question = world_from(chance), question_from(chance)
    counting = counting_of(question, [0, 1, 2, 3], [0, 1])
    assert_same(count(as_facts(world), counting, span_of(question), dimensions_of(question)), by_hand(world, question))
