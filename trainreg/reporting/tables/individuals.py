"""Rows about individuals, without names, contacts or free text: a pseudonym, and what was stated in codes."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import Integer, cast, func, select

from trainreg.agencies.models import Agency
from trainreg.assessment.models import TestAnswer, TestAttempt, TestQuestion
from trainreg.attendance.models import Attendance, UnnamedAttendance
from trainreg.certificates.models import Certificate
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.registration.models import Registration
from trainreg.reporting.tables.facts import Row, of_project, streamed
from trainreg.reporting.tables.scope import Scope

_HUNDREDTHS = 100


def registrations(scope: Scope) -> Iterator[Row]:
    statement = (
        select(
            *(Registration.id, Registration.person_id, Event.slug, Registration.role, Registration.status),
            *(Registration.sex, Agency.code, Registration.level, Registration.age_band, Registration.province),
            Registration.group,
        )
        .join(Event, Event.id == Registration.event_id)
        .join(Agency, Agency.id == Registration.agency_id)
        .where(*of_project(scope))
        .order_by(Registration.id)
    )
    for sequence, (key, person_id, *told) in enumerate(streamed(statement), 1):
        yield scope.registration_key(key), scope.person_key(person_id), sequence, *told


def attendance(scope: Scope) -> Iterator[Row]:
    """Only marks at sessions of the registration's own event: others, left by a move, count nowhere."""
    statement = (
        select(Attendance.registration_id, Attendance.session_id, Attendance.state)
        .join(Registration, Registration.id == Attendance.registration_id)
        .join(Session, (Session.id == Attendance.session_id) & (Session.event_id == Registration.event_id))
        .join(Event, Event.id == Registration.event_id)
        .where(*of_project(scope))
        .order_by(Attendance.registration_id, Attendance.session_id)
    )
    for key, session_id, state in streamed(statement):
        yield scope.registration_key(key), session_id, state


def completions(scope: Scope) -> Iterator[Row]:
    for visit in sorted(scope.told.facts.visits, key=lambda one: one.who.registration_id):
        if visit.is_complete:
            yield (scope.registration_key(visit.who.registration_id),)


def certificates(scope: Scope) -> Iterator[Row]:
    columns = (Certificate.registration_id, Certificate.kind, Certificate.edition, Certificate.state)
    statement = (
        select(*columns, Certificate.issued_at, Certificate.valid_until)
        .join(Registration, Registration.id == Certificate.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .where(*of_project(scope))
        .order_by(Certificate.registration_id, Certificate.kind, Certificate.edition)
    )
    for key, kind, edition, state, issued_at, valid_until in streamed(statement):
        day = clock.local(issued_at, scope.project.timezone).date()
        yield scope.registration_key(key), kind, edition, state, day, valid_until


def tests(scope: Scope) -> Iterator[Row]:
    points = func.sum(cast(func.round(TestAnswer.points * _HUNDREDTHS), Integer))
    statement = (
        select(TestAttempt.registration_id, TestAttempt.occasion, points, func.sum(TestQuestion.points))
        .join(TestAnswer, TestAnswer.attempt_id == TestAttempt.id)
        .join(TestQuestion, TestQuestion.id == TestAnswer.question_id)
        .join(Registration, Registration.id == TestAttempt.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .where(*of_project(scope), TestAttempt.handed_in_at.is_not(None))
        .group_by(TestAttempt.registration_id, TestAttempt.occasion)
        .having(func.count().filter(TestAnswer.points.is_(None)) == 0)
        .order_by(TestAttempt.registration_id, TestAttempt.occasion)
    )
    for key, occasion, hundredths, most in streamed(statement):
        yield scope.registration_key(key), occasion, Decimal(int(hundredths)) / _HUNDREDTHS, most


def unnamed_attendance(scope: Scope) -> Iterator[Row]:
    statement = (
        select(
            *(UnnamedAttendance.session_id, Agency.code, UnnamedAttendance.sex, UnnamedAttendance.level),
            UnnamedAttendance.people,
        )
        .join(Session, Session.id == UnnamedAttendance.session_id)
        .join(Event, Event.id == Session.event_id)
        .outerjoin(Agency, Agency.id == UnnamedAttendance.agency_id)
        .where(*of_project(scope))
        .order_by(UnnamedAttendance.session_id, UnnamedAttendance.id)
    )
    yield from streamed(statement)
