"""What the second QR code holds: an address of the offline page, with the signed facts behind its #.

A browser does not send what stands behind #: the page reads it, and checks it with the public key it has. The form is
written down in docs/verification-offline.md.
"""

from __future__ import annotations

from datetime import date

from trainreg.certificates.credentials.achievements import language_of
from trainreg.certificates.credentials.did import base_of
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys.jose import CredentialKey, base64url
from trainreg.certificates.rules import CertificateKind
from trainreg.kernel.languages import in_language

VERSION = "1"
PAGE = "/v/offline"
ENOUGH = 450  # characters: a QR code of 30 mm whose modules any camera tells apart
_SHORTEST_TITLE = 24
_KINDS = {
    CertificateKind.ATTENDANCE: "A",
    CertificateKind.COMPLETION: "C",
    CertificateKind.TRAINER: "T",
    CertificateKind.APPRECIATION: "P",
}


def compact_of(facts: CertificateFacts, key: CredentialKey) -> str:
    """The address with the facts of this certificate, signed; the same facts and key give the same address."""
    before = f"{base_of(facts)}{PAGE}#{VERSION}.{key.kid}."
    room = ENOUGH - len(before) - len(base64url(bytes(64))) - 1
    payload = base64url(_payload(facts, room))
    signed = f"{VERSION}.{key.kid}.{payload}"
    return f"{before}{payload}.{base64url(key.sign(signed.encode('ascii')))}"


def _payload(facts: CertificateFacts, room: int) -> bytes:
    """The facts in lines. The title is shortened where it must be, then names in other languages are left out.

    The name in the credential's language is always whole.
    """
    language = language_of(facts)
    title = in_language(facts.event_title, language)
    others = {code: facts.names[code] for code in facts.languages if code != language}
    head = [
        _KINDS[facts.kind],
        facts.register_number,
        facts.code.replace("-", ""),
        _day(facts.starts_on),
        "" if facts.ends_on == facts.starts_on else _day(facts.ends_on),
        _day(facts.issued_on),
        _day(facts.valid_until) if facts.valid_until else "",
        language,
    ]

    def lines(length: int, names: dict[str, str]) -> bytes:
        shown = title if length >= len(title) else f"{title[: length - 1].rstrip()}…"
        named = [facts.names[language], *(f"{code}={name}" for code, name in names.items())]
        return "\n".join([*head, shown, *named]).encode()

    most = room * 3 // 4
    while others and len(lines(_SHORTEST_TITLE, others)) > most:
        others.popitem()
    length = len(title)
    while len(lines(length, others)) > most and length > _SHORTEST_TITLE:
        length -= 1
    return lines(length, others)


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
