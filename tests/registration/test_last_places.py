"""The same for an agency's last place, and for places that fall free while many press."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from tests import factories as make
from tests.registration.server import Browser, Server, all_at_once, running
from tests.registration.test_last_place import (
    FEW,
    LOCKED,
    PEOPLE,
    UNLOCKED,
    count,
    count_confirmed,
    prepare_agencies,
    presses_of,
    register_everybody,
    sign_in,
)
from trainreg.events.models import AgencyQuota
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.outbox.models import Message
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.queries import list_waiting
from trainreg.registration.rules import Channel, RegistrationStatus

pytestmark = pytest.mark.slow

S = RegistrationStatus
FREED = 5


def prepare_last_quota_place(server: Server) -> str:
    """A hall with room for everybody, in which the ministry and its department have one place; its address."""
    with server.app.app_context():
        ministry = prepare_agencies()
        event = make.event(capacity=500, approval=Approval.AUTOMATIC, has_waiting_list=False, slug="one-place")
        event.quotas.append(AgencyQuota(agency_id=ministry.id, places=1))
        db.session.commit()
        return f"/e/{event.slug}/register"


def test_the_last_place_of_an_agency_goes_to_exactly_one(tmp_path: Path) -> None:
    with running(tmp_path, LOCKED) as server:
        assert register_everybody(server, prepare_last_quota_place) == {303: 1, 409: PEOPLE - 1}
        assert count_confirmed(server) == 1
        assert count(server, Registration) == count(server, RegistrationMove) == count(server, Message) == 1


def test_the_last_place_of_an_agency_without_the_lock_goes_wrong(tmp_path: Path) -> None:
    with running(tmp_path, UNLOCKED) as server:
        answers = register_everybody(server, prepare_last_quota_place, FEW)
        errors = sum(number for status, number in answers.items() if status >= 500)
        assert count_confirmed(server) > 1 or errors > 0, answers


def free_places_while_many_press(server: Server, people: int = PEOPLE) -> Counter[int]:
    """Five with a place cancel at the desk, each in a window of its own, while all the others register."""
    with server.app.app_context():
        prepare_agencies()
        event = make.event(capacity=FREED, approval=Approval.AUTOMATIC, slug="one-place")
        seated = [make.registration(event) for _number in range(FREED)]
        for number in range(2 * FREED):
            make.registration(event, make.person(email=f"waiting{number}@example.org"), S.WAITLISTED)
        email = make.user(Role.ADMINISTRATOR).email
        paths = [f"/desk/events/one-place/registrations/{one.reference}" for one in seated]
        db.session.commit()
    cookies = sign_in(server, email).cookies
    presses = presses_of(server, "/e/one-place/register", people - FREED)
    for path in paths:
        browser = Browser(server.port, dict(cookies))
        assert browser.get(path) == 200
        presses.append(partial(browser.post, path, [("to_status", "cancelled")]))
    return all_at_once(presses)


def is_as_it_should_be(server: Server, people: int = PEOPLE) -> bool:
    """The first five who waited have the places, moved up once each and told once; everybody else waits in order."""
    with server.app.app_context():
        everybody = db.session.query(Registration).order_by(Registration.id).all()
        promoted = [one for one in everybody if any(move.channel is Channel.SYSTEM for move in one.moves)]
        told = Counter(
            message.registration_id for message in db.session.query(Message).filter_by(kind="registration_promoted")
        )
        return (
            promoted == everybody[FREED : 2 * FREED]
            and [one for one in everybody if one.status is S.CONFIRMED] == promoted
            and all([move.to_status for move in one.moves] == [S.WAITLISTED, S.CONFIRMED] for one in promoted)
            and told == {one.id: 1 for one in promoted}
            and len(list_waiting(everybody[0].event_id)) == people
            and len(everybody) == 2 * FREED + people
        )


def test_places_that_fall_free_go_to_the_first_who_wait(tmp_path: Path) -> None:
    with running(tmp_path, LOCKED) as server:
        assert free_places_while_many_press(server) == {303: PEOPLE}
        assert is_as_it_should_be(server)


def test_places_that_fall_free_without_the_lock_go_wrong(tmp_path: Path) -> None:
    with running(tmp_path, UNLOCKED) as server:
        answers = free_places_while_many_press(server, FEW)
        errors = sum(number for status, number in answers.items() if status >= 500)
        assert errors > 0 or not is_as_it_should_be(server, FEW), answers
