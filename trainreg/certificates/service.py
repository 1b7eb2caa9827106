"""Issue and revoke certificates. Issuing freezes the facts; drawing comes after the commit, never inside it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainreg.audit import service as audit
from trainreg.certificates.codes import new_code, register_number
from trainreg.certificates.drafting import draft
from trainreg.certificates.facts import CertificateFacts, canonical_json, sha256_of
from trainreg.certificates.models import Certificate, RegisterCounter, Rendition
from trainreg.certificates.notices import tell_ready
from trainreg.certificates.queries import facts_of, has_rendition, list_candidates
from trainreg.certificates.render import Flaw, draw, flaws, sha256_of_file
from trainreg.certificates.rules import CertificateState, may_move
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.kernel.refusals import Refused
from trainreg.programme.models import Project
from trainreg.registration.models import Registration
from trainreg.web.links import absolute

audit.describes(
    {
        "certificate.issued": _l("Certificate %(number)s issued"),
        "certificate.revoked": _l("Certificate %(number)s revoked"),
        "certificates.issued": _l("%(issued)s certificates issued, %(refused)s refused"),
    }
)


class EventWasCancelled(Refused):
    """An event that did not happen certifies nothing."""

    sentence = _l("The event is cancelled, so there is nothing to certify.")


class IssuedMeanwhile(Refused):
    """The database knows a certificate that was not there a moment ago."""

    sentence = _l("Somebody else issued these certificates at the same moment. Reload the page to see them.")


class CannotRevoke(Refused):
    """Only a certificate in force can be revoked, and only with a reason."""

    sentence = _l("This certificate cannot be revoked: it is not in force any more.")


@dataclass(frozen=True, slots=True)
class Undrawable:
    """Somebody who has earned a certificate that cannot be drawn as it stands."""

    registration: Registration
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """What one round of issuing came to."""

    certificates: list[Certificate] = field(default_factory=list)
    undrawable: list[Undrawable] = field(default_factory=list)
    already: int = 0
    not_eligible: int = 0


def issue(event: Event, *, by: Actor, at: datetime | None = None, quiet: bool = False) -> Issued:
    """Issue a certificate to everybody who has earned one and has none; doing it twice changes nothing.

    Whoever cannot be drawn is listed with the reason and left out. `at` is the moment of issue, for
    records of the past, and `quiet` sends no message. The caller commits, then calls `record_files`.
    """
    if event.status is EventStatus.CANCELLED:
        raise EventWasCancelled
    at = at or clock.now()
    counter = _lock_counter(event.project)
    outcome = Issued()
    already = not_eligible = 0
    address = absolute("certificates.verify_form")
    for candidate in list_candidates(event):
        if candidate.certificate is not None:
            already += 1
        elif not candidate.verdict.eligible:
            not_eligible += 1
        else:
            number = register_number(counter.series, counter.last_number + 1)
            facts = draft(event, candidate, number=number, code=new_code(), address=address, at=at)
            if problems := flaws(facts):
                outcome.undrawable.append(Undrawable(candidate.registration, tuple(problems)))
            else:
                counter.last_number += 1
                outcome.certificates.append(_write(candidate.registration, facts, by=by, at=at))
    flush_or_refuse(IssuedMeanwhile())
    for certificate in outcome.certificates:
        audit.record(
            "certificate.issued",
            certificate,
            by=by,
            project_id=event.project_id,
            at=at,
            number=certificate.register_number,
        )
        if not quiet:
            tell_ready(certificate)
    if outcome.certificates or outcome.undrawable:
        audit.record(
            "certificates.issued",
            event,
            by=by,
            project_id=event.project_id,
            at=at,
            issued=len(outcome.certificates),
            refused=len(outcome.undrawable),
        )
    return Issued(outcome.certificates, outcome.undrawable, already, not_eligible)


def revoke(certificate: Certificate, *, reason: str, by: Actor) -> Certificate:
    """Declare a certificate no longer valid, with the reason; its number and code go on answering."""
    certificate = lock_row(Certificate, certificate.id)
    if not reason.strip() or not may_move(certificate.state, CertificateState.REVOKED):
        raise CannotRevoke
    certificate.state = CertificateState.REVOKED
    certificate.state_changed_at = clock.now()
    certificate.state_reason = reason.strip()
    audit.record(
        "certificate.revoked",
        certificate,
        by=by,
        project_id=certificate.registration.event.project_id,
        number=certificate.register_number,
    )
    return certificate


def record_files(certificates: Iterable[Certificate]) -> int:
    """Draw certificates and note the fingerprint of each file; returns how many were new.

    Drawing takes some milliseconds each, so it happens outside the transaction that wrote them: read
    first, draw with no lock held, then write the fingerprints.
    """
    records = [(certificate.id, facts_of(certificate)) for certificate in certificates]
    db.session.rollback()
    drawn = [(certificate_id, draw(facts)) for certificate_id, facts in records]
    now = clock.now()
    new = 0
    for certificate_id, content in drawn:
        certificate = db.session.get(Certificate, certificate_id)
        fingerprint = sha256_of_file(content)
        if certificate is not None and not has_rendition(certificate, fingerprint):
            rendition = Rendition(certificate_id=certificate_id, sha256=fingerprint, size=len(content), drawn_at=now)
            with suppress(IntegrityError), db.session.begin_nested():  # the worker may have noted it meanwhile
                db.session.add(rendition)
                db.session.flush()
                new += 1
    return new


def _lock_counter(project: Project) -> RegisterCounter:
    """The counter of the project's series, held to the end of the transaction: numbers have no gap and no double."""
    series = project.code
    wanted = select(RegisterCounter.id).where(RegisterCounter.series == series)
    counter_id = db.session.scalar(wanted)
    if counter_id is None:
        lock_row(Project, project.id)  # two first rounds of one project wait for each other here
        counter_id = db.session.scalar(wanted)
    if counter_id is None:
        counter = RegisterCounter(series=series, last_number=0)
        db.session.add(counter)
        flush_or_refuse(IssuedMeanwhile())
        counter_id = counter.id
    return lock_row(RegisterCounter, counter_id)


def _write(registration: Registration, facts: CertificateFacts, *, by: Actor, at: datetime) -> Certificate:
    record = canonical_json(facts)
    certificate = Certificate(
        registration=registration,
        kind=facts.kind,
        edition=facts.edition,
        register_number=facts.register_number,
        code=facts.code,
        state=CertificateState.ISSUED,
        design=facts.design,
        facts=record,
        facts_sha256=sha256_of(record),
        issued_at=at,
        issued_by_id=by.user_id,
    )
    db.session.add(certificate)
    return certificate
