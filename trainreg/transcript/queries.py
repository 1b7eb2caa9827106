"""Find what an official came to, with the verdict on each and the certificates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import Candidate, list_candidates_of
from trainreg.certificates.rules import CertificateState, Part, ReasonKind
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.transcript.rules import Result, belongs, result_of

# What was prepared does not hold yet, and what was voided never did.
HANDED_OUT = (
    CertificateState.ISSUED,
    CertificateState.SUPERSEDED,
    CertificateState.REVOKED,
    CertificateState.EXPIRED,
)


@dataclass(frozen=True, slots=True)
class Training:
    """One registration that is history."""

    candidate: Candidate
    certificates: Sequence[Certificate]
    result: Result

    @property
    def registration(self) -> Registration:
        return self.candidate.registration

    @property
    def event(self) -> Event:
        return self.registration.event

    @property
    def when(self) -> datetime:
        """An event all of whose sessions were called off stands where it was planned, or was written down."""
        event = self.event
        return event.starts_at or min((session.starts_at for session in event.sessions), default=event.created_at)


def list_trainings(person: Person, project_ids: frozenset[int] | None, *, at: datetime) -> list[Training]:
    """What a person came to in these projects (None: in all) until that moment, the latest first."""
    candidates = list_candidates_of(_list_registrations(person, project_ids))
    papers = _papers_of(candidates)
    found = []
    for candidate in candidates:
        event, attended = candidate.registration.event, candidate.attended.sessions
        starts_at, ends_at, own = event.starts_at, event.ends_at, papers[candidate.registration.id]
        if not belongs(
            is_confirmed=candidate.registration.status is RegistrationStatus.CONFIRMED,
            is_called_off=event.status is EventStatus.CANCELLED,
            has_begun=starts_at is not None and starts_at <= at,
            attended=attended,
            papers=len(own),
        ):
            continue
        result = result_of(
            is_decided=(ends_at is None or ends_at <= at) and not _waits_for_marks(candidate),
            attended=attended,
            is_participant=candidate.part is Part.PARTICIPANT,
            has_earned=candidate.verdict.eligible,
        )
        found.append(Training(candidate, own, result))
    found.sort(key=lambda one: (one.when, one.registration.id), reverse=True)
    return found


def _waits_for_marks(candidate: Candidate) -> bool:
    return any(reason.kind is ReasonKind.TEST_NOT_MARKED for reason in candidate.verdict.reasons)


def _list_registrations(person: Person, project_ids: frozenset[int] | None) -> Sequence[Registration]:
    statement = (
        select(Registration)
        .join(Registration.event)
        .where(Registration.person_id == person.id)
        .options(contains_eager(Registration.event).options(selectinload(Event.sessions), joinedload(Event.project)))
        .order_by(Registration.id)
    )
    if project_ids is not None:
        statement = statement.where(Event.project_id.in_(project_ids))
    return db.session.scalars(statement).all()


def _papers_of(candidates: Sequence[Candidate]) -> dict[int, list[Certificate]]:
    ids = [candidate.registration.id for candidate in candidates]
    asked = select(Certificate).where(Certificate.registration_id.in_(ids), Certificate.state.in_(HANDED_OUT))
    found: dict[int, list[Certificate]] = defaultdict(list)
    for certificate in db.session.scalars(asked.order_by(Certificate.id)):
        found[certificate.registration_id].append(certificate)
    return found
