"""X.509: the certificate a key gets when it is made, and what an organisation brings of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from flask_babel import lazy_gettext as _l

from trainreg.certificates.keys.rules import KeyAlgorithm
from trainreg.kernel.refusals import Invalid
from trainreg.kernel.tokens import ALPHABET

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

# What a paper says must be told apart from forgeries for a working life; a key is changed long before.
LIFETIME = timedelta(days=365 * 25)
# RFC 9336, and what NSS, on which poppler and Firefox stand, asks of whoever signs a document.
_PURPOSES = (ObjectIdentifier("1.3.6.1.5.5.7.3.36"), ExtendedKeyUsageOID.EMAIL_PROTECTION)
_KID_LETTERS = 12
_LONGEST_NAME = 64  # of a name in a certificate (RFC 5280, upper bounds)
_SMALLEST_RSA, _LARGEST_RSA = 2048, 4096
_MOST_CERTIFICATES = 5
SIGNS_DOCUMENTS = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


class NotUsable(Invalid):
    """A key or a chain of certificates that cannot sign for us; the sentence says why."""

    sentence = _l("This key and certificate cannot be used: %(why)s")


def new_private_key(algorithm: KeyAlgorithm) -> PrivateKey:
    """A fresh key from the system's randomness."""
    if algorithm is KeyAlgorithm.ES256:
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=_SMALLEST_RSA)


def pem_of(key: PrivateKey) -> bytes:
    """A private key as the file keeps it."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def kid_of(public_key: PublicKey) -> str:
    """The name of a key: twelve letters of the SHA-256 of its public half, so that it cannot name another."""
    spki = public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    bits = int.from_bytes(hashlib.sha256(spki).digest()[:8], "big") >> (64 - 5 * _KID_LETTERS)
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_KID_LETTERS)))


def algorithm_of(public_key: Any) -> KeyAlgorithm:
    """How this key signs; raises NotUsable for a kind of key that not every reader of PDF can check."""
    if isinstance(public_key, ec.EllipticCurvePublicKey) and isinstance(public_key.curve, ec.SECP256R1):
        return KeyAlgorithm.ES256
    if isinstance(public_key, rsa.RSAPublicKey) and _SMALLEST_RSA <= public_key.key_size <= _LARGEST_RSA:
        return KeyAlgorithm.RS256
    raise NotUsable(why=str(_l("it must be a key on the curve P-256, or of RSA with 2048 to 4096 bits.")))


def public_key_of(certificate: x509.Certificate) -> PublicKey:
    """The key that a certificate of ours is about."""
    key = certificate.public_key()
    assert isinstance(key, PublicKey)  # noqa: S101 - `algorithm_of` let no other kind in
    return key


def self_signed(key: PrivateKey, *, organisation: str, site: str, at: datetime) -> x509.Certificate:
    """A certificate in which the organisation vouches for its own key: what there is without an authority."""
    public_key, named = key.public_key(), organisation[:_LONGEST_NAME]
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, named),
            x509.NameAttribute(NameOID.COMMON_NAME, named),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, kid_of(public_key)),
        ]
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(public_key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        # Certificates of events long past are signed with the moment of their issue, which lies before the key.
        .not_valid_before(datetime(2000, 1, 1, tzinfo=at.tzinfo))
        .not_valid_after(at + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(SIGNS_DOCUMENTS, critical=True)
        .add_extension(x509.ExtendedKeyUsage(_PURPOSES), critical=False)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(site)]), critical=False)
    )
    return builder.sign(key, hashes.SHA256())


def chain_as_pem(chain: Sequence[x509.Certificate]) -> str:
    """A chain of certificates as text, the key's own first."""
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode("ascii") for one in chain)


def chain_from_pem(text: str | bytes) -> list[x509.Certificate]:
    """A chain of certificates from text; raises ValueError for anything else."""
    return x509.load_pem_x509_certificates(text.encode("ascii") if isinstance(text, str) else text)


def name_in(certificate: x509.Certificate) -> str:
    """Whose certificate it is, as people would say it."""
    for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for attribute in certificate.subject.get_attributes_for_oid(kind):
            return str(attribute.value)
    return certificate.subject.rfc4514_string()


def private_key_from_pem(pem: bytes, passphrase: bytes | None = None) -> PrivateKey:
    """A private key from its file; raises NotUsable when it is none, or is locked with another passphrase."""
    try:
        key = serialization.load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError) as problem:
        raise NotUsable(why=str(_l("the private key cannot be read; is the passphrase the right one?"))) from problem
    algorithm_of(key.public_key())
    assert isinstance(key, PrivateKey)  # noqa: S101 - `algorithm_of` let no other kind in
    return key


def ensure_usable(chain: Sequence[x509.Certificate], key: PrivateKey, *, at: datetime) -> None:
    """Raise NotUsable unless this chain belongs to the key, is in its order, and lets it sign documents now."""
    if not 1 <= len(chain) <= _MOST_CERTIFICATES:
        raise NotUsable(why=str(_l("the file must hold from one to five certificates.")))
    leaf = chain[0]
    if leaf.public_key() != key.public_key():
        raise NotUsable(why=str(_l("the first certificate is not that of the private key.")))
    if not leaf.not_valid_before_utc <= at <= leaf.not_valid_after_utc:
        raise NotUsable(why=str(_l("the certificate is not valid today.")))
    for below, above in pairwise(chain):
        try:
            below.verify_directly_issued_by(above)
        except (ValueError, TypeError, InvalidSignature) as problem:
            raise NotUsable(why=str(_l("each certificate must be followed by that of whoever issued it."))) from problem
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise NotUsable(why=str(_l("the certificate does not allow its key to sign documents.")))
