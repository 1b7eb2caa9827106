"""What rounds of issuing are called at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.certificates.issuing.rules import JobAction, JobStatus
from trainreg.certificates.rules import CertificateState

ACTIONS: Mapping[JobAction, Any] = {
    JobAction.ISSUE: _l("Issue certificates"),
    JobAction.PREPARE: _l("Prepare papers for the ceremony"),
}
STATUSES: Mapping[JobStatus, Any] = {
    JobStatus.GOING: _l("Under way"),
    JobStatus.PAUSED: _l("Paused"),
    JobStatus.STOPPED: _l("Stopped"),
    JobStatus.DONE: _l("Done"),
}
TONES: Mapping[JobStatus, str] = {
    JobStatus.GOING: "info",
    JobStatus.PAUSED: "warn",
    JobStatus.STOPPED: "bad",
    JobStatus.DONE: "good",
}
STATES_IN_BOOK: Mapping[CertificateState, Any] = {
    CertificateState.PREPARED: _l("Prepared"),
    CertificateState.ISSUED: _l("Valid"),
    CertificateState.SUPERSEDED: _l("Replaced"),
    CertificateState.REVOKED: _l("Revoked"),
    CertificateState.EXPIRED: _l("Expired"),
    CertificateState.VOIDED: _l("Voided"),
}
