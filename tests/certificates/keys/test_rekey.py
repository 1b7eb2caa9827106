"""docs/keys.md, rehearsed: a key is changed, lost, stolen, and every paper goes on being what it is."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories as make
from tests.certificates.keys.signed import SIGNED_AT, signed
from tests.certificates.test_commands import run
from trainreg.audit.models import AuditEntry
from trainreg.certificates.keys import files, rekeying, service
from trainreg.certificates.keys.checking import SignatureState, check_signature
from trainreg.certificates.keys.queries import find_current_key, get_key
from trainreg.certificates.keys.rules import KeyState, Worth
from trainreg.certificates.models import Certificate
from trainreg.kernel import clock
from trainreg.kernel.db import db


def told(app: Flask, *arguments: str) -> Any:
    result = run(app, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.fixture
def held(certificate: Certificate) -> Certificate:
    """A certificate that the current key signs."""
    certificate.signing_key = service.current_key()
    db.session.commit()
    return certificate


def file_of(certificate: Certificate) -> bytes:
    return signed(service.signer_of(certificate.signing_key_id or 0))


@pytest.mark.slow
def test_a_new_key_signs_and_the_old_one_goes_on_verifying(app: Flask, held: Certificate) -> None:
    before, content, digest = held.signing_key, file_of(held), b"7" * 32
    assert before is not None
    signature = service.signer_of(before.id).sign(digest)

    answer = told(app, "rekey", "--reason", "every second year")

    current = find_current_key()
    assert current is not None and answer == {"current": current.kid, "about": [before.kid], "signed_anew": []}
    assert service.signer_of(service.current_key().id).kid == current.kid != before.kid
    assert (before.state, before.reason, before.retired_by) == (KeyState.RETIRED, "every second year", "command line")
    assert held.signing_key_id == before.id
    assert service.signer_of(before.id).sign(digest) == signature, "what was issued is signed as before"
    assert check_signature(content).is_good


def test_a_lost_key_is_replaced_and_its_papers_go_on_verifying(app: Flask, held: Certificate) -> None:
    lost, content, facts = held.signing_key, file_of(held), held.facts
    assert lost is not None
    files.path_of(lost.kid).unlink()
    with pytest.raises(service.KeyMissing):
        file_of(held)

    answer = told(app, "rekey", "--lost", "--reason", "the disk broke")

    db.session.refresh(held)
    assert answer["about"] == [lost.kid] and answer["signed_anew"] == [held.id]
    assert get_key(lost.id).state is KeyState.LOST
    assert held.facts == facts
    assert held.signing_key is not None and held.signing_key.kid == answer["current"]
    anew = file_of(held)
    assert anew != content
    assert check_signature(anew).is_good
    assert check_signature(content).is_good and check_signature(content).kid == lost.kid
    written = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("signing_key"))).all()
    assert set(written) == {"signing_key.made", "signing_key.retired", "signing_key.lost"}


def test_nothing_is_lost_while_every_key_is_there(app: Flask, held: Certificate) -> None:
    kid = service.current_key().kid
    result = run(app, "rekey", "--lost")
    assert result.exit_code == 1 and isinstance(result.exception, rekeying.NoKeyIsLost)
    assert service.current_key().kid == kid


@pytest.mark.slow
def test_what_a_stolen_key_signed_since_is_trusted_no_longer(app: Flask, held: Certificate) -> None:
    stolen, content = held.signing_key, file_of(held)
    assert stolen is not None
    later = signed(service.signer_of(stolen.id), at=SIGNED_AT + timedelta(days=2))

    since = (SIGNED_AT + timedelta(days=1)).isoformat()
    answer = told(app, "rekey", "--compromised", "--since", since, "--reason", "laptop stolen")

    assert answer["about"] == [stolen.kid] and answer["signed_anew"] == [held.id]
    assert get_key(stolen.id).state is KeyState.COMPROMISED
    assert check_signature(content).is_good, "signed before the theft"
    finding = check_signature(later)
    assert (finding.state, finding.worth) == (SignatureState.INTACT, Worth.UNTRUSTED)
    assert finding.compromised_since == SIGNED_AT + timedelta(days=1)
    assert check_signature(file_of(held)).is_good


def test_without_a_moment_nothing_a_stolen_key_signed_is_trusted(app: Flask, held: Certificate) -> None:
    content, kid = file_of(held), service.current_key().kid
    told(app, "rekey")

    told(app, "rekey", "--compromised", "--kid", kid)

    finding = check_signature(content)
    assert finding.worth is Worth.UNTRUSTED and finding.compromised_since is None
    assert check_signature(file_of(held)).is_good


@pytest.mark.parametrize(
    "arguments",
    [("--lost", "--compromised"), ("--since", "2026-11-28"), ("--compromised", "--since", "yesterday"), ("--kid", "X")],
)
def test_what_makes_no_sense_is_refused(app: Flask, session: Session, arguments: tuple[str, ...]) -> None:
    assert run(app, "rekey", *arguments).exit_code == 2
    assert find_current_key() is None


def test_a_theft_in_the_future_or_of_no_key_is_refused(session: Session) -> None:
    with pytest.raises(rekeying.NoSuchKey):
        rekeying.declare_compromised(by=make.STAFF, kid="NOSUCHKEY")
    service.current_key()
    with pytest.raises(rekeying.NotAPastMoment):
        rekeying.declare_compromised(by=make.STAFF, since=clock.now() + timedelta(hours=1))


def test_keys_are_listed_with_what_they_may_do(app: Flask, held: Certificate, keys_folder: Path) -> None:
    before = service.current_key().kid
    after = told(app, "rekey")["current"]
    (keys_folder / f"{before}.pem").unlink()

    first, second = told(app, "keys", "list")

    assert (first["kid"], first["state"], first["private_key_here"]) == (before, "retired", False)
    assert (second["kid"], second["state"], second["private_key_here"]) == (after, "current", True)
    assert "PRIVATE KEY NOT HERE" in run(app, "keys", "list").output
