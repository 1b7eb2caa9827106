"""A round of issuing: begun at the desk or from the command line, taken in slices, each one short transaction.

A slice and the note of how far it came are one transaction: whatever kills the process, the next one goes on behind the
last slice that counted, and nobody is issued twice or forgotten.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.audit import service as audit
from trainreg.certificates.issuing.models import CertificateJob, JobRefusal
from trainreg.certificates.issuing.queries import count_to_do, find_open_job, list_to_do
from trainreg.certificates.issuing.refusals import BeginsLater, NothingChosen, NotNow
from trainreg.certificates.issuing.rules import AT_ONCE, ORDERS, SLICE, JobAction, JobStatus, Order, RefusalKind
from trainreg.certificates.issuing.told import told_flaw, told_reason
from trainreg.certificates.service import EventWasCancelled, Issued, issue
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.refusals import Refused

audit.describes(
    {
        "certificate_job.begun": _l("Round of certificates begun for %(total)s registrations"),
        "certificate_job.paused": _l("Round of certificates paused"),
        "certificate_job.resumed": _l("Round of certificates goes on"),
        "certificate_job.stopped": _l("Round of certificates stopped"),
    }
)
_TOLD = {Order.PAUSE: "paused", Order.RESUME: "resumed", Order.STOP: "stopped"}


def begin(event: Event, action: JobAction, *, by: Actor, only: Collection[int] | None = None) -> CertificateJob:
    """Begin a round over an event; while one is open, that one is meant: pressing twice begins one. Flushes."""
    event = lock_row(Event, event.id)
    if event.status is EventStatus.CANCELLED:
        raise EventWasCancelled
    if action is JobAction.PREPARE and (event.ends_at is None or event.ends_at <= clock.now()):
        raise BeginsLater
    if only is not None and not only:
        raise NothingChosen
    job = find_open_job(event.id)
    if job is not None:
        return job
    job = CertificateJob(
        event=event,
        action=action,
        status=JobStatus.GOING,
        only=sorted(set(only)) if only is not None else None,
        total=count_to_do(event.id, only),
        actor_kind=by.kind,
        actor_label=by.label,
        user_id=by.user_id,
        created_at=clock.now(),
    )
    db.session.add(job)
    db.session.flush()
    audit.record("certificate_job.begun", job, by=by, project_id=event.project_id, total=job.total)
    return job


def tell(job: CertificateJob, order: Order, *, by: Actor) -> CertificateJob:
    """Pause a round, let it go on, or stop it; what it made stays."""
    job = lock_row(CertificateJob, job.id)
    after = ORDERS.get((job.status, order))
    if after is None:
        raise NotNow
    job.status = after
    job.ended_at = None if after.is_open else clock.now()
    audit.record(f"certificate_job.{_TOLD[order]}", job, by=by, project_id=job.event.project_id)
    return job


def is_short(job: CertificateJob) -> bool:
    """Whether it is gone through while the page waits."""
    return job.total <= AT_ONCE


def take_slice(job_id: int) -> bool:
    """Take the next slice of a round that is going; commits. False when there is nothing left to take now."""
    job = lock_row(CertificateJob, job_id)
    if job.status is not JobStatus.GOING:
        db.session.rollback()
        return False
    ids = list_to_do(job.event_id, job.only, after_id=job.after_id, limit=SLICE)
    if ids:
        try:
            outcome = issue(job.event, by=job.actor, only=ids, foreseen=job.action is JobAction.PREPARE)
        except Refused:
            db.session.rollback()
            _stop(job_id)
            return False
        _count(job, outcome)
        job.after_id, job.done = ids[-1], job.done + len(ids)
    if len(ids) < SLICE:
        job.status, job.ended_at = JobStatus.DONE, clock.now()
    db.session.commit()
    return len(ids) == SLICE


def go_through(job_id: int, *, after_slice: Callable[[], object] = lambda: None) -> None:
    """Take slice after slice until the round is over, paused or stopped; commits each."""
    while take_slice(job_id):
        after_slice()


def work_on_jobs(seconds: float = 2.0) -> int:
    """The worker's share: take slices of open rounds for a while, the oldest round first; returns how many slices."""
    until, taken = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        job_id = _next_job()
        if job_id is None:
            break
        take_slice(job_id)
        taken += 1
    return taken


def _next_job() -> int | None:
    going = select(CertificateJob.id).where(CertificateJob.status == JobStatus.GOING).order_by(CertificateJob.id)
    job_id = db.session.scalar(going.limit(1))
    db.session.rollback()
    return job_id


def _stop(job_id: int) -> None:
    """The event was called off meanwhile: there is nothing to certify any more."""
    job = lock_row(CertificateJob, job_id)
    job.status, job.ended_at = JobStatus.STOPPED, clock.now()
    db.session.commit()


def _count(job: CertificateJob, outcome: Issued) -> None:
    job.made += len(outcome.certificates)
    job.already += outcome.already
    job.not_eligible += outcome.not_eligible
    job.undrawable += len(outcome.undrawable)
    refusals = [
        JobRefusal(
            job_id=job.id,
            registration_id=one.registration.id,
            kind=RefusalKind.UNDRAWABLE,
            details=[told_flaw(flaw) for flaw in one.flaws],
        )
        for one in outcome.undrawable
    ]
    if job.only is not None:  # of everybody, the page of eligibility says it
        refusals += [
            JobRefusal(
                job_id=job.id,
                registration_id=one.registration.id,
                kind=RefusalKind.NOT_ELIGIBLE,
                details=[told_reason(reason) for reason in one.verdict.reasons],
            )
            for one in outcome.refused
        ]
    db.session.add_all(refusals)
