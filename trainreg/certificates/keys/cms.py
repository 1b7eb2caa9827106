"""The signature of a PDF (CMS, PAdES B-B): everything that does not change is made once, and each file adds its digest.

The same digest gives the same bytes: RSA PKCS#1 v1.5 has no chance in it, ECDSA draws its number from key and message
(RFC 6979). No signing time stands in it, as PAdES wants it: the signature's dictionary tells it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from trainreg.certificates.keys.rules import KeyAlgorithm
from trainreg.certificates.keys.x509 import PrivateKey, PublicKey, algorithm_of, name_in, public_key_of

_SEQUENCE, _SET, _OCTETS, _FIRST, _ONE = 0x30, 0x31, 0x04, 0xA0, b"\x02\x01\x01"
# Bytes of a DER signature on P-256: two numbers of 33 at most, and what frames them. Each byte less is some 256 times
# rarer, so that one of fewer than 60 will never be seen.
_LENGTHS_ECDSA = range(60, 73)
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SIGNATURE_NAMES = {KeyAlgorithm.ES256: "sha256_ecdsa", KeyAlgorithm.RS256: "rsassa_pkcs1v15"}


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


@dataclass(frozen=True)
class CmsSigner:
    """A private key and its certificates, ready to sign files (see `pdf.page.Signer`)."""

    kid: str
    key: PrivateKey
    chain: Sequence[x509.Certificate]

    @property
    def name(self) -> str:
        """Who signs, as the certificate says it."""
        return name_in(self.chain[0])

    @property
    def room(self) -> int:
        """How many bytes a signature takes at most."""
        return self._frame.room

    def sign(self, digest: bytes) -> bytes:
        """The detached CMS (DER) over the SHA-256 of what is signed; raises ValueError for another length."""
        if len(digest) != 32:
            raise ValueError("a file is signed by its SHA-256")
        return self._frame.around(digest, self._signature(self._frame.attributes(digest)))

    def _signature(self, content: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        return lower(self.key.sign(content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))

    @cached_property
    def _frame(self) -> Frame:
        return Frame.of(self.chain)


def lower(signature: bytes) -> bytes:
    """Of the two ECDSA signatures that hold whenever one does, the one that counts here: nobody can exchange them."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, _P256_ORDER - s))


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same in every signature of a key, as bytes; what is checked is what it would have made."""

    public_key: PublicKey
    leaf: bytes
    before_digest: bytes
    after_digest: bytes
    before_attributes: bytes
    after_attributes: bytes
    before_signer: bytes

    @classmethod
    def of(cls, chain: Sequence[x509.Certificate]) -> Frame:
        """Prepare for a chain, whose first certificate is the signer's."""
        encoded = [one.public_bytes(Encoding.DER) for one in chain]
        leaf = asn1_x509.Certificate.load(encoded[0])
        marker = hashlib.sha256(encoded[0]).digest()[::-1]
        before, after = _signed_attributes(leaf, marker).split(marker)
        sha256: bytes = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
        signed_by = cms.IssuerAndSerialNumber({"issuer": leaf.issuer, "serial_number": leaf.serial_number}).dump()
        kind = _SIGNATURE_NAMES[algorithm_of(chain[0].public_key())]
        return cls(
            public_key=public_key_of(chain[0]),
            leaf=encoded[0],
            before_digest=before,
            after_digest=after,
            before_attributes=_ONE + signed_by + sha256,
            after_attributes=algos.SignedDigestAlgorithm({"algorithm": kind}).dump(),
            before_signer=_ONE
            + _der(_SET, sha256)
            + _der(_SEQUENCE, core.ObjectIdentifier(cms.ContentType.unmap("data")).dump())
            + _der(_FIRST, *encoded),
        )

    @property
    def room(self) -> int:
        """How many bytes a signature takes at most."""
        return len(self.around(bytes(32), bytes(max(self._lengths))))

    @property
    def _lengths(self) -> range:
        if isinstance(self.public_key, rsa.RSAPublicKey):
            return range(self.public_key.key_size // 8, self.public_key.key_size // 8 + 1)
        return _LENGTHS_ECDSA

    def attributes(self, digest: bytes) -> bytes:
        """What the key signs."""
        return _der(_SET, self.before_digest, digest, self.after_digest)

    def around(self, digest: bytes, signature: bytes) -> bytes:
        """The whole CMS."""
        attributes = _der(_FIRST, self.before_digest, digest, self.after_digest)
        signer = _der(_SEQUENCE, self.before_attributes, attributes, self.after_attributes, _der(_OCTETS, signature))
        signed = _der(_SEQUENCE, self.before_signer, _der(_SET, signer))
        kind: bytes = core.ObjectIdentifier(cms.ContentType.unmap("signed_data")).dump()
        return _der(_SEQUENCE, kind, _der(_FIRST, signed))

    def holds(self, content: bytes, digest: bytes) -> bool:
        """Whether these bytes are the signature that this key, and no other, made over that digest.

        Nothing in them is read: they must be what `around` makes, of which only the signature, at the end, is not
        known beforehand. So nothing can be hidden in them either.
        """
        if self.leaf not in content:
            return False
        for length in self._lengths:
            signature = content[-length:]
            if self.around(digest, signature) == content:
                return self._is_right(signature, self.attributes(digest))
        return False

    def _is_right(self, signature: bytes, content: bytes) -> bool:
        try:
            if isinstance(self.public_key, rsa.RSAPublicKey):
                self.public_key.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
                return True
            self.public_key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
            return lower(signature) == signature
        except (InvalidSignature, ValueError):
            return False


def _signed_attributes(leaf: asn1_x509.Certificate, digest: bytes) -> bytes:
    """The content of the set of signed attributes, in the order of DER."""
    issuer = asn1_x509.GeneralNames([asn1_x509.GeneralName("directory_name", leaf.issuer)])
    named = tsp.ESSCertIDv2(
        {
            "cert_hash": hashlib.sha256(leaf.dump()).digest(),
            "issuer_serial": {"issuer": issuer, "serial_number": leaf.serial_number},
        }
    )
    attributes = [
        cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
        cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
        cms.CMSAttribute({"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [named]})]}),
    ]
    return b"".join(sorted(one.dump() for one in attributes))
