"""Several people take attendance at once, each with a database connection of their own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.applications import application
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db

TOGETHER = 8


@pytest.fixture
def separate_app(tmp_path: Path) -> Iterator[Flask]:
    """As everywhere, without form tokens: eight threads press at once."""
    with application(tmp_path, WTF_CSRF_ENABLED=False) as app:
        yield app


@pytest.mark.slow
@pytest.mark.parametrize("same", [True, False], ids=["the same mark", "different marks"])
def test_eight_people_mark_the_same_cell(separate_app: Flask, same: bool) -> None:
    with separate_app.app_context():
        world = World.create()
        event = make.event(world.project, starts=make.nine(-1))
        cell = f"{make.registration(event, world.bolor).id}.{event.sessions[0].id}"
        address = f"/desk/events/{event.slug}/attendance/cell"
        db.session.commit()
        browsers = [Pages(separate_app).sign_in(world.trainer).client for _ in range(TOGETHER)]
    barrier = Barrier(TOGETHER)
    states = ["present"] * TOGETHER if same else ["present", "late", "absent", "excused"] * (TOGETHER // 4)

    def mark(number: int) -> int:
        barrier.wait()
        return browsers[number].post(address, data={"press": f"{cell}.{states[number]}"}).status_code

    with ThreadPoolExecutor(TOGETHER) as threads:
        statuses = list(threads.map(mark, range(TOGETHER)))
    assert statuses == [200] * TOGETHER
    with separate_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attendance)) == 1
        lines = db.session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.action.startswith("attendance."))
        )
        assert lines == 1 if same else lines is not None and lines > 1
