"""The first key is made when it is first needed, once, and its private half is for the service's user alone."""

import stat
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import factories as make
from tests.certificates.keys.making import signing_key
from trainreg.certificates.keys import files, service
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.rules import KeyAlgorithm
from trainreg.certificates.keys.x509 import chain_from_pem, kid_of, name_in, private_key_from_pem
from trainreg.kernel.db import db

AT_ONCE = 6


def test_the_first_signer_makes_the_key(session: Session) -> None:
    signer = service.signer_of(service.current_key().id)
    (key,) = session.scalars(select(SigningKey))
    assert key.is_current and key.kid == signer.kid == kid_of(signer.key.public_key())
    assert service.signer_of(service.current_key().id).kid == signer.kid
    assert service.signer_of(key.id).kid == signer.kid


def test_the_private_half_is_a_file_of_its_owner_alone(session: Session) -> None:
    key = service.current_key()
    path = files.path_of(key.kid)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir() if key.kid in one.name] == [path.name], "a draft was left"
    row = {column.name: str(getattr(key, column.name)) for column in SigningKey.__table__.columns}
    private = private_key_from_pem(path.read_bytes())
    assert "PRIVATE" not in "".join(row.values())
    assert chain_from_pem(key.certificate_chain)[0].public_key() == private.public_key()


def test_the_certificate_names_the_organisation(session: Session) -> None:
    make.project(organisation={"en": "Agency for Training", "mn": "Сургалтын газар"})
    (certificate,) = chain_from_pem(service.make_key(by=make.STAFF).certificate_chain)
    assert name_in(certificate) == "Agency for Training"


def test_a_signer_without_its_file_is_refused_by_name(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    key = service.current_key()
    monkeypatch.setattr(files, "folder", lambda: Path("/nonexistent"))
    with pytest.raises(service.KeyMissing, match=key.kid):
        service.signer_of(key.id)


def test_a_file_of_another_key_is_not_used(session: Session) -> None:
    key, other = signing_key(), service.make_key(by=make.STAFF)
    files.path_of(key.kid).write_bytes(files.path_of(other.kid).read_bytes())
    with pytest.raises(service.KeyMissing, match=key.kid):
        service.signer_of(key.id)


def test_the_database_knows_one_current_key(session: Session) -> None:
    service.current_key()
    session.add(SigningKey(kid="X", algorithm=KeyAlgorithm.ES256, certificate_chain="", is_current=True,
                           created_at=make.NOW, created_by=""))  # fmt: skip
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.slow
def test_many_at_once_make_one_key(separate_app: Flask) -> None:
    ready = threading.Barrier(AT_ONCE)
    kids: list[str] = []
    failures: list[BaseException] = []

    def sign() -> None:
        try:
            with separate_app.app_context():
                ready.wait()
                kids.append(service.signer_of(service.current_key().id).kid)
                db.session.commit()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=sign) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(set(kids)) == 1
    with separate_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SigningKey)) == 1
        assert len(list(files.folder().iterdir())) == 1
