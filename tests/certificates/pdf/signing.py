"""A small real signer: P-256 after RFC 6979, its own certificate, CMS as PAdES B-B asks."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_MADE = datetime(2026, 1, 1, tzinfo=UTC)
_ENDS = datetime(2046, 1, 1, tzinfo=UTC)
_ONE = core.Integer(1).dump()
_DATA = cms.ContentType("data").dump()
_SIGNED_DATA = cms.ContentType("signed_data").dump()
_MESSAGE_DIGEST = cms.CMSAttributeType("message_digest").dump()


class SmallSigner:
    """Signs with one fixed key."""

    room = 2048
    name = "Example Organisation"

    def __init__(self) -> None:
        self._key = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(self._key.public_key())
            .serial_number(1)
            .not_valid_before(_MADE)
            .not_valid_after(_ENDS)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=True,
                    content_commitment=True,
                    key_encipherment=False,
                    data_encipherment=False,
                    key_agreement=False,
                    key_cert_sign=False,
                    crl_sign=False,
                    encipher_only=False,
                    decipher_only=False,
                ),
                critical=True,
            )
            .sign(self._key, hashes.SHA256(), ecdsa_deterministic=True)
            .public_bytes(serialization.Encoding.DER)
        )

        self._parts()

    def _parts(self) -> None:
        """What is the same in every signature, encoded once: encoding all anew takes five times as long as signing."""
        certificate = asn1_x509.Certificate.load(self.certificate)
        issued = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        chosen = {"certs": [tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(self.certificate).digest()})]}
        self._signer = cms.IssuerAndSerialNumber(issued).dump()
        self._kind = cms.CMSAttribute({"type": "content_type", "values": ["data"]}).dump()
        self._chosen = cms.CMSAttribute(
            {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2(chosen)]}
        ).dump()
        self._hash = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
        self._algorithm = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}).dump()

    def sign(self, digest: bytes) -> bytes:
        attributes = b"".join(
            sorted((self._kind, self._chosen, _der(0x30, _MESSAGE_DIGEST, _der(0x31, _der(4, digest)))))
        )
        scheme = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        signature = self._key.sign(_der(0x31, attributes), scheme)
        signer = (_ONE, self._signer, self._hash, _der(0xA0, attributes), self._algorithm, _der(4, signature))
        signed = (
            _ONE,
            _der(0x31, self._hash),
            _der(0x30, _DATA),
            _der(0xA0, self.certificate),
            _der(0x31, _der(0x30, *signer)),
        )
        return _der(0x30, _SIGNED_DATA, _der(0xA0, _der(0x30, *signed)))


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    length = len(content)
    if length < 128:
        return bytes((tag, length)) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes((tag, 128 | len(size))) + size + content
