"""Make, hand out and change the keys that sign certificates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509 as certificates
from cryptography.hazmat.primitives.asymmetric import ec
from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, text

from trainreg.audit import service as audit
from trainreg.certificates.keys import files, x509
from trainreg.certificates.keys.cms import CmsSigner
from trainreg.certificates.keys.jose import CredentialKey
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.queries import find_current_key, find_key_by_kid, get_key
from trainreg.certificates.keys.rules import KeyAlgorithm
from trainreg.kernel import clock
from trainreg.kernel.actor import SYSTEM, Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.languages import in_language
from trainreg.kernel.refusals import Refused
from trainreg.programme.models import Project

audit.describes(
    {
        "signing_key.made": _l("Key %(kid)s made; it signs certificates from now on"),
        "signing_key.imported": _l("Key %(kid)s brought in; it signs certificates from now on"),
        "signing_key.retired": _l("Key %(kid)s retired; it goes on verifying what it signed"),
    }
)


class KeyMissing(Refused):
    """Without the private half nothing can be signed."""

    sentence = _l(
        "The private key %(kid)s is not in the instance folder, so nothing can be signed with it. Put keys/ back from "
        "the backup, or declare the key lost: trainreg certificates rekey --lost."
    )
    status = 503


class KeyMadeMeanwhile(Refused):
    """The database knows a current key that was not there a moment ago."""

    sentence = _l("Another process made a key at the same moment. Try again.")


class KeyKnown(Refused):
    """A key is brought in once: what it signed must come out the same for ever."""

    sentence = _l("The key %(kid)s is here already. A new certificate needs a new key.")


def current_key(*, by: Actor = SYSTEM) -> SigningKey:
    """The key that signs what is issued now; the first is made on first use, once, however many ask."""
    key = find_current_key()
    if key is None:
        lock_keys()
        key = find_current_key() or make_key(by=by)
    return key


def signer_of(key_id: int) -> CmsSigner:
    """Who signs, and signed, the files of this key; raises KeyMissing."""
    return _signer(get_key(key_id))


def credential_key_of(key_id: int) -> CredentialKey:
    """Who signs credentials and QR codes beside the files of this key, on P-256; raises KeyMissing."""
    row = get_key(key_id).for_credentials
    key = _signer(row).key
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 - an RSA key has a companion
    return CredentialKey(row.kid, key)


def lock_keys() -> None:
    """Let nobody else make or change a key until the end of the transaction, and read them again.

    SQLite's writer is alone anyhow.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE"))
    db.session.scalars(select(SigningKey).execution_options(populate_existing=True)).all()


def make_key(*, by: Actor, at: datetime | None = None) -> SigningKey:
    """Make a key with a certificate of its own; it signs from now on. The caller holds `lock_keys`."""
    key = _keep_new(KeyAlgorithm.ES256, by=by, at=at or clock.now(), is_current=True)
    audit.record("signing_key.made", key, by=by, at=key.created_at, kid=key.kid)
    return key


def import_key(chain: Sequence[certificates.Certificate], private: x509.PrivateKey, *, by: Actor) -> SigningKey:
    """Let the organisation's own key and certificate sign from now on; raises NotUsable or KeyKnown."""
    now = clock.now()
    x509.ensure_usable(chain, private, at=now)
    algorithm = x509.algorithm_of(private.public_key())
    lock_keys()
    kid = x509.kid_of(private.public_key())
    if find_key_by_kid(kid) is not None:
        raise KeyKnown(kid=kid)
    if (before := find_current_key()) is not None:
        retire(before, by=by, at=now)
    companion = None
    if algorithm is KeyAlgorithm.RS256:
        companion = _keep_new(KeyAlgorithm.ES256, by=by, at=now, is_current=False)
    files.keep(kid, x509.pem_of(private))
    key = _write(kid, algorithm, chain, by=by, at=now, is_current=True)
    key.companion = companion
    flush_or_refuse(KeyMadeMeanwhile())
    audit.record("signing_key.imported", key, by=by, at=now, kid=kid)
    return key


def retire(key: SigningKey, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Let a key sign nothing new any more. It goes on verifying, and drawing what it signed."""
    key.is_current = False
    key.retired_at, key.retired_by, key.reason = at, by.label, reason
    if key.companion is not None:
        key.companion.retired_at, key.companion.retired_by = at, by.label
    db.session.flush()
    audit.record("signing_key.retired", key, by=by, at=at, kid=key.kid)


def organisation_name() -> str:
    """Whose keys they are: as the settings say, else the organisation of the first project, else the site."""
    settings = current_app.extensions["settings"]
    first = db.session.scalar(select(Project.organisation).order_by(Project.id).limit(1))
    named = settings.organisation or in_language(first, "en")
    return named or urlsplit(current_app.config["BASE_URL"]).hostname or "trainreg"


def _keep_new(algorithm: KeyAlgorithm, *, by: Actor, at: datetime, is_current: bool) -> SigningKey:
    private = x509.new_private_key(algorithm)
    kid = x509.kid_of(private.public_key())
    own = x509.self_signed(private, organisation=organisation_name(), site=current_app.config["BASE_URL"], at=at)
    files.keep(kid, x509.pem_of(private))
    key = _write(kid, algorithm, [own], by=by, at=at, is_current=is_current)
    flush_or_refuse(KeyMadeMeanwhile())
    return key


def _write(
    kid: str,
    algorithm: KeyAlgorithm,
    chain: Sequence[certificates.Certificate],
    *,
    by: Actor,
    at: datetime,
    is_current: bool,
) -> SigningKey:
    key = SigningKey(
        kid=kid,
        algorithm=algorithm,
        certificate_chain=x509.chain_as_pem(chain),
        is_current=is_current,
        created_at=at,
        created_by=by.label,
    )
    db.session.add(key)
    return key


def _signer(key: SigningKey) -> CmsSigner:
    path = files.path_of(key.kid)
    try:
        return _load(path, path.stat().st_mtime_ns, key.kid, key.certificate_chain)
    except (OSError, x509.NotUsable) as problem:
        raise KeyMissing(kid=key.kid) from problem


@lru_cache(maxsize=32)
def _load(path: Path, _changed: int, kid: str, chain: str) -> CmsSigner:
    """A key is read once in each process, for as long as its file stays as it is."""
    private = x509.private_key_from_pem(path.read_bytes())
    certificates_of_key = x509.chain_from_pem(chain)
    if certificates_of_key[0].public_key() != private.public_key():
        raise x509.NotUsable(why="")
    return CmsSigner(kid, private, certificates_of_key)
