"""Signing and describing keys as JOSE does: ES256 over bytes, and public keys as JWK."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from trainreg.certificates.keys.x509 import PublicKey


def base64url(content: bytes) -> str:
    """As JOSE writes bytes: no padding, and nothing that an address would escape."""
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


@dataclass(frozen=True, slots=True)
class CredentialKey:
    """A key on P-256 under its name."""

    kid: str
    key: ec.EllipticCurvePrivateKey

    def sign(self, content: bytes) -> bytes:
        """ES256: two numbers of 32 bytes. The same content gives the same bytes (RFC 6979)."""
        signature = self.key.sign(content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        r, s = decode_dss_signature(signature)
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def jwk_of(kid: str, public_key: PublicKey) -> dict[str, str]:
    """A public key as a JSON Web Key."""
    if isinstance(public_key, ec.EllipticCurvePublicKey):
        point = public_key.public_numbers()
        x, y = (base64url(number.to_bytes(32, "big")) for number in (point.x, point.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "use": "sig", "alg": "ES256"}
    numbers = public_key.public_numbers()
    n, e = (base64url(number.to_bytes((number.bit_length() + 7) // 8, "big")) for number in (numbers.n, numbers.e))
    return {"kty": "RSA", "n": n, "e": e, "kid": kid, "use": "sig", "alg": "RS256"}
