"""Read what counts of some registrations or events, month by month: the rule of `reporting.counting`, in one place."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, String, case, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import ATTENDED
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.events.models import Event
from trainreg.events.models import Session as Block
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel import clock
from trainreg.programme.models import Project
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.totals.models import NO_PROVINCE
from trainreg.totals.packs import Paper, Stay, month_of

_STANDING = (CertificateState.ISSUED, CertificateState.EXPIRED)


class Who(NamedTuple):
    """What is told of somebody who came, in the words the database keeps."""

    sex: str
    agency_id: int
    level: str
    province: str


class Snapshot(NamedTuple):
    """A participant's registration, whatever became of it."""

    registration_id: int
    event_id: int
    person_id: int
    who: Who


class Place(NamedTuple):
    """An event as totals know it."""

    project_id: int
    kind: str
    timezone: str  # the project's: certificates are given by its clock


class Attended(NamedTuple):
    """A session that somebody attended."""

    day: date
    starts_at: datetime
    thousandths: int


@dataclass
class Facts:
    """Of some registrations: their events, the participants, what each attended, and the days of their certificates."""

    places: dict[int, Place] = field(default_factory=dict)
    people: dict[int, Snapshot] = field(default_factory=dict)
    attended: Mapping[int, Sequence[Attended]] = field(default_factory=dict)
    papers: Sequence[tuple[int, date]] = ()


def facts_of(
    session: Session, *, registrations: Collection[int] | None = None, events: Collection[int] | None = None
) -> Facts:
    """Those registrations, or all of those events, in a fixed number of statements."""
    among = Registration.id.in_(registrations or ()) if events is None else Registration.event_id.in_(events)
    facts = Facts()
    statement = (
        select(
            *(Registration.id, Registration.event_id, Registration.person_id, type_coerce(Registration.sex, String)),
            *(Registration.agency_id, type_coerce(Registration.level, String), Registration.province),
            *(Registration.role, Event.project_id, type_coerce(Event.kind, String), Project.timezone),
        )
        .join(Event, Event.id == Registration.event_id)
        .join(Project, Project.id == Event.project_id)
        .where(among)
    )
    for key, event_id, person_id, sex, agency_id, level, province, role, *place in session.execute(statement):
        facts.places[event_id] = Place(*place)
        if role is RegistrationRole.PARTICIPANT:
            facts.people[key] = Snapshot(key, event_id, person_id, Who(sex, agency_id, level, province or NO_PROVINCE))
    facts.attended = _attended(session, among, facts.places)
    facts.papers = _papers(session, among, facts)
    return facts


def _attended(
    session: Session, among: ColumnElement[bool], events: Collection[int]
) -> Mapping[int, Sequence[Attended]]:
    """Confirmed participants, present or late, at what took place."""
    blocks = {
        key: (event_id, Attended(local_day(starts_at, timezone), starts_at, thousandths))
        for key, event_id, starts_at, timezone, thousandths in session.execute(
            select(Block.id, Block.event_id, Block.starts_at, Block.timezone, _THOUSANDTHS)
            .join(Event, Event.id == Block.event_id)
            .where(
                Block.event_id.in_(events),
                Block.status == SessionStatus.PLANNED,
                Event.status != EventStatus.CANCELLED,
            )
        )
    }
    statement = (
        select(Attendance.registration_id, Attendance.session_id, Registration.event_id)
        .join(Registration, Registration.id == Attendance.registration_id)
        .where(
            among,
            Registration.role == RegistrationRole.PARTICIPANT,
            Registration.status == RegistrationStatus.CONFIRMED,
            Attendance.state.in_(ATTENDED),
        )
    )
    found: dict[int, list[Attended]] = defaultdict(list)
    for registration_id, session_id, event_id in session.execute(statement):
        of_event, block = blocks.get(session_id, (None, None))
        if block is not None and of_event == event_id:
            found[registration_id].append(block)
    return found


_THOUSANDTHS: Any = cast(func.round(Block.day_share * 1000), Integer)


def _papers(session: Session, among: ColumnElement[bool], facts: Facts) -> Sequence[tuple[int, date]]:
    """A kind of certificate that stands, on the day of its first edition; a correction is the same certificate."""
    stands = func.max(case((Certificate.state.in_(_STANDING), 1), else_=0))
    statement = (
        select(Certificate.registration_id, func.min(Certificate.issued_at))
        .join(Registration, Registration.id == Certificate.registration_id)
        .where(among, Registration.role == RegistrationRole.PARTICIPANT)
        .group_by(Certificate.registration_id, Certificate.kind)
        .having(stands == 1)
    )
    return [
        (key, clock.local(issued_at, facts.places[facts.people[key].event_id].timezone).date())
        for key, issued_at in session.execute(statement)
    ]


@lru_cache(maxsize=100_000)
def local_day(starts_at: datetime, timezone: str) -> date:
    """The day on the wall clock of a session's place."""
    return clock.local(starts_at, timezone).date()


Key = tuple[int, int]  # event and month


def stays_by_month(facts: Facts, whos: Mapping[Who, int]) -> dict[Key, list[Stay]]:
    """What each registration attended in each month."""
    found: dict[Key, list[Stay]] = defaultdict(list)
    for key, attended in facts.attended.items():
        person = facts.people[key]
        months: dict[int, list[Attended]] = defaultdict(list)
        for one in attended:
            months[month_of(one.day)].append(one)
        for month, own in months.items():
            found[person.event_id, month].append(stay_of(person, own, whos[person.who]))
    return found


def stay_of(person: Snapshot, attended: Sequence[Attended], who_id: int) -> Stay:
    days = [one.day.day for one in attended]
    return Stay(
        person.registration_id,
        person.person_id,
        who_id,
        sum(one.thousandths for one in attended),
        max(int(one.starts_at.timestamp()) for one in attended),
        min(days),
        max(days),
    )


def papers_by_month(facts: Facts, whos: Mapping[Who, int]) -> dict[Key, list[Paper]]:
    """The certificates of each month."""
    found: dict[Key, list[Paper]] = defaultdict(list)
    for key, day in facts.papers:
        person = facts.people[key]
        found[person.event_id, month_of(day)].append(Paper(key, whos[person.who], day.day))
    return found
