"""Is this a credential of ours, and does it say what was issued? For tokens and for badges that carry one.

What is handed in is not read before one of our own keys has verified it: until then it is only bytes.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from trainreg.certificates.codes import normalise
from trainreg.certificates.credentials.build import claims_of, credential_of
from trainreg.certificates.credentials.did import for_credentials
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.queries import list_keys
from trainreg.certificates.keys.rules import Worth
from trainreg.certificates.keys.x509 import chain_from_pem, public_key_of
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of, find_certificate_by_code

_LARGEST = 1_000_000  # bytes of a badge or token that is looked at; ours have some fifty thousand
_TOKEN = re.compile(rb"eyJ[\w-]{10,4000}\.[\w-]{10,60000}\.[\w-]{86}")
_CARRIED = re.compile(rb"openbadgecredential\0{5}|<openbadges:credential\s+verify=[\"']")
_ADDRESS = re.compile(r"/v/([^/]+)/credential$")


class CredentialState(StrEnum):
    """What is found about a credential."""

    NONE = "none"  # there is none in the file
    FOREIGN = "foreign"  # not signed by a key of ours, or changed since
    UNKNOWN = "unknown"  # signed by us, and about no certificate that was issued here, or not as it was issued
    OURS = "ours"  # signed by us, and word for word what was issued


@dataclass(frozen=True, slots=True)
class CredentialFinding:
    """What is found, by which key, what that key's word is worth, and about which certificate."""

    state: CredentialState
    kid: str = ""
    worth: Worth | None = None
    certificate: Certificate | None = None

    @property
    def is_good(self) -> bool:
        """Whether it is ours and its key was ours alone. Whether the certificate is in force is another question."""
        return self.state is CredentialState.OURS and self.worth is Worth.GOOD


def carries_credential(content: bytes) -> bool:
    """Whether a file is a badge or a token, and so to be looked at here."""
    return next(_tokens_in(content), None) is not None


def check_credential(content: bytes) -> CredentialFinding:
    """Look at a badge (PNG, SVG) or a token; any bytes at all have an answer."""
    finding = CredentialFinding(CredentialState.NONE)
    for token in _tokens_in(content):
        signed, _dot, signature = token.rpartition(b".")
        key = next((key for key in for_credentials(list_keys()) if _holds(key, signed, signature)), None)
        if key is not None:
            return _judge(key, json.loads(_bytes(signed.partition(b".")[2])))
        finding = CredentialFinding(CredentialState.FOREIGN)
    return finding


def _judge(key: SigningKey, told: dict[str, Any]) -> CredentialFinding:
    worth = key.lifetime.worth(datetime.fromisoformat(told["validFrom"]))
    named = _ADDRESS.search(told["id"])
    code = normalise(named.group(1)) if named else None
    certificate = find_certificate_by_code(code) if code else None
    if certificate is None or certificate.status_index is None:
        return CredentialFinding(CredentialState.UNKNOWN, key.kid, worth)
    issued = credential_of(facts_of(certificate))
    state = CredentialState.OURS if told == issued | claims_of(issued) else CredentialState.UNKNOWN
    return CredentialFinding(state, key.kid, worth, certificate)


def _tokens_in(content: bytes) -> Iterator[bytes]:
    """The token that the file is, or the first that it carries where badges carry theirs."""
    if len(content) > _LARGEST:
        return
    if found := _TOKEN.fullmatch(content.strip()):
        yield found.group()
        return
    if (carried := _CARRIED.search(content)) and (found := _TOKEN.match(content, carried.end())):
        yield found.group()


def _holds(key: SigningKey, signed: bytes, signature: bytes) -> bool:
    public, raw = public_key_of(chain_from_pem(key.certificate_chain)[0]), _bytes(signature)
    assert isinstance(public, ec.EllipticCurvePublicKey)  # noqa: S101 - `for_credentials` chose them
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    try:
        public.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _bytes(text: bytes) -> bytes:
    return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
