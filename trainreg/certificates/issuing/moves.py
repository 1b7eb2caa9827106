"""Move a certificate from one state to another: along the table of `rules`, under its lock, written down."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import Cause, state_after
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import lock_row
from trainreg.kernel.refusals import Refused

audit.describes(
    {
        "certificate.activated": _l("Certificate %(number)s activated: it holds from now on"),
        "certificate.corrected": _l("Certificate %(number)s corrected: another takes its place"),
        "certificate.renewed": _l("Certificate %(number)s renewed: another takes its place"),
        "certificate.revoked": _l("Certificate %(number)s revoked"),
        "certificate.lapsed": _l("Certificate %(number)s has lapsed"),
        "certificate.voided": _l("Certificate %(number)s voided: its paper never came to hold"),
    }
)


class MovedMeanwhile(Refused):
    """A certificate stands where this cannot happen to it."""

    sentence = _l("This cannot be done: the certificate stands differently now. Reload the page to see how.")


def move(
    certificate: Certificate,
    cause: Cause,
    *,
    by: Actor,
    reason: str = "",
    at: datetime | None = None,
    refusal: Refused | None = None,
) -> Certificate:
    """Move a certificate as the table says; raises the refusal where this may not happen to it."""
    certificate = lock_row(Certificate, certificate.id)
    after = state_after(certificate.state, cause)
    if after is None:
        raise refusal or MovedMeanwhile()
    certificate.state, certificate.state_changed_at = after, at or clock.now()
    certificate.state_reason = reason.strip()
    audit.record(
        f"certificate.{cause.value}",
        certificate,
        by=by,
        project_id=certificate.registration.event.project_id,
        number=certificate.register_number,
    )
    return certificate
