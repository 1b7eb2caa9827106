"""Find rounds of issuing, what is left for them, and the certificates that lapse."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from trainreg.certificates.issuing.models import CertificateJob, JobRefusal
from trainreg.certificates.issuing.rules import JobStatus
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus


def get_job(job_id: int) -> CertificateJob:
    job = db.session.get(CertificateJob, job_id)
    if job is None:
        raise NotFound
    return job


def project_of_job(job_id: int, **_others: object) -> int:
    """The project that a round's address is about, for access rules."""
    return get_job(job_id).event.project_id


def find_open_job(event_id: int) -> CertificateJob | None:
    """The round of an event that is going or paused; there is one at most."""
    still = (JobStatus.GOING, JobStatus.PAUSED)
    statement = select(CertificateJob).where(CertificateJob.event_id == event_id, CertificateJob.status.in_(still))
    return db.session.scalar(statement.order_by(CertificateJob.id).limit(1))


def list_last_jobs(event_id: int, limit: int = 3) -> Sequence[CertificateJob]:
    """The latest rounds of an event, the newest first."""
    statement = select(CertificateJob).where(CertificateJob.event_id == event_id)
    return db.session.scalars(statement.order_by(CertificateJob.id.desc()).limit(limit)).all()


def refusals_of(job: CertificateJob) -> Select[JobRefusal]:
    """Who got nothing in a round, with the person, in the order of the round."""
    return (
        select(JobRefusal)
        .join(JobRefusal.registration)
        .options(contains_eager(JobRefusal.registration).joinedload(Registration.person))
        .where(JobRefusal.job_id == job.id)
        .order_by(JobRefusal.id)
    )


def _to_do(event_id: int, only: Collection[int] | None) -> Select[int]:
    # Whoever never had a place is nobody's to issue to; whoever was chosen is answered with the reason.
    statement = select(Registration.id).where(Registration.event_id == event_id)
    if only is None:
        return statement.where(Registration.status == RegistrationStatus.CONFIRMED)
    return statement.where(Registration.id.in_(only))


def count_to_do(event_id: int, only: Collection[int] | None) -> int:
    """How many registrations a round goes through."""
    return db.session.scalar(select(func.count()).select_from(_to_do(event_id, only).subquery())) or 0


def list_to_do(event_id: int, only: Collection[int] | None, *, after_id: int, limit: int) -> Sequence[int]:
    """The next registrations of a round, in the order of their ids."""
    statement = _to_do(event_id, only).where(Registration.id > after_id).order_by(Registration.id).limit(limit)
    return db.session.scalars(statement).all()


def list_prepared_events(now: datetime) -> Sequence[int]:
    """Events that are over and have papers which nobody activated or voided yet."""
    return db.session.scalars(
        select(Registration.event_id)
        .join(Certificate, Certificate.registration_id == Registration.id)
        .join(Session, Session.event_id == Registration.event_id)
        .where(Certificate.state == CertificateState.PREPARED)
        .group_by(Registration.event_id)
        .having(func.max(Session.ends_at) <= now)
        .order_by(Registration.event_id)
    ).all()


def list_with_last_day(until: date, *, after_id: int = 0, limit: int) -> Sequence[Certificate]:
    """Certificates in force whose last day is that one or earlier, with what a mail about them says."""
    statement = (
        select(Certificate)
        .join(Certificate.registration)
        .options(
            contains_eager(Certificate.registration).joinedload(Registration.person),
            contains_eager(Certificate.registration).joinedload(Registration.event).joinedload(Event.project),
        )
        .where(
            Certificate.state == CertificateState.ISSUED, Certificate.valid_until <= until, Certificate.id > after_id
        )
        .order_by(Certificate.id)
        .limit(limit)
    )
    return db.session.scalars(statement).all()


def list_editions(registration_id: int) -> Sequence[Certificate]:
    """Every certificate that a registration ever had, the first first."""
    statement = select(Certificate).where(Certificate.registration_id == registration_id).order_by(Certificate.id)
    return db.session.scalars(statement.options(joinedload(Certificate.supersedes))).all()


def list_certificates_since(event_id: int, moment: datetime) -> Sequence[Certificate]:
    """What was issued at an event from that moment on, in the order of the book."""
    statement = select(Certificate).join(Certificate.registration).where(Registration.event_id == event_id)
    return db.session.scalars(statement.where(Certificate.issued_at >= moment).order_by(Certificate.id)).all()
