"""Find certificates, and say who has earned one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hmac import compare_digest

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import ATTENDED
from trainreg.certificates.conditions import events_that_ask, learned_at
from trainreg.certificates.facts import CertificateFacts, facts_from_json
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.models import Certificate, Rendition
from trainreg.certificates.rules import (
    NOTHING_ASKED,
    STANDS,
    CertificateKind,
    CertificateState,
    Learned,
    Part,
    SessionRecord,
    Verdict,
    certificate_kind_for,
    eligibility,
)
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


# What goes to the printer and into archives: neither what was taken back nor what another took the place of.
HANDED_OUT = (CertificateState.PREPARED, CertificateState.ISSUED)
_PARTS = {
    RegistrationRole.PARTICIPANT: Part.PARTICIPANT,
    RegistrationRole.TRAINER: Part.HELPER,
    RegistrationRole.RESOURCE_PERSON: Part.HELPER,
}


@dataclass(frozen=True, slots=True)
class Held:
    """The latest certificate that stands, and the number of the last edition there ever was."""

    latest: Certificate | None = None
    last_edition: int = 0


NOTHING_HELD = Held()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One registration of an event, its verdict, and the latest certificate it has, if any.

    A verdict `is_foreseen` when it takes for attended what is still to come; on that, a paper is prepared, not issued.
    """

    registration: Registration
    part: Part
    verdict: Verdict
    attended: Attended
    held: Held = NOTHING_HELD
    is_foreseen: bool = False

    @property
    def certificate(self) -> Certificate | None:
        """The certificate this person has."""
        return self.held.latest

    @property
    def kind(self) -> CertificateKind:
        """What this person would be given."""
        return certificate_kind_for(self.registration.event.kind.value, self.part)

    @property
    def awaits_certificate(self) -> bool:
        """Whether this person has earned a certificate that nobody has issued yet."""
        return self.verdict.eligible and self.certificate is None

    @property
    def awaits_activation(self) -> bool:
        """Whether this person has earned the paper that was prepared."""
        return self.verdict.eligible and self.holds(CertificateState.PREPARED)

    def holds(self, state: CertificateState) -> bool:
        """Whether this person's latest certificate stands in that state."""
        return self.certificate is not None and self.certificate.state is state


def list_candidates(
    event: Event,
    *,
    threshold: Decimal | None = None,
    only: Collection[int] | None = None,
    foreseen_at: datetime | None = None,
) -> list[Candidate]:
    """Everybody who came to an event or was to come, by name, with the verdict on each.

    `threshold` asks what the verdicts would be with another one than the event's; `only` narrows to these
    registrations; `foreseen_at` takes for attended what is not over at that moment, and asks for no test or evaluation
    yet. The number of queries does not depend on how many they are.
    """
    slots = _slots_of(event)
    to_come = {session.id for session in event.sessions if foreseen_at is not None and session.ends_at > foreseen_at}
    present = _attended_sessions(Registration.event_id == event.id, only)
    learned = learned_at(event.id, only) if foreseen_at is None else lambda _registration_id: NOTHING_ASKED
    held = held_at(event.id, only)
    return [
        _candidate(
            registration,
            slots,
            present.get(registration.id, set()) | to_come,
            threshold=event.threshold if threshold is None else threshold,
            learned=learned(registration.id),
            held=held.get(registration.id, NOTHING_HELD),
            is_foreseen=foreseen_at is not None,
        )
        for registration in _list_registrations(event.id, only)
    ]


def list_candidates_of(registrations: Sequence[Registration]) -> list[Candidate]:
    """The verdicts on registrations of many events, in their order, as `list_candidates` gives them for one.

    The number of queries depends on how many of the events ask for a test or an evaluation, not on how many there are.
    """
    ids = [registration.id for registration in registrations]
    present = _attended_sessions(Registration.id.in_(ids))
    held = _held(Registration.id.in_(ids))
    asking = events_that_ask({registration.event_id for registration in registrations})
    return [
        _candidate(
            one,
            _slots_of(one.event),
            present.get(one.id, set()),
            threshold=one.event.threshold,
            learned=learned_at(one.event_id, [one.id])(one.id) if one.event_id in asking else NOTHING_ASKED,
            held=held.get(one.id, NOTHING_HELD),
        )
        for one in registrations
    ]


@dataclass(frozen=True, slots=True)
class _Slot:
    """One session of an event as plain values, read once for all who came."""

    id: int
    minutes: int
    is_cancelled: bool
    day_share: Decimal


def _slots_of(event: Event) -> list[_Slot]:
    return [
        _Slot(
            session.id,
            (session.ends_at - session.starts_at) // timedelta(minutes=1),
            session.status is SessionStatus.CANCELLED,
            session.day_share,
        )
        for session in event.sessions
    ]


def _candidate(
    registration: Registration,
    slots: Sequence[_Slot],
    there: Collection[int],
    *,
    threshold: Decimal,
    learned: Learned,
    held: Held,
    is_foreseen: bool = False,
) -> Candidate:
    """The verdict on one registration, who was `there` in these sessions."""
    planned = [slot for slot in slots if not slot.is_cancelled]
    part = _PARTS.get(registration.role, Part.NEITHER)
    verdict = eligibility(
        [SessionRecord(slot.minutes, cancelled=slot.is_cancelled, attended=slot.id in there) for slot in slots],
        part=part,
        is_confirmed=registration.status is RegistrationStatus.CONFIRMED,
        threshold=threshold,
        learned=learned,
    )
    attended = Attended(
        hours=_hours(verdict.attended_minutes),
        hours_planned=_hours(verdict.planned_minutes),
        days=sum((slot.day_share for slot in planned if slot.id in there), Decimal(0)),
        days_planned=sum((slot.day_share for slot in planned), Decimal(0)),
        sessions=sum(slot.id in there for slot in planned),
        sessions_planned=len(planned),
    )
    return Candidate(registration, part, verdict, attended, held, is_foreseen)


def get_candidate(registration: Registration) -> Candidate:
    """The verdict on one registration, as it is now."""
    (candidate,) = list_candidates(registration.event, only=[registration.id])
    return candidate


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _list_registrations(event_id: int, only: Collection[int] | None) -> Sequence[Registration]:
    statement = (
        select(Registration)
        .join(Registration.person)
        .options(contains_eager(Registration.person), joinedload(Registration.agency))
        .where(Registration.event_id == event_id)
        .order_by(Person.family_name, Person.given_name, Registration.id)
    )
    if only is not None:
        statement = statement.where(Registration.id.in_(only))
    return db.session.scalars(statement).all()


def _attended_sessions(of: ColumnElement[bool], only: Collection[int] | None = None) -> Mapping[int, set[int]]:
    statement = (
        select(Attendance.registration_id, Attendance.session_id)
        .join(Registration, Registration.id == Attendance.registration_id)
        .where(of, Attendance.state.in_(ATTENDED))
    )
    if only is not None:
        statement = statement.where(Attendance.registration_id.in_(only))
    attended: dict[int, set[int]] = defaultdict(set)
    for registration_id, session_id in db.session.execute(statement):
        attended[registration_id].add(session_id)
    return attended


def held_at(event_id: int, only: Collection[int] | None = None) -> dict[int, Held]:
    """What each registration has been given, by registration: of what was voided or replaced only the edition."""
    of = Registration.event_id == event_id
    return _held(of if only is None else and_(of, Registration.id.in_(only)))


def _held(of: ColumnElement[bool]) -> dict[int, Held]:
    statement = select(Certificate).join(Certificate.registration).where(of).order_by(Certificate.id)
    held: dict[int, Held] = defaultdict(Held)
    for certificate in db.session.scalars(statement):
        known = held[certificate.registration_id]
        latest = certificate if certificate.state in STANDS else known.latest
        held[certificate.registration_id] = Held(latest, max(known.last_edition, certificate.edition))
    return held


def list_certificates_of(event_id: int) -> Sequence[Certificate]:
    """The certificates of an event that hold or are prepared, in the order of the register book."""
    statement = (
        select(Certificate)
        .join(Certificate.registration)
        .options(contains_eager(Certificate.registration).joinedload(Registration.person))
        .where(Registration.event_id == event_id, Certificate.state.in_(HANDED_OUT))
        .order_by(Certificate.id)
    )
    return db.session.scalars(statement).all()


def list_for_archive(event_id: int) -> list[tuple[int, str, int | None]]:
    """Id, record and latest size of each certificate of an event that holds or is prepared, in the order of the book.

    Plain values, no objects: there may be ten thousand of them.
    """
    size = (
        select(Rendition.size)
        .where(Rendition.certificate_id == Certificate.id)
        # A certificate that was given to another key comes out otherwise than it was noted.
        .where(or_(SigningKey.id.is_(None), Rendition.drawn_at >= SigningKey.created_at))
        .order_by(Rendition.id.desc())
        .limit(1)
        .correlate(Certificate, SigningKey)
        .scalar_subquery()
    )
    statement = (
        select(Certificate.id, Certificate.facts, size)
        .join(Certificate.registration)
        .outerjoin(Certificate.signing_key)
        .where(Registration.event_id == event_id, Certificate.state.in_(HANDED_OUT))
        .order_by(Certificate.id)
    )
    return [(key, facts, drawn) for key, facts, drawn in db.session.execute(statement)]


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


def find_certificate_by_number(number: str) -> Certificate | None:
    return db.session.scalar(select(Certificate).where(Certificate.register_number == number))


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


def projects_knowing(person_id: int) -> list[int]:
    """The projects at whose events a person is on the list."""
    known = select(Event.project_id).join(Registration, Registration.event_id == Event.id)
    return list(db.session.scalars(known.where(Registration.person_id == person_id).distinct()))


def facts_of(certificate: Certificate) -> CertificateFacts:
    """What the paper says, as frozen at issue."""
    return facts_from_json(certificate.facts)
