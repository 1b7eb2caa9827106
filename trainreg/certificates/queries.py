"""Find certificates, and say who has earned one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import ATTENDED
from trainreg.certificates.conditions import learned_at
from trainreg.certificates.facts import CertificateFacts, facts_from_json
from trainreg.certificates.models import Certificate, Rendition
from trainreg.certificates.rules import SessionRecord, Verdict, eligibility
from trainreg.events.models import Event
from trainreg.events.rules import SessionStatus
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus


@dataclass(frozen=True, slots=True)
class Attended:
    """How much of an event somebody attended, and of how much: in hours, in days and in sessions."""

    hours: Decimal
    hours_planned: Decimal
    days: Decimal
    days_planned: Decimal
    sessions: int
    sessions_planned: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One registration of an event, its verdict, and the latest certificate it has, if any."""

    registration: Registration
    verdict: Verdict
    attended: Attended
    certificate: Certificate | None

    @property
    def awaits_certificate(self) -> bool:
        """Whether this person has earned a certificate that nobody has issued yet."""
        return self.verdict.eligible and self.certificate is None


def list_candidates(event: Event, *, threshold: Decimal | None = None) -> list[Candidate]:
    """Everybody who came to an event or was to come, by name, with the verdict on each.

    `threshold` asks what the verdicts would be with another one than the event's. The
    number of queries does not depend on how many they are.
    """
    sessions = list(event.sessions)
    present = _attended_sessions(event.id)
    learned = learned_at(event.id)
    certificates = {certificate.registration_id: certificate for certificate in list_certificates_of(event.id)}
    candidates = []
    for registration in _list_registrations(event.id):
        there = present.get(registration.id, set())
        records = [
            SessionRecord(
                minutes=(session.ends_at - session.starts_at) // timedelta(minutes=1),
                cancelled=session.status is SessionStatus.CANCELLED,
                attended=session.id in there,
            )
            for session in sessions
        ]
        verdict = eligibility(
            records,
            is_participant=registration.role is RegistrationRole.PARTICIPANT,
            is_confirmed=registration.status is RegistrationStatus.CONFIRMED,
            threshold=event.threshold if threshold is None else threshold,
            learned=learned(registration.id),
        )
        planned = event.planned_sessions
        attended = Attended(
            hours=_hours(verdict.attended_minutes),
            hours_planned=_hours(verdict.planned_minutes),
            days=sum((session.day_share for session in planned if session.id in there), Decimal(0)),
            days_planned=sum((session.day_share for session in planned), Decimal(0)),
            sessions=sum(session.id in there for session in planned),
            sessions_planned=len(planned),
        )
        candidates.append(Candidate(registration, verdict, attended, certificates.get(registration.id)))
    return candidates


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _list_registrations(event_id: int) -> Sequence[Registration]:
    statement = (
        select(Registration)
        .join(Registration.person)
        .options(contains_eager(Registration.person), joinedload(Registration.agency))
        .where(Registration.event_id == event_id)
        .order_by(Person.family_name, Person.given_name, Registration.id)
    )
    return db.session.scalars(statement).all()


def _attended_sessions(event_id: int) -> Mapping[int, set[int]]:
    rows = db.session.execute(
        select(Attendance.registration_id, Attendance.session_id)
        .join(Registration, Registration.id == Attendance.registration_id)
        .where(Registration.event_id == event_id, Attendance.state.in_(ATTENDED))
    )
    attended: dict[int, set[int]] = defaultdict(set)
    for registration_id, session_id in rows:
        attended[registration_id].add(session_id)
    return attended


def list_certificates_of(event_id: int) -> Sequence[Certificate]:
    """Every certificate of an event, in the order of the register book."""
    statement = (
        select(Certificate)
        .join(Certificate.registration)
        .options(contains_eager(Certificate.registration).joinedload(Registration.person))
        .where(Registration.event_id == event_id)
        .order_by(Certificate.id)
    )
    return db.session.scalars(statement).all()


def list_certificates_without_file(event_id: int | None = None, *, limit: int | None = None) -> Sequence[Certificate]:
    """The certificates, of one event or of all, of which no file has been drawn yet."""
    statement = select(Certificate).where(~Certificate.renditions.any()).order_by(Certificate.id).limit(limit)
    if event_id is not None:
        statement = statement.join(Certificate.registration).where(Registration.event_id == event_id)
    return db.session.scalars(statement).all()


def find_certificate_by_code(code: str) -> Certificate | None:
    """The certificate with this code, which is in its written form (`codes.normalise`).

    An index stops at the first letter that differs, and so its time tells how far a guess was right. Therefore the
    database is asked for the first four letters alone; the other 75 random bits are compared in constant time.
    """
    group = Certificate.code.between(code[:4] + "-0000" * 4, code[:4] + "-ZZZZ" * 4)
    likely = db.session.execute(select(Certificate.id, Certificate.code).where(group))
    found = [certificate_id for certificate_id, kept in likely if compare_digest(kept.encode(), code.encode())]
    return db.session.get(Certificate, found[0]) if found else None


def find_successor(certificate: Certificate) -> Certificate | None:
    """The certificate that replaced this one."""
    return db.session.scalar(select(Certificate).where(Certificate.supersedes_id == certificate.id))


def get_certificate(certificate_id: int) -> Certificate:
    certificate = db.session.get(Certificate, certificate_id)
    if certificate is None:
        raise NotFound
    return certificate


def has_rendition(certificate: Certificate, sha256: str) -> bool:
    """Whether a file with this fingerprint was handed out for the certificate."""
    statement = select(Rendition.id).where(Rendition.certificate_id == certificate.id, Rendition.sha256 == sha256)
    return db.session.scalar(statement) is not None


def project_of_certificate(certificate_id: int, **_others: object) -> int:
    """The project that a certificate's address is about, for access rules."""
    project_id = db.session.scalar(
        select(Event.project_id)
        .join(Registration, Registration.event_id == Event.id)
        .join(Certificate, Certificate.registration_id == Registration.id)
        .where(Certificate.id == certificate_id)
    )
    if project_id is None:
        raise NotFound
    return project_id


def facts_of(certificate: Certificate) -> CertificateFacts:
    """What the paper says, as frozen at issue."""
    return facts_from_json(certificate.facts)
