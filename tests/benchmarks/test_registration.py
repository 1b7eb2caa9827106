"""What one public registration costs in CPU, beside a bare hello-world answered in the same run.

Two figures and their ratio are printed (`pytest tests/benchmarks -n0 -s`); nothing is asserted about time, because
machines and neighbours differ.
"""

import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.applications import application
from tests.registration.forms import filled
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

TIMES = 200


@pytest.fixture
def busy_app(tmp_path: Path) -> Iterator[Flask]:
    """An application whose transactions really end, and that lets one address register as fast as it can."""
    with application(tmp_path, {"TRAINREG_REGISTRATIONS_PER_MINUTE": "100000"}, WTF_CSRF_ENABLED=False) as app:
        yield app


def cpu_each(task: Callable[[int], object], times: int = TIMES) -> float:
    """Milliseconds of CPU for one call, after ten to warm up."""
    for number in range(10):
        task(-number - 1)
    started = time.process_time()
    for number in range(times):
        task(number)
    return (time.process_time() - started) / times * 1000


def hello_world() -> Flask:
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "Hello, World!", methods=["POST"])
    return app


@pytest.mark.slow
def test_cpu_of_a_registration(busy_app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with busy_app.app_context():
        agency = make.agency()
        event = make.event(capacity=100_000, approval=Approval.AUTOMATIC)
        db.session.commit()
        path, answers = f"/e/{event.slug}/register", filled(agency)
        public = f"/e/{event.slug}"
    client, bare = busy_app.test_client(), hello_world().test_client()

    def press(number: int) -> None:
        own = {
            "key": str(uuid.uuid4()),
            "given_name": "Саран" + "".join("абвгдежзик"[int(d)] for d in str(abs(number))),
        }
        own["family_name"] = "Бат" if number < 0 else "Ганболд"
        own["email"] = f"person{number}@example.org"
        assert client.post(path, data={**answers, **own}).status_code == 303

    hello = cpu_each(lambda _number: bare.post("/"))
    registration = cpu_each(press)
    page = cpu_each(lambda _number: client.get(public))
    with busy_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Registration)) == TIMES + 10
    with capsys.disabled():
        sys.stdout.write(
            f"\nCPU: hello-world {hello:.2f} ms, registration {registration:.2f} ms ({registration / hello:.0f} x), "
            f"event page {page:.2f} ms ({page / hello:.0f} x)\n"
        )
