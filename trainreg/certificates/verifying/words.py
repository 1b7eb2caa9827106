"""How states and checks read, for whoever holds a certificate: the page and the command say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.certificates.keys.checking import SignatureState
from trainreg.certificates.keys.rules import Worth
from trainreg.certificates.reading import Unreadable
from trainreg.certificates.rules import CertificateKind
from trainreg.certificates.verification import Check, Finding
from trainreg.certificates.verifying.standing import Stand, Standing
from trainreg.web.locale import format_day

KINDS: Mapping[CertificateKind, Any] = {
    CertificateKind.ATTENDANCE: _l("Certificate of attendance"),
    CertificateKind.COMPLETION: _l("Certificate of completion"),
    CertificateKind.TRAINER: _l("Trainer’s certificate"),
    CertificateKind.APPRECIATION: _l("Certificate of appreciation"),
}

TONES: Mapping[Standing, str] = {
    Standing.VALID: "good",
    Standing.PREPARED: "warn",
    Standing.VOIDED: "bad",
    Standing.SUPERSEDED: "warn",
    Standing.REVOKED: "bad",
    Standing.EXPIRED: "warn",
}

_CHECKS: Mapping[Check, tuple[Any, Any]] = {
    Check.READABLE: (_l("The file is a PDF that can be read."), _l("The file is not a PDF that can be read.")),
    Check.CODE_KNOWN: (
        _l("It carries a code that was issued here."),
        _l("It carries no code that was issued here."),
    ),
    Check.NUMBER_MATCHES: (
        _l("The register number on the page belongs to the code."),
        _l("The register number on the page does not belong to the code."),
    ),
    Check.NAME_MATCHES: (
        _l("The name on the page is the one that was issued."),
        _l("The name on the page is not the one that was issued."),
    ),
    Check.TITLE_MATCHES: (
        _l("The event on the page is the one that was issued."),
        _l("The event on the page is not the one that was issued."),
    ),
    Check.RECORD_UNCHANGED: (
        _l("Our own record of it is unchanged since it was issued."),
        _l("Our own record of it was altered. Please tell the organisation."),
    ),
    Check.FILE_AS_ISSUED: (
        _l("The file is, byte for byte, what was handed out."),
        _l("The file is not, byte for byte, what was handed out."),
    ),
    Check.SIGNED: (
        _l("Our signature covers the whole file."),
        _l("Our signature does not cover the whole file."),
    ),
    Check.KEY_TRUSTED: (
        _l("The key that signed it was in our hands alone."),
        _l("The key that signed it cannot be trusted."),
    ),
    Check.CREDENTIAL_SIGNED: (
        _l("The credential inside the file is signed with a key of ours."),
        _l("The credential inside the file is not signed with a key of ours."),
    ),
    Check.CREDENTIAL_MATCHES: (
        _l("The credential says, word for word, what was issued."),
        _l("The credential does not say what was issued."),
    ),
    Check.STATUS_LIST: (
        _l("The public list of states does not name it as withdrawn."),
        _l("The public list of states names it as withdrawn."),
    ),
    Check.IN_FORCE: (_l("The certificate is in force today."), _l("The certificate is not in force today.")),
}

# What was found exactly, where one sentence for "it does not hold" would say too little.
_FOUND: Mapping[str, Any] = {
    Unreadable.LOCKED.value: _l("The file is locked with a password. Certificates are handed out without one."),
    Unreadable.TOO_MANY_PAGES.value: _l("The file has more pages than can be checked here."),
    Unreadable.TOO_COSTLY.value: _l("The file is not built like a certificate: reading it would take too long."),
    SignatureState.UNSIGNED.value: _l("The file carries no signature, and what was handed out is signed."),
    SignatureState.FOREIGN.value: _l("The file is signed, but with no key of ours."),
    SignatureState.ALTERED.value: _l("The file was changed after we signed it."),
    SignatureState.EXTENDED.value: _l("Something was added to the file after we signed it."),
    Worth.AFTER_RETIREMENT.value: _l("It says that it was signed when that key was no longer in use."),
    "credential_none": _l("The credential that belongs inside the file is missing."),
    "credential_foreign": _l("The credential inside the file was altered, or is signed with no key of ours."),
    "credential_after_retirement": _l("The credential says that it was signed when that key was no longer in use."),
    "credential_untrusted": _l("The key of the credential may have been in other hands at that time."),
    "credential_other": _l("The credential inside the file belongs to another certificate."),
    "listed_prepared": _l("The public list of states names it as not in force: it is not valid yet."),
    "listed_voided": _l("The public list of states names it as withdrawn: it never became valid."),
    "listed_revoked": _l("The public list of states names it as withdrawn: it was revoked."),
    "listed_superseded": _l("The public list of states names it as withdrawn: a newer one replaced it."),
    Worth.UNTRUSTED.value: _l("The key that signed it may have been in other hands at that time."),
}


def sentence_of(finding: Finding) -> str:
    """One check and its outcome as a sentence."""
    if not finding.held and finding.found in _FOUND:
        return str(_FOUND[finding.found])
    return str(_CHECKS[finding.check][0 if finding.held else 1])


_STATES: Mapping[Standing, Any] = {
    Standing.VALID: _l("This certificate is valid."),
    Standing.PREPARED: _l("This certificate was printed ahead of the event. It is not valid yet."),
    Standing.VOIDED: _l("This certificate was printed ahead of the event and never became valid."),
    Standing.SUPERSEDED: _l("This certificate was corrected and replaced by a newer one."),
    Standing.REVOKED: _l("This certificate was revoked. It is no longer valid."),
    Standing.EXPIRED: _l("This certificate has expired. It is no longer valid."),
}
_STATES_SINCE: Mapping[Standing, Any] = {
    Standing.REVOKED: _l("This certificate was revoked on %(day)s. It is no longer valid."),
    Standing.EXPIRED: _l("This certificate was valid until %(day)s and has expired."),
}


def state_sentence(stand: Stand) -> str:
    """What the paper is worth, in one plain sentence."""
    if stand.since is not None and stand.standing in _STATES_SINCE:
        return str(_STATES_SINCE[stand.standing]) % {"day": format_day(stand.since)}
    return str(_STATES[stand.standing])
