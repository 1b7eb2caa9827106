"""Who issues: the site as did:web, its documents, and the addresses that stand in credentials for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from trainreg.certificates.credentials.encoding import multibase58
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys.jose import jwk_of
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.rules import KeyAlgorithm, KeyState
from trainreg.certificates.keys.x509 import chain_from_pem, public_key_of

DID_CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/jwk/v1",
    "https://w3id.org/security/multikey/v1",
]
_P256_PUBLIC = b"\x80\x24"  # multicodec p256-pub
# The same key twice in the document: as a web key for tokens, and as a multikey for proofs inside JSON.
PROOF_SUFFIX = "-proof"


def did_of(base: str) -> str:
    """The site as did:web: the port's colon is written as %3A, as the method wants it."""
    return f"did:web:{quote(urlsplit(base).netloc, safe='')}"


def base_of(facts: CertificateFacts) -> str:
    """The site that issued, as it was then: that of the address in the QR code."""
    parts = urlsplit(facts.verify_url)
    return f"{parts.scheme}://{parts.netloc}"


def for_credentials(keys: Sequence[SigningKey]) -> list[SigningKey]:
    """The keys that sign credentials: those on P-256."""
    return [key for key in keys if key.algorithm is KeyAlgorithm.ES256]


def document(base: str, keys: Sequence[SigningKey]) -> dict[str, Any]:
    """The site's DID document: every key there ever was, and which of them speak for it."""
    did, signing = did_of(base), for_credentials(keys)
    trusted = [key for key in signing if key.state is not KeyState.COMPROMISED]
    return {
        "@context": DID_CONTEXTS,
        "id": did,
        "verificationMethod": [method for key in signing for method in _methods(did, key)],
        "assertionMethod": [f"{did}#{key.kid}{suffix}" for key in trusted for suffix in ("", PROOF_SUFFIX)],
        "service": [{"id": f"{did}#issuer", "type": "LinkedDomains", "serviceEndpoint": base}],
    }


def _methods(did: str, key: SigningKey) -> list[dict[str, Any]]:
    public = public_key_of(chain_from_pem(key.certificate_chain)[0])
    assert isinstance(public, ec.EllipticCurvePublicKey)  # noqa: S101 - `for_credentials` chose them
    point = public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    own = {"controller": did}
    return [
        {"id": f"{did}#{key.kid}", "type": "JsonWebKey", "publicKeyJwk": jwk_of(key.kid, public)} | own,
        {
            "id": f"{did}#{key.kid}{PROOF_SUFFIX}",
            "type": "Multikey",
            "publicKeyMultibase": multibase58(_P256_PUBLIC + point),
        }
        | own,
    ]


def key_set(keys: Sequence[SigningKey]) -> dict[str, Any]:
    """The keys that credentials may be checked with (RFC 7517); of a compromised one only its name and since when."""
    signing = for_credentials(keys)
    public = {
        key.kid: jwk_of(key.kid, public_key_of(chain_from_pem(key.certificate_chain)[0]))
        for key in signing
        if key.state is not KeyState.COMPROMISED
    }
    compromised = [
        {"kid": key.kid, "since": key.compromised_since.isoformat()} for key in signing if key.compromised_since
    ]
    return {"keys": list(public.values())} | ({"compromised": compromised} if compromised else {})
