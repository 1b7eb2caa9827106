"""The questions of a test: written on one page, frozen once answered, copied with the event."""

from typing import Any

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.assessment.sitting import give
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.assessment import service
from trainreg.assessment.details import QuestionDetails
from trainreg.assessment.models import AssessmentPlan, TestAnswer, TestQuestion
from trainreg.assessment.queries import list_questions
from trainreg.assessment.rules import Kind, Occasion, TestState
from trainreg.events.models import Event
from trainreg.events.service import copy_event
from trainreg.kernel.db import db

CHOICES = {
    "choices-0-label_en": "Ulaanbaatar",
    "choices-0-is_right": "y",
    "choices-1-label_en": "Darkhan",
    "choices-1-label_mn": "Дархан",
}
SAID = {"label_en": "Which is the capital?", "points": "2", "in_pre": "y", "in_post": "y"}


def address(world: World, kind: str) -> str:
    return f"/desk/events/{world.event.slug}/tests/questions/new?kind={kind}"


@pytest.mark.parametrize(
    ("kind", "typed", "right"),
    [
        ("one_choice", CHOICES, ["c1"]),
        ("several_choices", CHOICES | {"choices-1-is_right": "y"}, ["c1", "c2"]),
        ("true_false", {"is_true": "y"}, ["true"]),
        ("true_false", {}, ["false"]),
        ("number", {"number": "1 206", "tolerance": "0,5"}, ["1206"]),
        ("short_text", {}, []),
    ],
)
def test_a_question_of_each_kind(
    pages: Pages, world: World, kind: str, typed: dict[str, str], right: list[str]
) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(address(world, kind), SAID | typed)
    assert page.status == 303
    assert "Which is the capital?" in pages.follow(page).text
    [question] = list_questions(world.event.id)
    assert (question.kind, question.right, question.points) == (Kind(kind), right, 2)


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("one_choice", CHOICES | {"choices-1-is_right": "y"}, "Only one choice can be right"),
        ("one_choice", {"choices-0-label_en": "Only one"}, "at least two choices"),
        ("several_choices", {**CHOICES, "choices-0-is_right": ""}, "which answer is right"),
        ("number", {"number": ""}, "which answer is right"),
        ("number", {"number": "many"}, "Write a number in digits"),
        ("number", {"number": "4", "tolerance": "-1"}, "how far off"),
        ("true_false", {"label_en": " "}, "at least one language"),
        ("true_false", {"points": "0"}, "from 1 to 100"),
        ("true_false", {"points": "1000"}, "from 1 to 100"),
        ("true_false", {"in_pre": "", "in_post": ""}, "in which test"),
    ],
)
def test_bad_questions_are_refused(pages: Pages, world: World, kind: str, typed: dict[str, str], sentence: str) -> None:
    pages.sign_in(world.organizer)
    body = {name: text for name, text in (SAID | typed).items() if text}
    page = pages.post(address(world, kind), body)
    assert page.status == 422 and sentence in page.text
    assert list_questions(world.event.id) == []


def test_an_answered_question_gets_a_new_version(pages: Pages, world: World) -> None:
    make.plan(world.event, pre_state=TestState.OPEN)
    question = make.posed(world.event, right=1)
    who = make.registration(world.event, world.bolor)
    db.session.commit()
    give(pages, who, 1, "c1")
    pages.sign_in(world.organizer)
    edit = f"/desk/events/{world.event.slug}/tests/questions/{question.id}"
    assert "new version" in pages.get(edit).text
    assert pages.post(edit, SAID | CHOICES).status == 303
    db.session.expire_all()
    [current] = list_questions(world.event.id)
    assert (current.series, current.version, current.id != question.id) == (question.series, 2, True)
    answer = db.session.scalars(select(TestAnswer)).one()
    assert answer.question_id == question.id and answer.question.right == ["c1"], "old answers keep what they answered"
    assert pages.get(edit).status == 404, "the old version is not edited any more"


def test_an_answered_question_that_is_removed_stays_in_the_results(pages: Pages, world: World) -> None:
    make.plan(world.event, pre_state=TestState.OPEN)
    asked, fresh = make.posed(world.event), make.posed(world.event)
    who = make.registration(world.event, world.bolor)
    db.session.commit()
    give(pages, who, 1, "c1")
    pages.sign_in(world.organizer)
    for question in (asked, fresh):
        address = f"/desk/events/{world.event.slug}/tests/questions/{question.id}/do"
        assert pages.post(address, {"action": "remove"}).status == 303
    db.session.expire_all()
    assert db.session.scalars(select(TestQuestion.id)).all() == [asked.id]
    assert list_questions(world.event.id) == []


def test_questions_move(pages: Pages, world: World) -> None:
    first, second = make.posed(world.event), make.posed(world.event)
    make.plan(world.event)
    db.session.commit()
    pages.sign_in(world.organizer)
    pages.post(f"/desk/events/{world.event.slug}/tests/questions/{second.id}/do", {"action": "up"})
    assert [question.id for question in list_questions(world.event.id)] == [second.id, first.id]


def test_a_copy_of_the_event_takes_the_test_along(world: World) -> None:
    details = QuestionDetails(kind=Kind.TRUE_FALSE, label={"en": "The earth is round"}, right=("true",), in_pre=False)
    service.add_question(world.event, details, by=STAFF)
    service.open_test(world.event, Occasion.POST, by=STAFF)
    service.set_conditions(world.event, pass_mark=None, needs_evaluation=True, by=STAFF)
    copy: Event = copy_event(world.event, by=STAFF)
    db.session.flush()
    [question] = list_questions(copy.id)
    plan = db.session.scalars(select(AssessmentPlan).where(AssessmentPlan.event_id == copy.id)).one()
    assert (question.label, question.in_pre, question.right) == ({"en": "The earth is round"}, False, ["true"])
    assert plan.post_state is TestState.CLOSED and plan.needs_evaluation


@pytest.mark.parametrize(("typed", "kept"), [("70", "0.700"), ("", "None")])
def test_the_conditions_of_the_certificate(pages: Pages, world: World, typed: str, kept: str) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(f"/desk/events/{world.event.slug}/tests/conditions", {"pass_mark": typed})
    assert page.status == 303
    assert str(db.session.scalars(select(AssessmentPlan)).one().pass_mark) == kept
    page = pages.post(f"/desk/events/{world.event.slug}/tests/conditions", {"pass_mark": "101"})
    assert page.status == 422 and "from 1 to 100" in page.text


def test_a_test_without_questions_does_not_open(pages: Pages, world: World) -> None:
    pages.sign_in(world.trainer)
    body: dict[str, Any] = {"occasion": "pre", "action": "open"}
    page = pages.post(f"/desk/events/{world.event.slug}/tests/state", body)
    assert page.status == 409 and "no question" in page.text
    assert pages.post(f"/desk/events/{world.event.slug}/tests/state", body | {"occasion": "x"}).status == 404
