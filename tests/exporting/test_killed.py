"""Workers killed at work, and two at once, as processes of their own: one whole file, made once.

On real databases, SQLite and PostgreSQL alike.
"""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from tests import factories as make
from tests.exporting.files import content_of
from tests.processes import FRESH
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.exporting import making, service
from trainreg.exporting.making import make_next
from trainreg.exporting.models import Export, ExportPiece
from trainreg.exporting.rules import LEASE, ExportStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db, reading
from trainreg.kernel.permissions import Role
from trainreg.operations.crowd import Crowd
from trainreg.reporting.workbook.offered import wanted_people_of
from trainreg.reporting.workbook.people import count_people

REGISTRATIONS = 2_000
SMALL_PIECE = 256  # so that the file has many pieces, and the kill comes between two of them

pytestmark = pytest.mark.slow


@pytest.fixture
def app(separate_app: Flask) -> Iterator[Flask]:
    """Somebody asked for everybody who attended."""
    with separate_app.app_context():
        Crowd(REGISTRATIONS, lambda _line: None).build()
        db.session.commit()
        user = make.user(Role.ADMINISTRATOR)
        db.session.commit()
        service.ask(wanted_people_of(None), language="en", by=user.actor())
        db.session.commit()
    return separate_app


# How far it has come when it is killed, as the database tells.
COME = {"while it reads": select(Export.done).where(Export.done > 0), "between two pieces": select(ExportPiece.id)}


def _work(instance: str, url: str, when: str = "") -> None:
    """A worker in a process of its own, killed when it has come so far."""
    making.PIECE, making.NOTE_EVERY = SMALL_PIECE, 0.0  # type: ignore[attr-defined]

    def is_stopped() -> bool:
        if when:
            with reading(), db.engine.connect() as beside:
                if beside.scalar(COME[when].limit(1)):
                    os.kill(os.getpid(), signal.SIGKILL)
        return False

    environment = {"TRAINREG_DATABASE_URL": url, "TRAINREG_BASE_URL": "http://localhost"}
    with create_app(load_settings(Path(instance), environment), TESTING=True).app_context():
        make_next(stopped=is_stopped)


def _start(app: Flask, *when: str) -> BaseProcess:
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    process = FRESH.Process(target=_work, args=(app.instance_path, url, *when))
    process.start()
    return process


def _ensure_whole() -> None:
    export = db.session.scalars(select(Export)).one()
    assert export.status is ExportStatus.READY and export.size == len(content_of(export))
    sheet = load_workbook(BytesIO(content_of(export)), read_only=True)["Attendances"]
    assert len(list(sheet.iter_rows())) == 1 + count_people(None) == 1 + export.total


@pytest.mark.parametrize("when", COME)
def test_what_a_killed_worker_left_the_next_one_makes(app: Flask, when: str) -> None:
    """No part of it is ever offered; after the lease the next worker begins anew."""
    process = _start(app, when)
    process.join(120)
    assert process.exitcode == -signal.SIGKILL
    with app.app_context():
        export = db.session.scalars(select(Export)).one()
        assert export.status is ExportStatus.PREPARING and export.size == 0
        assert not make_next(), "while the lease lasts it may be alive"
        export = db.session.scalars(select(Export)).one()
        export.claimed_until = clock.now() - timedelta(seconds=1)
        db.session.commit()
        assert export.claimed_until + LEASE > clock.now()
        assert make_next()
        _ensure_whole()
        assert db.session.scalars(select(Export)).one().tries == 2


def test_workers_at_once_make_it_once(app: Flask) -> None:
    processes = [_start(app) for _worker in range(2)]
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * 2
    with app.app_context():
        _ensure_whole()
        assert db.session.scalars(select(Export)).one().tries == 1
