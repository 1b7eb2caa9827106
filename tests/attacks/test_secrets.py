"""Secrets and names stay out of logs, files of others, process lists and databases that are in use."""

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from tests import databases
from tests.pages import Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.accounts.commands import user
from trainreg.accounts.models import User
from trainreg.accounts.passwords import matches
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.kernel.db import Base, db
from trainreg.kernel.logs import traced
from trainreg.operations.demo import demo
from trainreg.operations.doctor import examine
from trainreg.operations.serve import start_server
from trainreg.people.models import Person
from trainreg.registration import public_pages

SECRETS = ("Сэцэн", "secret@example.org")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Flask]:
    """The application as it is served: errors are answered and logged, not raised."""
    with databases.fresh(tmp_path) as url:
        environment = {"TRAINREG_DATABASE_URL": url, "TRAINREG_BASE_URL": "http://localhost"}
        app = create_app(load_settings(tmp_path, environment))
        with app.app_context():
            Base.metadata.create_all(db.engine)
        yield app
        with app.app_context():
            db.engine.dispose()


def error_of_database(_subject: object, *_others: object, **_more: object) -> None:
    """What a defect in a service would come to."""
    row = {"given_name": SECRETS[0], "family_name": "", "email": SECRETS[1], "language": None}
    db.session.execute(insert(Person), [row])


def error_of_python(_subject: object, form: Any, **_more: object) -> None:
    raise ValueError(f"cannot understand {form.details.given_name} <{form.details.email}>")


@pytest.mark.parametrize("defect", [error_of_database, error_of_python])
def test_a_defect_writes_no_name_to_the_log(
    served: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, defect: Any
) -> None:
    with served.app_context():
        world = World.create()
        path, answers = f"/e/{world.event.slug}/register", filled(world.ministry, given_name=SECRETS[0])
        pages = Pages(served)
        token = pages.token()
        monkeypatch.setattr(public_pages, "register", defect)
        with caplog.at_level(logging.DEBUG):
            body = {**answers, "email": SECRETS[1], "csrf_token": token}
            answer = pages.client.post(path, data=body)
    assert answer.status_code in {409, 500}
    assert not any(secret in answer.get_data(as_text=True) for secret in SECRETS if answer.status_code == 500)
    assert "/e/<slug>/register" in caplog.text or "register_now" in caplog.text
    assert not any(secret in caplog.text for secret in SECRETS), caplog.text


def test_no_receipt_is_written_to_the_log(
    served: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(public_pages, "get_submission_by_receipt", lambda *_: 1 // 0)
    with caplog.at_level(logging.DEBUG):
        assert served.test_client().get("/e/held/received/THESECRET?q=Bolor").status_code == 500
    assert "ZeroDivisionError" in caplog.text and "public_pages.py" in caplog.text
    assert "THESECRET" not in caplog.text and "Bolor" not in caplog.text


def test_a_traced_error_names_places_and_no_values(session: Any) -> None:
    with pytest.raises(IntegrityError) as caught:
        error_of_database(None)
    words = traced(caught.value)
    assert "error_of_database" in words and "IntegrityError: " in words
    assert not any(secret in words for secret in SECRETS)


def test_the_engine_hides_what_was_typed(session: Any) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught:
        session.execute(text("SELECT * FROM no_such_table WHERE name = :name"), {"name": SECRETS[0]})
    assert SECRETS[0] not in str(caught.value)


def test_the_server_keeps_no_list_of_visits(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    class Started:
        def __init__(self, arguments: list[str], **_options: Any) -> None:
            started.append(arguments)

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Started)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with app.app_context(), pytest.raises(SystemExit):
        start_server("127.0.0.1", 8108, 1, with_worker=False)
    [arguments] = started
    assert not any("access" in one or "debug" in one or "reload" in one for one in arguments)
    assert not app.debug


def run(instance: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAINREG_")}
    return subprocess.run(
        [sys.executable, "-m", "trainreg", *arguments],
        env=kept | {"TRAINREG_INSTANCE": str(instance)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        umask=0o022,
    )


@pytest.mark.slow
def test_what_an_installation_creates_is_for_its_user_alone(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    assert run(instance, "db", "upgrade").returncode == 0
    added = run(
        instance, *("user", "add", "a@example.org", "--role", "administrator", "--name", "A"), TRAINREG_PASSWORD="p" * 5
    )
    assert added.returncode == 1 and "12 characters" in added.stderr
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [instance, *instance.iterdir()]}
    assert modes["secret-key"] == 0o600 and "trainreg.sqlite" in modes
    assert not any(mode & 0o077 for mode in modes.values()), modes


def test_the_doctor_sees_an_open_database(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {})
    app = create_app(settings)
    (tmp_path / "trainreg.sqlite").touch(0o644)
    (tmp_path / "trainreg.sqlite").chmod(0o644)
    with app.app_context():
        said = {finding.sentence: finding.is_good for finding in examine(settings)}
        db.engine.dispose()
    assert said["The database is readable by others than its owner (mode 644)."] is False


def test_a_password_need_not_stand_in_the_process_list(app: Flask, session: Any) -> None:
    answer = app.test_cli_runner().invoke(
        user,
        ["add", "new@example.org", "--role", "administrator", "--name", "New"],
        env={"TRAINREG_PASSWORD": "four words and a stone"},
    )
    assert answer.exit_code == 0, answer.output
    added = session.query(User).filter_by(email="new@example.org").one()
    assert matches(added.password_hash, "four words and a stone") and "stone" not in answer.output


@pytest.mark.parametrize("flags", [[], ["--fresh", "--yes"]])
def test_the_demonstration_leaves_real_data_alone(served: Flask, flags: list[str]) -> None:
    """Not even when told to start over and not to ask."""
    with served.app_context():
        world = World.create()
        kept = world.administrator.email
    answer = served.test_cli_runner().invoke(demo, ["--no-serve", *flags])
    assert answer.exit_code == 1 and "holds other data" in answer.output
    with served.app_context():
        assert db.session.query(User).filter_by(email=kept).count() == 1
        assert db.session.query(User).filter(User.email.endswith("@demo.example")).count() == 0
