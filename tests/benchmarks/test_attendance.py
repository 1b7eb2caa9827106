"""What the attendance grid costs at 200 people by 12 sessions: CPU, statements and bytes, printed; nothing asserted."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from tests.applications import application
from tests.pages import Pages
from tests.registration.crowd import fill
from tests.registration.statements import counted_statements
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

PEOPLE, DAYS, TIMES = 200, 6, 8


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[Flask]:
    with application(tmp_path, WTF_CSRF_ENABLED=False) as app:
        yield app


def _event() -> Event:
    project = make.project()
    event = make.event(project, days=DAYS, starts=clock.now() - timedelta(days=DAYS + 1))
    fill(event, PEOPLE, agencies=12)
    for one in db.session.scalars(select(Registration).where(Registration.event_id == event.id)):
        one.status = RegistrationStatus.CONFIRMED
    db.session.commit()
    return event


@pytest.mark.slow
def test_two_hundred_people_by_twelve_sessions(crowded: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with crowded.app_context():
        event, desk = _event(), Pages(crowded).sign_in(make.user(Role.ADMINISTRATOR))
        address, sessions = f"/desk/events/{event.slug}/attendance", [one.id for one in event.sessions]
        people = list(db.session.scalars(select(Registration.id).where(Registration.event_id == event.id)))
        column = {"bulk": "1", "bulk_who": "", "bulk_session": "", "bulk_state": "present"}
        presses = iter(range(1_000_000))

        def press() -> bytes:
            place = next(presses)
            value = f"{people[place % PEOPLE]}.{sessions[0]}.{('late', 'absent')[place // PEOPLE % 2]}"
            return bytes(desk.client.post(f"{address}/cell", data={"press": value}).get_data())

        works: dict[str, Callable[[], bytes]] = {
            "2,400 marks at once": lambda: bytes(desk.client.post(address, data=column).get_data()),
            "the grid": lambda: bytes(desk.client.get(address).get_data()),
            "one press": press,
        }
        for name, work in works.items():
            once = name == "2,400 marks at once"
            if not once:
                work()
            with counted_statements() as statements:
                began = time.process_time()
                size = len(work())
                taken = [time.process_time() - began]
            for _ in range(0 if once else TIMES):
                began = time.process_time()
                work()
                taken.append(time.process_time() - began)
            with capsys.disabled():
                told = f"{min(taken) * 1000:.0f} ms CPU, {len(statements)} statements, {size / 1000:.0f} kB"
                sys.stdout.write(f"\n{PEOPLE} people by {len(sessions)} sessions, {name}: {told}\n")
