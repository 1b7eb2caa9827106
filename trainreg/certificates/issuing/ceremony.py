"""Papers for the ceremony: printed before the last day, and valid only once attendance has earned them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from trainreg.certificates.issuing.editions import differences, later_edition
from trainreg.certificates.issuing.moves import move
from trainreg.certificates.issuing.printed import printed_at
from trainreg.certificates.issuing.queries import list_prepared_events
from trainreg.certificates.issuing.refusals import CannotBeDrawn, NothingChosen, NotOverYet
from trainreg.certificates.issuing.writing import Writer
from trainreg.certificates.models import Certificate
from trainreg.certificates.notices import tell_ready
from trainreg.certificates.queries import Candidate, list_candidates
from trainreg.certificates.rules import Cause, CertificateState
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import SYSTEM, Actor
from trainreg.kernel.db import db


@dataclass(slots=True)
class Activated:
    """What activating came to: papers that hold now, new editions of papers that said otherwise, and the rest."""

    activated: list[Certificate] = field(default_factory=list)
    anew: list[Certificate] = field(default_factory=list)
    undrawable: list[Candidate] = field(default_factory=list)
    not_earned: list[Candidate] = field(default_factory=list)


def activate(event: Event, *, by: Actor, only: Collection[int] | None = None) -> Activated:
    """Make the prepared papers valid of whoever has earned them by now; doing it twice changes nothing.

    A paper whose printed facts no longer hold gets a new edition in its place.
    """
    printed, outcome = printed_at(event), Activated()
    writer = Writer(event, printed, by=by, at=clock.now())
    for candidate in list_candidates(event, only=only):
        paper = candidate.certificate
        if paper is None or paper.state is not CertificateState.PREPARED:
            continue
        if not candidate.verdict.eligible:
            outcome.not_earned.append(candidate)
        elif not differences(candidate, paper, printed):
            outcome.activated.append(move(paper, Cause.ACTIVATED, by=by))
        else:
            try:
                outcome.anew.append(later_edition(candidate, paper, Cause.CORRECTED, writer=writer, by=by))
            except CannotBeDrawn:
                outcome.undrawable.append(candidate)
    for certificate in outcome.activated + outcome.anew:
        tell_ready(certificate, printed.mail)
    return outcome


def void(event: Event, registration_ids: Collection[int], *, reason: str, by: Actor) -> list[Certificate]:
    """Void the prepared papers of these registrations that were not earned; their numbers stay used up."""
    if event.ends_at is None or event.ends_at > clock.now():
        raise NotOverYet
    if not registration_ids:
        raise NothingChosen
    return [
        move(candidate.certificate, Cause.VOIDED, by=by, reason=reason)
        for candidate in list_candidates(event, only=registration_ids)
        if candidate.certificate is not None
        and candidate.certificate.state is CertificateState.PREPARED
        and not candidate.verdict.eligible
    ]


def activate_after_events() -> int:
    """The worker's share: after an event's end, whoever has earned the paper has a valid one. Commits."""
    activated = 0
    for event_id in list_prepared_events(clock.now()):
        event = db.session.get_one(Event, event_id)
        waiting = [one for one in list_candidates(event) if one.awaits_activation]
        if waiting:
            ids = [one.registration.id for one in waiting]
            db.session.rollback()
            outcome = activate(db.session.get_one(Event, event_id), by=SYSTEM, only=ids)
            activated += len(outcome.activated) + len(outcome.anew)
        db.session.commit()
    return activated
