"""An organisation brings its own certificate, of P-256 or of RSA, with the chain above it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories as make
from tests.certificates.keys.signed import signed
from tests.certificates.pyhanko_judge import judged_by_pyhanko
from tests.certificates.test_commands import run
from trainreg.certificates.keys import service, x509
from trainreg.certificates.keys.checking import check_signature
from trainreg.certificates.keys.health import REMINDER, look_at_keys
from trainreg.certificates.keys.queries import find_current_key
from trainreg.certificates.keys.rules import KeyAlgorithm

NOW = datetime.now(UTC)


def authority() -> tuple[x509.PrivateKey, certificates.Certificate]:
    key = x509.new_private_key(KeyAlgorithm.ES256)
    return key, issued_by(None, key, "National Authority", key)


def issued_by(
    above: certificates.Certificate | None, signer: x509.PrivateKey, name: str, key: x509.PrivateKey, days: int = 300
) -> certificates.Certificate:
    """A certificate for this key; without one above it, an authority's own."""
    subject = certificates.Name([certificates.NameAttribute(NameOID.ORGANIZATION_NAME, name)])
    builder = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above.subject if above else subject)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(NOW - timedelta(days=100))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(certificates.BasicConstraints(ca=above is None, path_length=None), critical=True)
    )
    if above is not None:
        builder = builder.add_extension(x509.SIGNS_DOCUMENTS, critical=True)
    return builder.sign(signer, hashes.SHA256())


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_an_own_certificate_signs_from_now_on(
    app: Flask, session: Session, tmp_path: Path, algorithm: KeyAlgorithm
) -> None:
    before = service.current_key()
    root_key, root = authority()
    private = x509.new_private_key(algorithm)
    leaf = issued_by(root, root_key, "Ministry of Labour", private)
    locked = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"word")
    )
    for name, content in (("chain", x509.chain_as_pem([leaf, root]).encode()), ("key", locked), ("word", b"word\n")):
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / name for name in ("chain", "key", "word")]

    done = run(app, "keys", "import", *paths[:2], "--passphrase-file", paths[2])

    assert done.exit_code == 0, done.output
    key = find_current_key()
    assert key is not None and key.algorithm is algorithm and not before.is_current and before.retired_at
    content = signed(service.signer_of(service.current_key().id))
    assert check_signature(content).kid == key.kid
    assert judged_by_pyhanko(content, root.public_bytes(serialization.Encoding.DER)).trusted
    companion = service.credential_key_of(key.id)
    assert (companion.kid == key.kid) is (algorithm is KeyAlgorithm.ES256)
    assert run(app, "keys", "import", *paths[:2], "--passphrase-file", paths[2]).exit_code == 1, "brought in once"


def test_what_cannot_sign_for_us_is_refused_with_the_reason(session: Session) -> None:
    root_key, root = authority()
    private, other = (x509.new_private_key(KeyAlgorithm.ES256) for _ in range(2))
    leaf = issued_by(root, root_key, "Ministry", private)
    small, edwards = rsa.generate_private_key(65537, 1024), ed25519.Ed25519PrivateKey.generate()  # noqa: S505
    for chain, key, why in (
        ([], private, "from one to five"),
        ([leaf, root], other, "not that of the private key"),
        ([leaf, leaf], private, "whoever issued it"),
        ([issued_by(root, root_key, "Ministry", private, days=-1)], private, "not valid today"),
        ([issued_by(root, root_key, "Ministry", small)], small, "2048 to 4096"),
        ([issued_by(root, root_key, "Ministry", edwards)], edwards, "P-256"),  # type: ignore[arg-type]
    ):
        with pytest.raises(x509.NotUsable, match=why):
            service.import_key(chain, key, by=make.STAFF)  # type: ignore[arg-type]
    with pytest.raises(x509.NotUsable, match="passphrase"):
        x509.private_key_from_pem(b"no key")
    with pytest.raises(x509.NotUsable, match="P-256"):
        x509.private_key_from_pem(x509.pem_of(ec.generate_private_key(ec.SECP384R1())))
    assert find_current_key() is None


def test_public_halves_are_handed_out_and_nothing_secret_with_them(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    key = service.current_key()
    pem = run(app, "keys", "export-public")
    assert pem.output == key.certificate_chain
    run(app, "keys", "export-public", "--format", "jwks", "-o", tmp_path / "keys.json")
    jwks = (tmp_path / "keys.json").read_text()
    assert key.kid in jwks and '"d"' not in jwks
    assert run(app, "keys", "export-public", "--kid", "NONE").exit_code == 1


def test_the_doctor_looks_at_the_keys(session: Session, keys_folder: Path) -> None:
    assert [good for good, _ in look_at_keys()] == [True]
    key = service.current_key()
    assert {good for good, _ in look_at_keys()} == {True}
    assert REMINDER in [sentence for _, sentence in look_at_keys()]
    path = keys_folder / f"{key.kid}.pem"
    path.chmod(0o644)
    keys_folder.chmod(0o755)
    (keys_folder / "STRAY.pem").touch()
    bad = " ".join(sentence for good, sentence in look_at_keys() if not good)
    assert "mode 644" in bad and "mode 755" in bad and "STRAY" in bad
    path.unlink()
    assert "not in keys/" in " ".join(sentence for good, sentence in look_at_keys() if not good)
