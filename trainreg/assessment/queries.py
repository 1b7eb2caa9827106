"""Read what an event measures: its plan, its questions, its people."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload

from trainreg.assessment.details import NO_PLAN, Plan
from trainreg.assessment.models import AssessmentPlan, TestAnswer, TestAttempt, TestQuestion
from trainreg.assessment.opinions import When
from trainreg.assessment.rules import Occasion, Posed
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus


def find_plan(event_id: int) -> AssessmentPlan | None:
    return db.session.scalar(select(AssessmentPlan).where(AssessmentPlan.event_id == event_id))


def plan_of(event_id: int) -> Plan:
    """What the event measures; one statement."""
    row = find_plan(event_id)
    return NO_PLAN if row is None else plan_from(row)


def plan_from(row: AssessmentPlan) -> Plan:
    """The plan as pages and rules see it."""
    return Plan(
        {Occasion.PRE: row.pre_state, Occasion.POST: row.post_state},
        {When.AFTER: row.after_state, When.FOLLOW_UP: row.follow_up_state},
        row.pass_mark,
        row.needs_evaluation,
        row.follow_up_months,
    )


def list_questions(event_id: int, occasion: Occasion | None = None) -> Sequence[TestQuestion]:
    """The questions that are asked now, of one test or of both, in their order."""
    statement = select(TestQuestion).where(TestQuestion.event_id == event_id, TestQuestion.is_asked)
    if occasion is not None:
        statement = statement.where(TestQuestion.in_pre if occasion is Occasion.PRE else TestQuestion.in_post)
    return db.session.scalars(statement.order_by(TestQuestion.place, TestQuestion.id)).all()


def list_versions(event_id: int) -> Sequence[TestQuestion]:
    """Every version of every question of an event, also those that are asked no more."""
    return db.session.scalars(select(TestQuestion).where(TestQuestion.event_id == event_id)).all()


def get_question(event_id: int, question_id: int) -> TestQuestion:
    """A question of this event that is asked now; raises NotFound."""
    question = db.session.get(TestQuestion, question_id)
    if question is None or question.event_id != event_id or not question.is_asked:
        raise NotFound
    return question


def posed_from(question: TestQuestion) -> Posed:
    """A question as the rules see it."""
    keys = tuple(choice["key"] for choice in question.choices)
    right = frozenset(question.right)
    return Posed(question.id, question.kind, question.points, keys, right, Decimal(question.tolerance))


def answered_ids(event_id: int) -> frozenset[int]:
    """Which questions of an event somebody answered; from then on they are frozen."""
    answered = exists().where(TestAnswer.question_id == TestQuestion.id)
    return frozenset(
        db.session.scalars(select(TestQuestion.id).where(TestQuestion.event_id == event_id, answered)).all()
    )


def is_answered(question_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(TestAnswer.question_id == question_id))))


def list_participants(event_id: int) -> Sequence[Registration]:
    """The confirmed participants of an event, by name: tests and evaluations are for them."""
    statement = (
        select(Registration)
        .join(Registration.person)
        .options(contains_eager(Registration.person), joinedload(Registration.agency))
        .where(
            Registration.event_id == event_id,
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.role == RegistrationRole.PARTICIPANT,
        )
        .order_by(Person.family_name, Person.given_name, Registration.id)
    )
    return db.session.scalars(statement).all()


def list_named(event_id: int, ids: Collection[int]) -> Sequence[Registration]:
    """Registrations of an event by their numbers, whatever became of them; raises NotFound for any other."""
    statement = select(Registration).options(joinedload(Registration.person))
    found = db.session.scalars(statement.where(Registration.event_id == event_id, Registration.id.in_(ids))).all()
    if len(found) != len(set(ids)):
        raise NotFound
    return found


def list_attempts(event_id: int, occasion: Occasion) -> Sequence[TestAttempt]:
    """Everybody's attempt at one test, with the answers."""
    statement = (
        select(TestAttempt)
        .join(TestAttempt.registration)
        .where(Registration.event_id == event_id, TestAttempt.occasion == occasion)
        .options(joinedload(TestAttempt.answers).joinedload(TestAnswer.question))
    )
    return db.session.scalars(statement).unique().all()
