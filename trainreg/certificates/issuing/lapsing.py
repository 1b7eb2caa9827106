"""Certificates that lapse: the reminder before, once, and the state on the day after the last."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.certificates.issuing.moves import move
from trainreg.certificates.issuing.queries import list_with_last_day
from trainreg.certificates.models import Certificate
from trainreg.certificates.notices import lapsing_draft
from trainreg.certificates.rules import REMINDED_DAYS_BEFORE, Cause, is_lapsing, state_after
from trainreg.kernel import clock
from trainreg.kernel.actor import OFFICIAL, SYSTEM
from trainreg.kernel.db import db, lock_row
from trainreg.outbox.service import queue_each
from trainreg.registration.notices import address_of

audit.describes({"certificate.renewal_asked": _l("The holder asks for certificate %(number)s to be renewed")})
BATCH = 100
_A_DAY = timedelta(days=1)


def lapse() -> int:
    """The worker's share: whose last day is over has lapsed, in the time zone of its project. Commits each batch."""
    lapsed, after_id = 0, 0
    # Somewhere on earth it is tomorrow already: the project's own calendar decides for each.
    while batch := list_with_last_day(clock.now().date(), after_id=after_id, limit=BATCH):
        after_id = batch[-1].id
        for certificate in batch:
            if certificate.valid_until is not None and certificate.valid_until < _today(certificate):
                move(certificate, Cause.LAPSED, by=SYSTEM)
                lapsed += 1
        db.session.commit()
    db.session.rollback()
    return lapsed


def remind() -> int:
    """The worker's share: write to those whose certificate lapses soon; the key of a mail tells it once."""
    reminded, after_id = 0, 0
    soon = clock.now().date() + timedelta(days=REMINDED_DAYS_BEFORE) + _A_DAY
    while batch := list_with_last_day(soon, after_id=after_id, limit=BATCH):
        after_id = batch[-1].id
        reminded += queue_each(
            lapsing_draft(certificate, to=to)
            for certificate in batch
            if (to := address_of(certificate.registration)) is not None
            and is_lapsing(certificate.valid_until, _today(certificate))
            and (certificate.valid_until or _today(certificate)) >= _today(certificate)
        )
        db.session.commit()
    db.session.rollback()
    return reminded


def ask_for_renewal(certificate: Certificate) -> Certificate:
    """Note that its holder asks for a new edition; the desk decides."""
    certificate = lock_row(Certificate, certificate.id)
    if certificate.renewal_asked_at is None and may_be_renewed(certificate):
        certificate.renewal_asked_at = clock.now()
        audit.record(
            "certificate.renewal_asked",
            certificate,
            by=OFFICIAL,
            project_id=certificate.registration.event.project_id,
            number=certificate.register_number,
        )
    return certificate


def may_be_renewed(certificate: Certificate) -> bool:
    """Whether a certificate lapses soon or has lapsed, and nothing took its place."""
    return state_after(certificate.state, Cause.RENEWED) is not None and is_lapsing(
        certificate.valid_until, _today(certificate)
    )


def _today(certificate: Certificate) -> date:
    return clock.today(certificate.registration.event.project.timezone)
