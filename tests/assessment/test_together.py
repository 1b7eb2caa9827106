"""Many telephones at once, each with a database connection of its own: nothing twice, nothing lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.applications import application
from tests.assessment.sitting import link_to
from tests.world import World
from trainreg.assessment.models import EvaluationHandedIn, EvaluationSheet, TestAnswer, TestAttempt
from trainreg.assessment.opinions import EvaluationState
from trainreg.assessment.rules import TestState
from trainreg.kernel.db import Base, db

TOGETHER = 8


@pytest.fixture
def separate_app(tmp_path: Path) -> Iterator[Flask]:
    """As everywhere, without form tokens: eight threads press at once."""
    with application(tmp_path, WTF_CSRF_ENABLED=False) as app:
        yield app


def all_press(app: Flask, press: Callable[[int], tuple[str, dict[str, str]]]) -> list[int]:
    """What eight telephones get that press at the same moment."""
    barrier = Barrier(TOGETHER)

    def one(number: int) -> int:
        address, body = press(number)
        barrier.wait()
        return app.test_client().post(address, data=body).status_code

    with ThreadPoolExecutor(TOGETHER) as threads:
        return list(threads.map(one, range(TOGETHER)))


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.slow
@pytest.mark.parametrize("same", [True, False], ids=["one person eight times", "eight people"])
def test_evaluations_handed_in_at_once(separate_app: Flask, same: bool) -> None:
    with separate_app.app_context():
        world = World.create()
        make.plan(world.event, after_state=EvaluationState.OPEN)
        item = make.evaluation_item(world.event)
        people = [make.registration(world.event) for _number in range(1 if same else TOGETHER)]
        db.session.commit()
        addresses = [link_to(who, "/evaluation/after") for who in people] * (TOGETHER if same else 1)
        field = f"i{item.id}"
    assert all_press(separate_app, lambda n: (addresses[n], {field: str(n % 5 + 1)})) == [303] * TOGETHER
    with separate_app.app_context():
        assert count(EvaluationSheet) == count(EvaluationHandedIn) == (1 if same else TOGETHER)


@pytest.mark.slow
@pytest.mark.parametrize("same", [True, False], ids=["one answer eight times", "eight people"])
def test_answers_at_once(separate_app: Flask, same: bool) -> None:
    with separate_app.app_context():
        world = World.create()
        make.plan(world.event, pre_state=TestState.OPEN)
        question = make.posed(world.event)
        people = [make.registration(world.event) for _number in range(1 if same else TOGETHER)]
        db.session.commit()
        addresses = [link_to(who, "/pre/1") for who in people] * (TOGETHER if same else 1)
        body = {"question": str(question.id), "answer": "c1"}
    assert all_press(separate_app, lambda n: (addresses[n], body)) == [303] * TOGETHER
    with separate_app.app_context():
        assert count(TestAttempt) == count(TestAnswer) == (1 if same else TOGETHER)


@pytest.mark.slow
def test_handing_in_at_once_is_one_test(separate_app: Flask) -> None:
    with separate_app.app_context():
        world = World.create()
        make.plan(world.event, pre_state=TestState.OPEN)
        questions = [make.posed(world.event) for _number in range(3)]
        who = make.registration(world.event)
        db.session.commit()
        address, first = link_to(who, "/pre"), questions[0].id
    separate_app.test_client().post(f"{address}/1", data={"question": str(first), "answer": "c1"})
    assert all_press(separate_app, lambda _n: (f"{address}/hand-in", {})) == [303] * TOGETHER
    with separate_app.app_context():
        assert count(TestAttempt) == 1 and count(TestAnswer) == 3
