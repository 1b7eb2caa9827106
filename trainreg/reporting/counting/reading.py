"""Read what a project's figures are counted from: a fixed number of statements, whatever they ask."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import Integer, String, case, cast, func, select, type_coerce

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import below
from trainreg.assessment.models import TestAnswer, TestAttempt, TestQuestion
from trainreg.assessment.rules import Occasion as TestOccasion
from trainreg.attendance.models import Attendance, UnnamedAttendance
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.events.models import Event, EventOutcome, Session
from trainreg.events.rules import EventKind, EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.programme.models import Project
from trainreg.publications.models import Publication
from trainreg.publications.queries import list_publications_of
from trainreg.registration.models import Registration
from trainreg.reporting.counting.completion import complete_at
from trainreg.reporting.counting.facts import (
    Block,
    Crowd,
    Facts,
    Handed,
    Learning,
    Occasion,
    Paper,
    Product,
    Visit,
    Who,
)
from trainreg.reporting.rules import COUNTED_SESSIONS, COUNTED_STATES, COUNTED_STATUS, NOT_COUNTED_EVENTS, is_held

_MINUTE = timedelta(minutes=1)
_STANDING = (CertificateState.ISSUED, CertificateState.EXPIRED)
_HUNDREDTHS = 100


def facts_of(project: Project, publications: Iterable[Publication] | None = None) -> Facts:
    """Everything that any rule counts in this project. `publications`: its own, where they were read already."""
    blocks, people = _blocks(project.id), _people(project.id)
    is_complete = complete_at(project.id, blocks.values())
    agencies = db.session.execute(select(Agency.id, Agency.parent_id, Agency.code)).all()
    parents = {agency_id: parent_id for agency_id, parent_id, _code in agencies}
    return Facts(
        occasions=_occasions(project.id, blocks.values()),
        visits=[
            Visit(people[key], tuple(own), is_complete(people[key], own))
            for key, own in _attended(project.id, people, blocks).items()
        ],
        papers=_papers(project),
        learning=_learning(project.id, people),
        crowds=_crowds(project.id, blocks),
        products=_products(list_publications_of(project.id) if publications is None else publications),
        below=lambda ids: below(ids, parents),
        agency_codes={agency_id: code for agency_id, _parent, code in agencies},
    )


def visits_of(project: Project) -> Facts:
    """Who came to what, and nothing else: enough for attendances, persons and person-days."""
    blocks, people = _blocks(project.id), _people(project.id)
    attended = _attended(project.id, people, blocks)
    visits = [Visit(people[key], tuple(own)) for key, own in attended.items()]
    return Facts(occasions=_occasions(project.id, blocks.values()), visits=visits)


def _blocks(project_id: int) -> dict[int, Block]:
    statement = (
        select(
            *(Session.id, Session.event_id, Session.timezone, Session.starts_at, Session.ends_at, Session.day_share),
        )
        .join(Event)
        .where(
            Event.project_id == project_id,
            Event.status != NOT_COUNTED_EVENTS,
            Session.status == COUNTED_SESSIONS,
        )
    )
    return {
        key: Block(
            key,
            event_id,
            clock.local(starts_at, timezone).date(),
            starts_at,
            round(share * 1000),
            (ends_at - starts_at) // _MINUTE,
        )
        for key, event_id, timezone, starts_at, ends_at, share in db.session.execute(statement)
    }


def _occasions(project_id: int, blocks: Iterable[Block]) -> dict[int, Occasion]:
    of_event: dict[int, list[Block]] = {}
    for block in blocks:
        of_event.setdefault(block.event_id, []).append(block)
    told: dict[int, tuple[EventKind, EventStatus]] = {}
    serving: dict[int, set[int]] = {}
    statement = (
        select(Event.id, Event.kind, Event.status, EventOutcome.outcome_id)
        .outerjoin(EventOutcome, EventOutcome.event_id == Event.id)
        .where(Event.project_id == project_id)
    )
    for event_id, kind, status, outcome_id in db.session.execute(statement):
        told[event_id] = (kind, status)
        serving.setdefault(event_id, set()).add(outcome_id)
    now = clock.now()
    found = {}
    for event_id, (kind, status) in told.items():
        own = of_event.get(event_id, [])
        starts_at: datetime | None = min((block.starts_at for block in own), default=None)
        found[event_id] = Occasion(
            event_id,
            kind.value,
            frozenset(serving[event_id] - {None}),
            is_held(status, starts_at=starts_at, now=now),
            min((block.day for block in own), default=None),
            max((block.day for block in own), default=None),
        )
    return found


def _people(project_id: int) -> dict[int, Who]:
    """Snapshots as bare words: thousands of rows, and no enum to be made of each."""
    statement = (
        select(*_SNAPSHOT)
        .join(Event)
        .where(
            Event.project_id == project_id,
            Event.status != NOT_COUNTED_EVENTS,
            Registration.status == COUNTED_STATUS,
        )
    )
    return {row[0]: _who(row) for row in db.session.execute(statement)}


_SNAPSHOT: tuple[Any, ...] = (
    *(Registration.id, Registration.person_id, Registration.event_id, type_coerce(Registration.role, String)),
    *(type_coerce(Registration.sex, String), Registration.agency_id, type_coerce(Registration.level, String)),
    *(Registration.province, type_coerce(Registration.age_band, String), Registration.group),
)


def _who(row: Any) -> Who:
    key, person_id, event_id, role, sex, agency_id, level, province, age_band, group = row
    return Who(
        key,
        person_id,
        event_id,
        role,
        _stated(sex),
        agency_id,
        _stated(level),
        province or None,
        _stated(age_band),
        group or None,
    )


def _stated(code: str | None) -> str | None:
    return None if code == "not_stated" else code


def _attended(project_id: int, people: Mapping[int, Who], blocks: Mapping[int, Block]) -> dict[int, list[Block]]:
    """What each registration attended of its event, where it attended something."""
    rows = db.session.execute(
        select(Attendance.registration_id, Attendance.session_id)
        .join(Registration, Registration.id == Attendance.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .where(
            Event.project_id == project_id,
            Registration.status == COUNTED_STATUS,
            Attendance.state.in_(COUNTED_STATES),
        )
    )
    attended: dict[int, list[Block]] = {}
    for registration_id, session_id in rows:
        who, block = people.get(registration_id), blocks.get(session_id)
        if who is not None and block is not None and block.event_id == who.event_id:
            attended.setdefault(registration_id, []).append(block)
    return attended


def _papers(project: Project) -> list[Paper]:
    """What stands of each kind of certificate; a correction is the same certificate, given on its first day."""
    stands = func.max(case((Certificate.state.in_(_STANDING), 1), else_=0))
    statement = (
        select(*_SNAPSHOT, type_coerce(Certificate.kind, String), func.min(Certificate.issued_at))
        .select_from(Certificate)
        .join(Registration, Registration.id == Certificate.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .where(Event.project_id == project.id)
        .group_by(*_SNAPSHOT, Certificate.kind)
        .having(stands == 1)
    )
    return [
        Paper(_who(row[:-2]), row[-2], clock.local(row[-1], project.timezone).date())
        for row in db.session.execute(statement)
    ]


def _learning(project_id: int, people: Mapping[int, Who]) -> list[Learning]:
    """Pairs of tests that are handed in, marked, and worth the same, as `assessment.results` pairs them."""
    statement = (
        select(
            TestAttempt.registration_id,
            TestAttempt.occasion,
            func.sum(cast(func.round(TestAnswer.points * _HUNDREDTHS), Integer)),
            func.count().filter(TestAnswer.points.is_(None)),
            func.sum(TestQuestion.points),
        )
        .join(TestAnswer, TestAnswer.attempt_id == TestAttempt.id)
        .join(TestQuestion, TestQuestion.id == TestAnswer.question_id)
        .join(Registration, Registration.id == TestAttempt.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .where(Event.project_id == project_id, TestAttempt.handed_in_at.is_not(None))
        .group_by(TestAttempt.registration_id, TestAttempt.occasion)
    )
    points: dict[int, dict[TestOccasion, tuple[int, int]]] = {}
    for registration_id, occasion, hundredths, unmarked, most in db.session.execute(statement):
        if not unmarked and most:
            points.setdefault(registration_id, {})[occasion] = (int(hundredths), int(most))
    found = []
    for registration_id, both in points.items():
        pre, post = both.get(TestOccasion.PRE), both.get(TestOccasion.POST)
        if pre and post and pre[1] == post[1] and registration_id in people:
            # Hundredths of a point over the points there were: per cent of them.
            found.append(Learning(people[registration_id], Fraction(post[0] - pre[0], pre[1])))
    return found


def _crowds(project_id: int, blocks: Mapping[int, Block]) -> list[Crowd]:
    statement = (
        select(
            UnnamedAttendance.session_id,
            type_coerce(UnnamedAttendance.sex, String),
            type_coerce(UnnamedAttendance.level, String),
            UnnamedAttendance.agency_id,
            UnnamedAttendance.people,
        )
        .join(Session, Session.id == UnnamedAttendance.session_id)
        .join(Event, Event.id == Session.event_id)
        .where(Event.project_id == project_id)
    )
    return [
        Crowd(blocks[session_id], _stated(sex), _stated(level), agency_id, people)
        for session_id, sex, level, agency_id, people in db.session.execute(statement)
        if session_id in blocks
    ]


def _products(publications: Iterable[Publication]) -> list[Product]:
    """Publications that are out, with the copies that went to somebody."""
    today = clock.now().date()
    return [
        Product(
            one.id,
            one.kind.value,
            one.outcome_id,
            one.published_on,
            [Handed(gone.handed_on, gone.copies, gone.agency_id) for gone in one.handouts if gone.copies],
        )
        for one in publications
        if one.published_on is None or one.published_on <= today
    ]
