"""Several devices at once against a running server: one entry, and a clear answer for each."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.checkin.devices import Device, now
from tests.registration.server import Server, all_at_once, running
from trainreg.attendance.models import Attendance
from trainreg.audit.models import AuditEntry
from trainreg.checkin.models import Scan
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.registration.models import Registration
from trainreg.registration.passes import pass_code

pytestmark = pytest.mark.slow
KEY = "11111111-1111-4111-8111-111111111111"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("door"), "wsgi:app") as server:
        yield server


@pytest.fixture
def four(server: Server) -> tuple[list[Device], str, str]:
    """Four devices at one door, a pass and an agency."""
    with server.app.app_context():
        event = make.event(starts=clock.now() - timedelta(minutes=5), slug=f"door-{now()}")
        agency = make.agency()
        one = make.registration(event, agency=agency)
        organizer = make.user(Role.ORGANIZER)
        db.session.commit()
        slug, email, code, agency_code = event.slug, organizer.email, pass_code(one.reference), agency.code
    return [Device(server.port, slug).sign_in(email) for _ in range(4)], code, agency_code


def count(server: Server, slug: str) -> tuple[int, int, int]:
    """Scans, registrations and marks of the event."""
    with server.app.app_context():
        scans = db.session.scalars(select(Scan).where(Scan.event.has(slug=slug))).all()
        people = db.session.scalars(select(Registration).where(Registration.event.has(slug=slug))).all()
        ids = [one.id for one in people]
        marks = db.session.scalar(select(func.count()).where(Attendance.registration_id.in_(ids))) or 0
        lines = db.session.scalar(
            select(func.count()).where(
                AuditEntry.subject_type == "registration",
                AuditEntry.subject_id.in_(ids),
                AuditEntry.action == "attendance.present",
            )
        )
        assert lines == marks, "each mark has one line of history"
        db.session.remove()
        return len(scans), len(people), marks


def at_once(devices: list[Device], act: Callable[[Device], dict[str, Any]]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    tasks = [lambda device=device: answers.append(act(device)) or 0 for device in devices]  # type: ignore[misc]
    all_at_once(tasks)
    return answers


def test_four_devices_scan_one_pass(server: Server, four: tuple[list[Device], str, str]) -> None:
    devices, code, _agency = four
    answers = at_once(devices, lambda device: device.scan(code))
    assert Counter(one["code"] for one in answers) == {"in": 1, "already_in": 3}
    assert all(one["name"] and one["words"] for one in answers)
    assert all("scanned by" in one["words"] for one in answers if one["code"] == "already_in")
    assert count(server, devices[0].slug) == (4, 1, 1)


def test_the_same_scan_sent_four_times_at_once_is_one(server: Server, four: tuple[list[Device], str, str]) -> None:
    devices, code, _agency = four
    one = {"id": KEY[:-1] + "2", "kind": "qr", "code": code, "at": now()}
    answers = at_once(devices, lambda device: device.hand_in(one)[0])
    assert [answer["code"] for answer in answers] == ["in"] * 4
    assert count(server, devices[0].slug) == (1, 1, 1)


def test_an_unknown_code_sent_four_times_at_once_is_one(server: Server, four: tuple[list[Device], str, str]) -> None:
    devices, _code, _agency = four
    one = {"id": KEY[:-1] + "3", "kind": "qr", "code": "nonsense", "at": now()}
    answers = at_once(devices, lambda device: device.hand_in(one)[0])
    assert [answer["code"] for answer in answers] == ["unknown_code"] * 4
    assert count(server, devices[0].slug) == (1, 1, 0)


def test_a_guest_sent_four_times_at_once_is_one(server: Server, four: tuple[list[Device], str, str]) -> None:
    devices, _code, agency = four
    person = {"given_name": "Шинэ", "family_name": "Гостийн", "agency": agency, "sex": "male", "consent": True}
    one = {"id": KEY[:-1] + "4", "kind": "walk_in", "person": person, "at": now()}
    answers = at_once(devices, lambda device: device.hand_in(one)[0])
    assert [answer["code"] for answer in answers] == ["in"] * 4
    assert count(server, devices[0].slug) == (1, 2, 1)
