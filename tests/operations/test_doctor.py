"""`trainreg doctor` tells what is wrong, and `trainreg db` what the schema is."""

from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from tests.world import World
from trainreg.kernel.db import SQLITE_VERSION
from trainreg.operations.doctor import NO_ACCOUNT, SOUND_SQLITE, examine


def test_a_sound_sqlite_is_bundled() -> None:
    assert SQLITE_VERSION >= SOUND_SQLITE


def test_nobody_can_sign_in_to_a_fresh_instance(app: Flask, session: Session) -> None:
    findings = list(examine(app.extensions["settings"]))
    assert [one.sentence for one in findings if not one.is_good] == [NO_ACCOUNT]


def test_a_secret_that_others_can_read_is_found(app: Flask, world: World) -> None:
    settings = app.extensions["settings"]
    key: Path = settings.instance / "secret-key"
    key.chmod(0o644)
    try:
        bad = [one.sentence for one in examine(settings) if not one.is_good]
    finally:
        key.chmod(0o600)
    assert bad == ["The secret key is readable by others than its owner (mode 644)."]
