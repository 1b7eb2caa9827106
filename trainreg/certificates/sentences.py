"""How verdicts, flaws and states read, in words a clerk would use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal, format_percent
from flask_babel import lazy_gettext as _l

from trainreg.certificates.render import Flaw
from trainreg.certificates.rules import CertificateKind, Reason, ReasonKind

KINDS: Mapping[CertificateKind, Any] = {
    CertificateKind.ATTENDANCE: _l("Certificate of attendance"),
    CertificateKind.COMPLETION: _l("Certificate of completion"),
    CertificateKind.TRAINER: _l("Trainer’s certificate"),
    CertificateKind.APPRECIATION: _l("Certificate of appreciation"),
}

_REASONS: Mapping[ReasonKind, Any] = {
    ReasonKind.NOT_A_PARTICIPANT: _l(
        "Came as an observer or organizer: only participants earn a certificate, and trainers and resource persons."
    ),
    ReasonKind.HELPED_NOWHERE: _l("Attended no session; whoever trains or advises is thanked for at least one."),
    ReasonKind.HELPED: _l("Trained or advised, and attended %(attended)s of %(planned)s planned hours."),
    ReasonKind.NOT_CONFIRMED: _l("The registration is not confirmed."),
    ReasonKind.NO_PLANNED_SESSIONS: _l("The event has no planned sessions, so there is nothing to measure."),
    ReasonKind.ATTENDED_TOO_LITTLE: _l("Attended %(attended)s of %(planned)s planned hours; %(threshold)s are needed."),
    ReasonKind.ATTENDED_ENOUGH: _l("Attended %(attended)s of %(planned)s planned hours; %(threshold)s are needed."),
    ReasonKind.TEST_NOT_HANDED_IN: _l("The post-test is not handed in; %(pass_mark)s of its points are needed."),
    ReasonKind.TEST_NOT_MARKED: _l("The post-test waits for its marks; %(pass_mark)s of its points are needed."),
    ReasonKind.TEST_FAILED: _l("Has %(points)s of %(most)s points of the post-test; %(pass_mark)s are needed."),
    ReasonKind.TEST_PASSED: _l("Has %(points)s of %(most)s points of the post-test; %(pass_mark)s are needed."),
    ReasonKind.EVALUATION_MISSING: _l("The evaluation is not handed in."),
    ReasonKind.EVALUATION_HANDED_IN: _l("The evaluation is handed in."),
}


def hours(minutes: int) -> str:
    """Minutes as hours in the reader's figures: 90 reads 1.5."""
    return str(format_decimal(minutes / 60, format="#,##0.##"))


def reason_sentence(reason: Reason) -> str:
    """One reason of a verdict, with its figures."""
    return str(_REASONS[reason.kind]) % {
        "attended": hours(reason.attended_minutes),
        "planned": hours(reason.planned_minutes),
        "threshold": format_percent(reason.threshold, format="#,##0.#%"),
        "points": format_decimal(reason.points, format="#,##0.##"),
        "most": format_decimal(reason.most),
        "pass_mark": format_percent(reason.pass_mark, format="#,##0.#%"),
    }


def named_characters(characters: str) -> str:
    """Characters as somebody can find them: each with its number in Unicode."""
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in characters)


def flaw_sentence(flaw: Flaw) -> str:
    """Why a certificate cannot be drawn, naming the characters."""
    if flaw.characters:
        return str(_l("“%(text)s” holds characters that the certificate’s typefaces do not have: %(characters)s.")) % {
            "text": flaw.text,
            "characters": named_characters(flaw.characters),
        }
    return str(_l("“%(text)s” is too long for its place on the certificate.")) % {"text": flaw.text}
