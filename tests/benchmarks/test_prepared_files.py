"""A long list as a prepared file: seconds, memory of making and of sending, and what everybody else notices of it.

TRAINREG_EXPORT_ROWS says how long (6,000 registrations where it does not; the product is meant for 100,000 and more).
"""

import sys
import threading
import time
import tracemalloc
from pathlib import Path
from statistics import median

import pytest
from flask import Flask

from tests import factories as make
from tests.applications import application
from tests.benchmarks.sizes import sized
from trainreg.exporting import service
from trainreg.exporting.making import make_next
from trainreg.exporting.models import Export
from trainreg.exporting.queries import pieces_of
from trainreg.exporting.rules import ExportStatus
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.operations.crowd import Crowd
from trainreg.reporting.workbook.offered import wanted_people_of
from trainreg.web.throttle import Bucket

ROWS = sized(6_000, 1_000, "TRAINREG_EXPORT_ROWS")
MB = 1024**2


class Others:
    """Somebody who writes all the while, a small transaction every twentieth of a second."""

    def __init__(self, app: Flask) -> None:
        self.app, self.over, self.waits = app, threading.Event(), [0.0]
        self.log, self.largest_log = Path(app.instance_path) / "test.sqlite-wal", 0
        self.thread = threading.Thread(target=self._write)

    def __enter__(self) -> "Others":
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()

    def _write(self) -> None:
        with self.app.app_context():
            while not self.over.wait(0.05):
                began = time.perf_counter()
                db.session.add(Bucket(key=f"{len(self.waits):064}", tokens=1.0, updated_at=make.NOW))
                db.session.commit()
                self.waits.append(time.perf_counter() - began)
                if self.log.exists():
                    self.largest_log = max(self.largest_log, self.log.stat().st_size)

    @property
    def told(self) -> str:
        ordered = sorted(self.waits)
        late = ordered[int(len(ordered) * 0.99)]
        log = f", largest write-ahead log {self.largest_log / MB:.1f} MB" if self.largest_log else ""
        return f"{len(ordered)} writes, median {median(ordered) * 1000:.0f} ms, 99 of 100 in {late * 1000:.0f} ms{log}"


def _empty_log() -> None:
    """On SQLite: what loading the world wrote is no longer in the log that is measured."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


@pytest.mark.slow
def test_a_prepared_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with application(tmp_path) as app, app.app_context():
        Crowd(ROWS, lambda _line: None).build()
        user = make.user(Role.ADMINISTRATOR)
        db.session.commit()
        _empty_log()
        seconds, told = 0.0, ""
        for measured in ("time", "memory"):
            export = service.ask(wanted_people_of(None), language="en", by=user.actor())
            db.session.commit()
            if measured == "time":
                with Others(app) as others:
                    began = time.perf_counter()
                    make_next()
                    seconds = time.perf_counter() - began
                told = others.told
            else:
                tracemalloc.start()
                make_next()
                making = tracemalloc.get_traced_memory()[1] / MB
                tracemalloc.reset_peak()
                held = tracemalloc.get_traced_memory()[0]
                size = sum(len(piece) for piece in pieces_of(export))
                sending = (tracemalloc.get_traced_memory()[1] - held) / MB
                tracemalloc.stop()
        assert db.session.get_one(Export, export.id).status is ExportStatus.READY and size == export.size
        lines = [
            f"{export.total:,} rows, {size / MB:.1f} MB, in {seconds:.1f} s beside somebody who writes: {told}",
            f"most memory of Python while making {making:.1f} MB, while sending {sending:.1f} MB",
        ]
    with capsys.disabled():
        sys.stdout.write("\na prepared file\n" + "\n".join(lines) + "\n")
