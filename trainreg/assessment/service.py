"""Write the questions of an event's tests, and open and close the tests."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.assessment.details import QuestionDetails
from trainreg.assessment.models import AssessmentPlan, EvaluationItem, TestQuestion
from trainreg.assessment.queries import find_plan, get_question, is_answered, list_questions
from trainreg.assessment.refusals import (
    InNoTest,
    NothingRight,
    NothingToAsk,
    NoWords,
    SeveralRight,
    TooFewToChoose,
    TooManyTestQuestions,
)
from trainreg.assessment.rules import MOST_QUESTIONS, Kind, Occasion, TestState
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.refusals import EventIsCalledOff
from trainreg.events.rules import EventStatus
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language
from trainreg.kernel.tokens import random_letters

audit.describes(
    {
        "test.question_added": _l("Question added to the test: %(question)s"),
        "test.question_edited": _l("Question of the test edited: %(question)s"),
        "test.question_renewed": _l("New version of an answered question of the test: %(question)s"),
        "test.question_removed": _l("Question taken out of the test: %(question)s"),
        "test.opened_pre": _l("Pre-test opened"),
        "test.opened_post": _l("Post-test opened"),
        "test.closed_pre": _l("Pre-test closed"),
        "test.closed_post": _l("Post-test closed"),
        "test.conditions_set": _l("Conditions of the certificate set"),
    }
)

_COPIED = ("place", "kind", "label", "choices", "right", "tolerance", "points", "in_pre", "in_post")


def plan_to_change(event: Event) -> AssessmentPlan:
    """The event's plan under its lock, made where the event measured nothing until now."""
    event = lock_row(Event, event.id)
    if event.status is EventStatus.CANCELLED:
        raise EventIsCalledOff
    known = find_plan(event.id)
    if known is not None:
        return lock_row(AssessmentPlan, known.id)
    plan = AssessmentPlan(event_id=event.id)
    db.session.add(plan)
    db.session.flush()
    return plan


def add_question(event: Event, details: QuestionDetails, *, by: Actor, at: datetime | None = None) -> TestQuestion:
    """Add a question at the end."""
    plan_to_change(event)
    values = _values(details)
    others = list_questions(event.id)
    if len(others) >= MOST_QUESTIONS:
        raise TooManyTestQuestions
    place = max((other.place for other in others), default=0) + 1
    question = TestQuestion(event_id=event.id, series=random_letters(12), version=1, place=place, **values)
    db.session.add(question)
    db.session.flush()
    _note("test.question_added", event, question, by=by, at=at)
    return question


def edit_question(event: Event, question_id: int, details: QuestionDetails, *, by: Actor) -> TestQuestion:
    """Change a question. Once somebody answered it, it stays as it was for them and a new version takes its place.

    So too while a test is open: somebody may have the question before them.
    """
    plan = plan_to_change(event)
    question = get_question(event.id, question_id)
    values = _values(details)
    if all(getattr(question, name) == value for name, value in values.items()):
        return question
    if TestState.OPEN not in {plan.pre_state, plan.post_state} and not is_answered(question.id):
        for name, value in values.items():
            setattr(question, name, value)
        _note("test.question_edited", event, question, by=by)
        return question
    question.is_asked = False
    renewed = TestQuestion(
        event_id=event.id, series=question.series, version=question.version + 1, place=question.place, **values
    )
    db.session.add(renewed)
    db.session.flush()
    _note("test.question_renewed", event, renewed, by=by)
    return renewed


def move_question(event: Event, question_id: int, steps: int, *, by: Actor) -> None:
    """Move a question up (-1) or down (1) among the others."""
    plan_to_change(event)
    questions = list(list_questions(event.id))
    place = questions.index(get_question(event.id, question_id))
    target = place + steps
    if 0 <= target < len(questions):
        questions.insert(target, questions.pop(place))
        for number, question in enumerate(questions, 1):
            question.place = number
        _note("test.question_edited", event, questions[target], by=by)


def remove_question(event: Event, question_id: int, *, by: Actor) -> None:
    """Take a question out. One that somebody answered stays in the results, and is asked no more."""
    plan_to_change(event)
    question = get_question(event.id, question_id)
    _note("test.question_removed", event, question, by=by)
    if is_answered(question.id):
        question.is_asked = False
    else:
        db.session.delete(question)
    db.session.flush()


def set_conditions(event: Event, *, pass_mark: Decimal | None, needs_evaluation: bool, by: Actor) -> None:
    """Say what a certificate asks for beside attendance."""
    plan = plan_to_change(event)
    if (plan.pass_mark, plan.needs_evaluation) != (pass_mark, needs_evaluation):
        plan.pass_mark, plan.needs_evaluation = pass_mark, needs_evaluation
        audit.record("test.conditions_set", event, by=by, project_id=event.project_id)


def open_test(event: Event, occasion: Occasion, *, by: Actor, at: datetime | None = None) -> None:
    """Take answers from telephones from now on; twice is once."""
    plan = plan_to_change(event)
    if not list_questions(event.id, occasion):
        raise NothingToAsk
    if getattr(plan, f"{occasion}_state") is TestState.CLOSED:
        setattr(plan, f"{occasion}_state", TestState.OPEN)
        audit.record(f"test.opened_{occasion}", event, by=by, project_id=event.project_id, at=at)


def copy_assessment(event: Event, copy: Event) -> None:
    """Give the copy of an event the same test and evaluation, closed, and the same conditions."""
    plan = find_plan(event.id)
    if plan is None:
        return
    same = AssessmentPlan(event_id=copy.id, pass_mark=plan.pass_mark, needs_evaluation=plan.needs_evaluation)
    same.follow_up_months = plan.follow_up_months
    db.session.add(same)
    for question in list_questions(event.id):
        values = {name: getattr(question, name) for name in _COPIED}
        db.session.add(TestQuestion(event_id=copy.id, series=random_letters(12), version=1, **values))
    for item in db.session.scalars(select(EvaluationItem).where(EvaluationItem.event_id == event.id)):
        values = {name: getattr(item, name) for name in ("when", "place", "kind", "label")}
        db.session.add(EvaluationItem(event_id=copy.id, **values))
    db.session.flush()


def _values(details: QuestionDetails) -> dict[str, Any]:
    """What is kept of a question, after it was judged."""
    if not any(details.label.values()):
        raise NoWords
    if not (details.in_pre or details.in_post):
        raise InNoTest
    values: dict[str, Any] = {name: getattr(details, name) for name in ("kind", "label", "points", "in_pre", "in_post")}
    values |= {"choices": [], "right": [], "tolerance": "0"}
    if details.kind.has_choices:
        values["choices"], values["right"] = _choices(details)
    elif not details.kind.is_marked_by_hand:
        if not details.right:
            raise NothingRight
        values["right"], values["tolerance"] = list(details.right), str(details.tolerance)
    return values


def _choices(details: QuestionDetails) -> tuple[list[dict[str, Any]], list[str]]:
    """The choices with a key each, and the right ones; raises a refusal."""
    if len(details.choices) < 2:
        raise TooFewToChoose
    choices, right = [], []
    for number, (label, is_right) in enumerate(details.choices, 1):
        choices.append({"key": f"c{number}", "label": label})
        if is_right:
            right.append(f"c{number}")
    _ensure_right(details.kind, right)
    return choices, right


def _ensure_right(kind: Kind, right: Sequence[str]) -> None:
    if not right:
        raise NothingRight
    if kind is Kind.ONE_CHOICE and len(right) > 1:
        raise SeveralRight


def _note(action: str, event: Event, question: TestQuestion, *, by: Actor, at: datetime | None = None) -> None:
    label = in_language(question.label, DEFAULT_LANGUAGE)
    audit.record(action, event, by=by, project_id=event.project_id, at=at, question=label)
