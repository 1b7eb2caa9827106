"""What one scan costs the server: the check-in call over real HTTP, eight devices at once, five hundred registered.

Beside a bare hello-world and the barest registration of the same server in the same run. Nothing is asserted about
time, because machines and neighbours differ; a busy machine makes every figure larger: look at the ratio.
"""

import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests import factories as make
from tests.benchmarks.sizes import sized
from tests.benchmarks.test_registration import CLIENTS, cpu_of, yardsticks
from tests.checkin.devices import Device
from tests.registration.crowd import fill
from tests.registration.server import running
from tests.registration.statements import counted_statements
from trainreg.attendance.models import Attendance
from trainreg.checkin.batches import read_batch
from trainreg.checkin.models import Scan
from trainreg.checkin.service import take_in
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.registration.models import Registration
from trainreg.registration.passes import pass_code
from trainreg.registration.rules import RegistrationStatus

REGISTERED, EACH = 500, sized(40, 4)


def prepare(app: Flask) -> tuple[str, str, list[str]]:
    """A session that is on, five hundred confirmed; the event, a trainer's address and everybody's pass."""
    with app.app_context():
        event = make.event(starts=clock.now() - timedelta(minutes=5))
        trainer = make.user(Role.TRAINER)
        fill(event, REGISTERED, agencies=20)
        references = db.session.scalars(select(Registration.reference).order_by(Registration.id)).all()
        db.session.execute(update(Registration).values(status=RegistrationStatus.CONFIRMED))
        db.session.commit()
        return event.slug, trainer.email, [pass_code(reference) for reference in references]


@pytest.mark.slow
def test_cpu_of_a_scan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hello, barest = yardsticks(tmp_path / "hello")
    (tmp_path / "product").mkdir()
    with running(tmp_path / "product", "wsgi:app") as server:
        slug, email, passes = prepare(server.app)
        devices = [Device(server.port, slug).sign_in(email) for _ in range(CLIENTS)]
        waits: list[float] = []

        def work(client: int) -> None:
            for turn in range(EACH):
                began = time.perf_counter()
                assert devices[client].scan(passes[client * EACH + turn])["code"] == "in"
                waits.append(time.perf_counter() - began)

        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda client: devices[client].scan(passes[-1 - client]), range(CLIENTS)))
            before, began = cpu_of(server.pid), time.perf_counter()
            list(pool.map(work, range(CLIENTS)))
            took, spent = time.perf_counter() - began, cpu_of(server.pid) - before
        with server.app.app_context():
            kept = [db.session.scalar(select(func.count()).select_from(model)) for model in (Scan, Attendance)]
            statements = count_statements(slug, passes[-20])
    assert kept == [CLIENTS * (EACH + 1)] * 2
    each, calls = spent / (CLIENTS * EACH), CLIENTS * EACH / took
    waits.sort()
    half, most = statistics.median(waits) * 1000, waits[int(len(waits) * 0.95)] * 1000
    with capsys.disabled():
        lines = [
            f"{CLIENTS} devices, {REGISTERED} registered; a scan costs the server:",
            f"{each:6.2f} ms of CPU ({each / hello:.0f} x hello-world's {hello:.2f} ms), {statements} statements",
            f"  ({each / barest:.1f} x the barest registration's {barest:.2f} ms)",
            f"{calls:6.0f} calls/s; latency {half:.0f} ms in the middle, {most:.0f} ms for 95 in 100",
        ]
        sys.stdout.write("\n".join(["", *lines, ""]))


def count_statements(slug: str, code: str) -> int:
    """What taking one scan in asks the database, the look-up of who asks and of the event aside."""
    event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
    now = int(time.time() * 1000)
    one = {"id": "00000000-0000-4000-8000-000000000000", "kind": "qr", "code": code, "at": now}
    document = {"device": one["id"], "now": now, "language": "en", "scans": [one]}
    with counted_statements() as statements:
        take_in(event, read_batch(document), by=make.STAFF)
    db.session.rollback()
    return sum(not statement.startswith("BEGIN") for statement in statements)
