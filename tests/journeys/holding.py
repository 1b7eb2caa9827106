"""Somebody holds a certificate: a server, a signed file with its credential inside, the text of the second QR code."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests import databases
from tests import factories as make
from tests.certificates.credentials.conftest import hold
from tests.certificates.credentials.samples import HELD
from tests.journeys.conftest import free_port
from tests.journeys.door import House
from trainreg.app import create_app
from trainreg.certificates.credentials.build import jwt_of
from trainreg.certificates.credentials.compact import compact_of
from trainreg.certificates.keys import service as keys
from trainreg.certificates.models import Certificate, Rendition
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw_certificate, sha256_of_file
from trainreg.certificates.rules import CertificateState
from trainreg.config import load_settings
from trainreg.kernel import clock
from trainreg.kernel.db import Base, db


@dataclass
class Office(House):
    """The server, and what its stranger holds in hand."""

    code: str = ""
    number: str = ""
    name: str = ""
    file: bytes = b""
    second_code: str = ""
    token: str = ""
    held: list[int] = field(default_factory=list)

    def revoke(self) -> None:
        """As the desk does, today."""
        with self.app.app_context():
            certificate = db.session.get_one(Certificate, self.held[0])
            certificate.state, certificate.state_changed_at = CertificateState.REVOKED, clock.now()
            db.session.commit()
            db.session.remove()


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """One certificate of Batbayar Enkhtuya, signed and handed out."""
    with databases.fresh(folder) as url:
        port = free_port()
        site = f"http://127.0.0.1:{port}"
        environment = {"TRAINREG_INSTANCE": str(folder), "TRAINREG_DATABASE_URL": url, "TRAINREG_BASE_URL": site}
        app = create_app(load_settings(folder, environment))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            known = Office(app, {**os.environ, **environment}, port, "", "", [], [])
            _hand_out(known)
        known.start()
        try:
            yield known
        finally:
            known.kill()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def _hand_out(known: Office) -> None:
    event = make.event(make.project(), title={"en": "At the door"})
    certificate = hold(make.registration(event, make.person("Enkhtuya", "Batbayar")), HELD, known.url)
    facts, key_id = facts_of(certificate), certificate.signing_key_id or 0
    key = keys.credential_key_of(key_id)
    known.code, known.number, known.name = facts.code, facts.register_number, facts.names["en"]
    known.token, known.second_code = jwt_of(facts, key), compact_of(facts, key)
    known.file = draw_certificate(certificate)
    db.session.add(
        Rendition(
            certificate=certificate, sha256=sha256_of_file(known.file), size=len(known.file), drawn_at=clock.now()
        )
    )
    known.held.append(certificate.id)
    db.session.commit()


def forged(known: Office) -> tuple[str, str]:
    """The token and the text of the second code with another name under the same seal."""
    with known.app.app_context():
        certificate = db.session.get_one(Certificate, known.held[0])
        key = keys.credential_key_of(certificate.signing_key_id or 0)
        facts = replace(facts_of(certificate), names={"en": "Ganbold Forger", "mn": "Ганболд"})
        token, second = jwt_of(facts, key), compact_of(facts, key)
        db.session.remove()
    return _keep_seal(token, known.token), _keep_seal(second, known.second_code)


def _keep_seal(forged: str, true: str) -> str:
    return f"{forged.rpartition('.')[0]}.{true.rpartition('.')[2]}"
