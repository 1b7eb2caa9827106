"""Sit a test: every press saves, the same press twice is one, and what is handed in stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainreg.assessment.models import AssessmentPlan, TestAnswer, TestAttempt, TestQuestion
from trainreg.assessment.queries import list_attempts, list_questions, posed_from
from trainreg.assessment.refusals import (
    AlreadyHandedIn,
    NotAnAnswer,
    NotForYou,
    NothingAnswered,
    QuestionChanged,
    TestIsClosed,
)
from trainreg.assessment.rules import Occasion, Source, Stored, TestState, may_take, score
from trainreg.assessment.service import plan_to_change
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus


@dataclass(frozen=True)
class Step:
    """One question of somebody's test, and what they answered; `is_answered` also when it was left empty on purpose."""

    question: TestQuestion
    value: Stored
    is_answered: bool


@dataclass(frozen=True)
class Sitting:
    """Somebody's test as it stands."""

    occasion: Occasion
    steps: Sequence[Step]
    is_handed_in: bool

    @property
    def answered(self) -> int:
        return sum(step.is_answered for step in self.steps)

    @property
    def next_place(self) -> int | None:
        """The first question without an answer, counted from 1."""
        return next((place for place, step in enumerate(self.steps, 1) if not step.is_answered), None)


def may_sit(registration: Registration) -> bool:
    """Whether tests and evaluations are for this person."""
    return (
        registration.status is RegistrationStatus.CONFIRMED
        and registration.role is RegistrationRole.PARTICIPANT
        and registration.event.status is not EventStatus.CANCELLED
    )


def find_attempt(registration_id: int, occasion: Occasion) -> TestAttempt | None:
    statement = (
        select(TestAttempt)
        .where(TestAttempt.registration_id == registration_id, TestAttempt.occasion == occasion)
        .options(selectinload(TestAttempt.answers).joinedload(TestAnswer.question))
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(statement)


def sitting_of(registration: Registration, occasion: Occasion) -> Sitting:
    """The test as this person sees it: answered questions as they were answered, the others as they are asked now."""
    attempt = find_attempt(registration.id, occasion)
    if attempt is not None and attempt.handed_in_at is not None:
        return Sitting(occasion, _steps([], attempt), True)
    return Sitting(occasion, _steps(list_questions(registration.event_id, occasion), attempt), False)


def _steps(asked: Sequence[TestQuestion], attempt: TestAttempt | None) -> list[Step]:
    given = {answer.question.series: answer for answer in (attempt.answers if attempt is not None else ())}
    steps = [Step(answer.question, answer.value, True) for answer in given.values()]
    steps += [Step(question, None, False) for question in asked if question.series not in given]
    return sorted(steps, key=lambda step: (step.question.place, step.question.id))


def save_answer(registration: Registration, occasion: Occasion, question_id: int, value: Stored) -> None:
    """Keep one answer; raises a refusal when the test is closed, handed in, or asks this question no more."""
    registration = _enter(registration, occasion)
    attempt = find_attempt(registration.id, occasion)
    if attempt is not None and attempt.handed_in_at is not None:
        raise AlreadyHandedIn
    steps = _steps(list_questions(registration.event_id, occasion), attempt)
    question = next((step.question for step in steps if step.question.id == question_id), None)
    if question is None:
        raise QuestionChanged
    if not may_take(posed_from(question), value):
        raise NotAnAnswer
    put_answer(attempt or _begin(registration, occasion, Source.PHONE), question, value)
    db.session.flush()


def hand_in(registration: Registration, occasion: Occasion) -> None:
    """Hand the test in; twice is once."""
    registration = _enter(registration, occasion)
    attempt = find_attempt(registration.id, occasion)
    if attempt is None or not attempt.answers:
        raise NothingAnswered
    if attempt.handed_in_at is None:
        complete(attempt, list_questions(registration.event_id, occasion), at=clock.now())


def close_test(event: Event, occasion: Occasion, *, by: Actor, at: datetime | None = None) -> None:
    """Take no more answers; what was saved and never handed in counts as it is. Twice is once."""
    plan = plan_to_change(event)
    if getattr(plan, f"{occasion}_state") is TestState.CLOSED:
        return
    setattr(plan, f"{occasion}_state", TestState.CLOSED)
    asked = list_questions(event.id, occasion)
    for attempt in list_attempts(event.id, occasion):
        if attempt.handed_in_at is None:
            complete(attempt, asked, at=at or clock.now())
    audit.record(f"test.closed_{occasion}", event, by=by, project_id=event.project_id, at=at)


def complete(attempt: TestAttempt, asked: Sequence[TestQuestion], *, at: datetime) -> None:
    """Hand in: a question without an answer is worth nothing, and counts among those asked."""
    given = {answer.question.series for answer in attempt.answers}
    for question in asked:
        if question.series not in given:
            put_answer(attempt, question, None)
    attempt.handed_in_at = at
    db.session.flush()


def put_answer(attempt: TestAttempt, question: TestQuestion, value: Stored) -> None:
    """Write one answer of an attempt over the one before; a mark given by hand stays while the words do."""
    known = next((answer for answer in attempt.answers if answer.question_id == question.id), None)
    if known is None:
        points = score(posed_from(question), value)
        attempt.answers.append(TestAnswer(question_id=question.id, question=question, value=value, points=points))
    elif known.value != value:
        known.value, known.points, known.marked_by_id = value, score(posed_from(question), value), None


def _begin(registration: Registration, occasion: Occasion, source: Source) -> TestAttempt:
    attempt = TestAttempt(
        registration_id=registration.id, occasion=occasion, source=source, started_at=clock.now(), answers=[]
    )
    db.session.add(attempt)
    return attempt


def _enter(registration: Registration, occasion: Occasion) -> Registration:
    """Hold the plan as it is (questions and state) and the person's own row; raises a refusal."""
    plan = db.session.scalar(
        select(AssessmentPlan)
        .where(AssessmentPlan.event_id == registration.event_id)
        .with_for_update(read=True)  # two telephones need not wait for each other, only for whoever edits
        .execution_options(populate_existing=True)
    )
    registration = lock_row(Registration, registration.id)
    if not may_sit(registration):
        raise NotForYou
    if plan is None or getattr(plan, f"{occasion}_state") is not TestState.OPEN:
        raise TestIsClosed
    return registration
