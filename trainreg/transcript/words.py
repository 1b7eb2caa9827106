"""Kinds, states and results in a word, and what stands over the columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.certificates.rules import CertificateState
from trainreg.certificates.sentences import KINDS as PAPER_KINDS
from trainreg.events.forms import KINDS
from trainreg.events.rules import EventKind
from trainreg.transcript.rules import Result

__all__ = ["EVENT_KINDS", "PAPER_KINDS", "PAPER_STATES", "RESULTS", "Heads", "heads"]

EVENT_KINDS: Mapping[EventKind, Any] = {EventKind(kind): words for kind, words in KINDS}
PAPER_STATES: Mapping[CertificateState, Any] = {
    CertificateState.ISSUED: _l("Valid"),
    CertificateState.SUPERSEDED: _l("Replaced"),
    CertificateState.REVOKED: _l("Revoked"),
    CertificateState.EXPIRED: _l("Expired"),
}
RESULTS: Mapping[Result, Any] = {
    Result.MET: _l("Met the rule"),
    Result.NOT_MET: _l("Did not meet the rule"),
    Result.UNDECIDED: _l("Not decided yet"),
    Result.ABSENT: _l("Did not come"),
    Result.NOT_MEASURED: _l("No rule for this role"),
}


@dataclass(frozen=True, slots=True)
class Heads:
    """The words of a transcript around its entries."""

    training: str
    sessions: str
    hours: str
    result: str
    nothing: str
    page: str  # with {page} and {pages}
    note: str  # with {characters}


def heads() -> Heads:
    """The same in the language that is spoken now."""
    return Heads(
        training=_("Training"),
        sessions=_("Sessions attended"),
        hours=_("Hours"),
        result=_("What came of it"),
        nothing=_("No training is on record."),
        page=_("Page {page} of {pages}"),
        note=_(
            "The name holds characters that this paper cannot print ({characters}); another spelling or a reference "
            "stands in its place."
        ),
    )
