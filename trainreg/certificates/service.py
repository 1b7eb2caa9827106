"""Issue and revoke certificates. Issuing freezes the facts; drawing comes after the commit, never inside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from trainreg.audit import service as audit
from trainreg.certificates.delivery import FileIsWrong, finished
from trainreg.certificates.issuing.moves import move
from trainreg.certificates.issuing.printed import printed_at
from trainreg.certificates.issuing.writing import IssuedMeanwhile, Writer
from trainreg.certificates.models import Certificate, Rendition
from trainreg.certificates.notices import tell_ready
from trainreg.certificates.queries import Candidate, has_rendition, list_candidates
from trainreg.certificates.render import Flaw, sha256_of_file
from trainreg.certificates.rules import Cause
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.refusals import Refused
from trainreg.registration.models import Registration

audit.describes(
    {
        "certificate.issued": _l("Certificate %(number)s issued"),
        "certificate.prepared": _l("Certificate %(number)s prepared; it holds when it is activated"),
        "certificates.issued": _l("%(issued)s certificates issued, %(refused)s refused"),
        "certificates.prepared": _l("%(issued)s certificates prepared, %(refused)s refused"),
    }
)


class EventWasCancelled(Refused):
    """An event that did not happen certifies nothing."""

    sentence = _l("The event is cancelled, so there is nothing to certify.")


class CannotRevoke(Refused):
    """Only a certificate in force can be revoked, and only with a reason."""

    sentence = _l("This certificate cannot be revoked: it is not in force any more.")


@dataclass(frozen=True, slots=True)
class Undrawable:
    """Somebody who has earned a certificate that cannot be drawn as it stands."""

    registration: Registration
    flaws: tuple[Flaw, ...]


@dataclass(slots=True)
class Issued:
    """What one round of issuing came to."""

    certificates: list[Certificate] = field(default_factory=list)
    undrawable: list[Undrawable] = field(default_factory=list)
    refused: list[Candidate] = field(default_factory=list)
    already: int = 0

    @property
    def not_eligible(self) -> int:
        """How many have not earned one."""
        return len(self.refused)


def issue(
    event: Event,
    *,
    by: Actor,
    only: Collection[int] | None = None,
    at: datetime | None = None,
    quiet: bool = False,
    foreseen: bool = False,
) -> Issued:
    """Issue a certificate to everybody who has earned one and has none; doing it twice changes nothing.

    Whoever cannot be drawn is listed with the reason and left out. `only` narrows to these registrations, `at` is the
    moment of issue, for records of the past, and `quiet` sends no message. `foreseen` takes for attended what is still
    to come, and makes papers that hold when they are activated. The caller commits, then calls `record_files`.
    """
    if event.status is EventStatus.CANCELLED:
        raise EventWasCancelled
    at = at or clock.now()
    printed = printed_at(event)
    writer = Writer(event, printed, by=by, at=at)
    candidates = list_candidates(event, only=only, foreseen_at=at if foreseen else None)
    writer.reserve(sum(one.awaits_certificate for one in candidates))
    outcome = Issued()
    for candidate in candidates:
        if candidate.certificate is not None:
            outcome.already += 1
        elif not candidate.verdict.eligible:
            outcome.refused.append(candidate)
        else:
            written = writer.write(candidate)
            if isinstance(written, Certificate):
                outcome.certificates.append(written)
            else:
                outcome.undrawable.append(Undrawable(candidate.registration, written))
    flush_or_refuse(IssuedMeanwhile())
    if not (quiet or foreseen):
        for certificate in outcome.certificates:
            tell_ready(certificate, printed.mail)
    _write_down(outcome, event, "prepared" if foreseen else "issued", by=by, at=at)
    return outcome


def _write_down(outcome: Issued, event: Event, what: str, *, by: Actor, at: datetime) -> None:
    notes = [(f"certificate.{what}", one, {"number": one.register_number}) for one in outcome.certificates]
    audit.record_each(notes, by=by, project_id=event.project_id, at=at)
    if outcome.certificates or outcome.undrawable:
        counts = {"issued": len(outcome.certificates), "refused": len(outcome.undrawable)}
        audit.record_each([(f"certificates.{what}", event, counts)], by=by, project_id=event.project_id, at=at)


def revoke(certificate: Certificate, *, reason: str, by: Actor) -> Certificate:
    """Declare a certificate no longer valid, with the reason; its number and code go on answering."""
    if not reason.strip():
        raise CannotRevoke
    return move(certificate, Cause.REVOKED, by=by, reason=reason, refusal=CannotRevoke())


def revoke_each(certificates: Iterable[Certificate], *, reason: str, by: Actor) -> list[Certificate]:
    """Revoke many for one reason, all or none."""
    return [revoke(certificate, reason=reason, by=by) for certificate in sorted(certificates, key=lambda one: one.id)]


def record_files(certificates: Iterable[Certificate]) -> int:
    """Draw certificates, check each and note the fingerprint of its file; returns how many were new.

    Drawing takes some milliseconds each, so it happens outside the transaction that wrote them: draw first, with no
    lock held, then write the fingerprints. A file that does not say its record is not noted, and the log says so.
    """
    drawn = []
    for certificate in certificates:
        with suppress(FileIsWrong):
            content = finished(certificate)
            drawn.append((certificate.id, sha256_of_file(content), len(content)))
    db.session.rollback()
    now = clock.now()
    new = 0
    for certificate_id, fingerprint, size in drawn:
        known = db.session.get(Certificate, certificate_id)
        if known is not None and not has_rendition(known, fingerprint):
            rendition = Rendition(certificate_id=certificate_id, sha256=fingerprint, size=size, drawn_at=now)
            with suppress(IntegrityError), db.session.begin_nested():  # the worker may have noted it meanwhile
                db.session.add(rendition)
                db.session.flush()
                new += 1
    return new
