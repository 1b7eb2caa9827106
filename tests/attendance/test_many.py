"""One mark for many people at once."""

from collections.abc import Collection

import pytest

from tests import factories as make
from tests.attendance.test_grid import address, state
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.attendance import service
from trainreg.attendance.forms import MOST_CELLS
from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.service import mark, mark_chosen
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

S = AttendanceState


def asked(who: str, session: Session | None, to: str = "present", **more: object) -> dict[str, object]:
    return {"bulk": "1", "bulk_who": who, "bulk_session": str(session.id) if session else "", "bulk_state": to, **more}


def test_the_people_ticked(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session
) -> None:
    page = desk.post(address(training), asked("ticked", first, "excused", person=[str(bolor.id)]))
    assert page.status == 303
    assert (state(bolor, first), state(tuya, first)) == (S.EXCUSED, None)


def test_nobody_ticked_is_said(desk: Pages, training: Event, bolor: Registration, first: Session) -> None:
    page = desk.post(address(training), asked("ticked", first))
    assert page.status == 422 and "Tick the people" in page.text


def test_more_ticks_than_any_event_has_people_are_refused(
    desk: Pages, training: Event, bolor: Registration, first: Session
) -> None:
    page = desk.post(address(training), asked("ticked", first, person=[str(one) for one in range(MOST_CELLS + 1)]))
    assert page.status == 422 and "Too many people are ticked" in page.text
    assert state(bolor, first) is None


def test_the_people_of_an_agency(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session, world: World
) -> None:
    desk.post(address(training), asked(f"agency:{world.border.id}", first))
    assert (state(bolor, first), state(tuya, first)) == (None, S.PRESENT)


def test_everybody_in_every_session_so_far(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration
) -> None:
    make.session(training, make.datetime.now(make.UTC) + make.timedelta(days=3))
    db.session.commit()
    assert desk.post(address(training), asked("", None)).status == 303
    marks = [state(one, session) for one in (bolor, tuya) for session in training.sessions]
    assert marks == [*[S.PRESENT] * 4, None] * 2


def test_only_those_without_a_mark(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session
) -> None:
    mark(bolor, first, S.ABSENT, by=STAFF)
    db.session.commit()
    desk.post(address(training), asked("", first, bulk_unmarked="1"))
    assert (state(bolor, first), state(tuya, first)) == (S.ABSENT, S.PRESENT)
    desk.post(address(training), asked("", first, ""))
    assert (state(bolor, first), state(tuya, first)) == (None, None)


def said_before_the_locks(patch: pytest.MonkeyPatch, one: Registration, session: Session, to: AttendanceState) -> None:
    """Somebody else saves this mark after the request read the marks, and before it holds the registrations."""
    lock = service._lock_registrations

    def late(event: Event, registration_ids: Collection[int]) -> dict[int, Registration]:
        if not registration_ids:
            return lock(event, registration_ids)
        patch.setattr(service, "_lock_registrations", lock)
        mark(one, session, to, by=STAFF)
        return lock(event, registration_ids)

    patch.setattr(service, "_lock_registrations", late)


def test_a_mark_saved_meanwhile_is_a_mark(
    desk: Pages,
    training: Event,
    bolor: Registration,
    tuya: Registration,
    first: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said_before_the_locks(monkeypatch, bolor, first, S.ABSENT)
    desk.post(address(training), asked("", first, bulk_unmarked="1"))
    assert (state(bolor, first), state(tuya, first)) == (S.ABSENT, S.PRESENT)


@pytest.mark.parametrize("wrong", [{"bulk_who": "agency:x"}, {"person": "²"}, {"bulk_state": "asleep"}])
def test_what_no_control_offers_is_refused(
    desk: Pages, training: Event, bolor: Registration, first: Session, wrong: dict[str, str]
) -> None:
    assert desk.post(address(training), asked("", first) | wrong).status == 422
    assert state(bolor, first) is None


def test_the_unconfirmed_are_never_marked(training: Event, bolor: Registration, first: Session) -> None:
    waiting = make.registration(training, status=make.RegistrationStatus.WAITLISTED)
    assert mark_chosen(training, S.PRESENT, sessions=[first], by=STAFF) == 1
    assert mark_chosen(training, S.ABSENT, sessions=[first], registration_ids=[waiting.id], by=STAFF) == 0
