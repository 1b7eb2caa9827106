"""However many press at once, the last place goes to one person: over real HTTP, and with a twin that must go wrong.

The twin serves the same application with the lock switched off; as long as it fails, the other tests mean something.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.registration.server import Browser, Server, all_at_once, running
from trainreg.agencies.models import Agency
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.outbox.models import Message
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.rules import RegistrationStatus

pytestmark = pytest.mark.slow

PEOPLE = 100
FEW = 24  # three times as many as the server takes in at once; enough to go wrong where nothing is locked
LOCKED, UNLOCKED = "trainreg.wsgi:app", "tests.registration.unlocked:app"
S = RegistrationStatus


def prepare_agencies() -> Agency:
    ministry = make.agency(code="ministry")
    make.agency(code="department", parent_id=ministry.id)
    return ministry


def prepare_one_place(server: Server) -> str:
    """An event with one place, given at once, without a waiting list; its address."""
    with server.app.app_context():
        prepare_agencies()
        event = make.event(capacity=1, approval=Approval.AUTOMATIC, has_waiting_list=False, slug="one-place")
        db.session.commit()
        return f"/e/{event.slug}/register"


def register_everybody(
    server: Server, prepare: Callable[[Server], str] = prepare_one_place, people: int = PEOPLE
) -> Counter[int]:
    """So many people have filled in the form, and press at the same moment."""
    return all_at_once(presses_of(server, prepare(server), people))


def presses_of(server: Server, path: str, people: int, **more: str) -> list[Callable[[], int]]:
    """So many people with the form filled in, each about to press; they come from the ministry and its department."""
    opened = Browser(server.port)
    assert opened.get(path) == 200
    presses: list[Callable[[], int]] = []
    for number in range(people):
        letters = "".join("абвгд"[int(digit)] for digit in f"{number // 5 // 5}{number // 5 % 5}{number % 5}")
        answers = {
            "key": str(uuid.uuid4()),
            "given_name": f"Хүн{letters}",
            "family_name": "Батын",
            "agency": "ministry" if number % 2 else "department",
            "email": f"person{number}@example.org",
            "run_event": "y",
        } | more
        browser = Browser(server.port, dict(opened.cookies), opened.page)
        presses.append(partial(browser.post, path, list(answers.items())))
    return presses


def count_confirmed(server: Server) -> int:
    with server.app.app_context():
        confirmed = select(func.count()).select_from(Registration).where(Registration.status == S.CONFIRMED)
        return db.session.scalar(confirmed) or 0


def count(server: Server, model: type[Registration | RegistrationMove | Message]) -> int:
    with server.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_last_place_goes_to_exactly_one(tmp_path: Path) -> None:
    with running(tmp_path, LOCKED) as server:
        answers = register_everybody(server)
        assert answers == {303: 1, 409: PEOPLE - 1}
        assert count_confirmed(server) == 1
        assert count(server, Registration) == count(server, RegistrationMove) == count(server, Message) == 1


def test_without_the_lock_it_goes_wrong(tmp_path: Path) -> None:
    with running(tmp_path, UNLOCKED) as server:
        answers = register_everybody(server, people=FEW)
        errors = sum(number for status, number in answers.items() if status >= 500)
        assert count_confirmed(server) > 1 or errors > 0, answers


def sign_in(server: Server, email: str) -> Browser:
    browser = Browser(server.port)
    browser.get("/login")
    assert browser.post("/login", [("email", email), ("password", make.PASSWORD)]) == 303
    return browser


def confirm_everybody(server: Server) -> Counter[int]:
    """Ten people wait for one place, and ten at the desk confirm one each at the same moment."""
    with server.app.app_context():
        event = make.event(capacity=1, slug="one-place")
        waiting = [make.registration(event, status=S.WAITLISTED) for _number in range(10)]
        email = make.user(Role.ADMINISTRATOR).email
        paths = [f"/desk/events/one-place/registrations/{one.reference}" for one in waiting]
        db.session.commit()
    cookies = sign_in(server, email).cookies
    presses: list[Callable[[], int]] = []
    for path in paths:
        browser = Browser(server.port, dict(cookies))
        assert browser.get(path) == 200
        presses.append(partial(browser.post, path, [("to_status", "confirmed")]))
    return all_at_once(presses)


def test_ten_confirmations_for_one_place_confirm_one(tmp_path: Path) -> None:
    with running(tmp_path, LOCKED) as server:
        assert confirm_everybody(server) == {303: 1, 409: 9}
        assert count_confirmed(server) == 1
        assert count(server, RegistrationMove) == 11


def test_ten_confirmations_without_the_lock_go_wrong(tmp_path: Path) -> None:
    with running(tmp_path, UNLOCKED) as server:
        answers = confirm_everybody(server)
        errors = sum(number for status, number in answers.items() if status >= 500)
        assert count_confirmed(server) > 1 or errors > 0, answers
