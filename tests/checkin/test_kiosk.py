"""The code on the room's screen, and people who say with their own telephone that they are here."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests import factories as make
from tests.me.visiting import enter
from tests.pages import Page, Pages
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import Source
from trainreg.checkin.kiosk import STEP, code_for, code_now, find_session, step_at
from trainreg.checkin.models import Scan
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.tokens import hashed
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.web import throttle


def marks() -> list[Attendance]:
    db.session.expire_all()
    return list(db.session.scalars(select(Attendance)))


def scanned(pages: Pages, session: Session) -> Page:
    """The telephone has scanned the screen."""
    page = pages.get(f"/here/{code_now(session.id)}")
    assert page.status == 303, page.text
    return pages.follow(page)


def test_the_screen_shows_the_code_of_this_half_minute(
    pages: Pages, world: World, training: Event, morning: Session
) -> None:
    pages.sign_in(world.trainer)
    page = pages.get(f"/desk/events/{training.slug}/kiosk")
    code = code_now(morning.id)
    assert f"{code[:3]} {code[3:]}" in page.text
    assert 1 <= int(page.response.headers["Refresh"]) <= STEP, "the screen comes anew by itself, without JavaScript"


def test_a_code_is_good_for_its_half_minute_and_the_next(training: Event, morning: Session) -> None:
    start = datetime.fromtimestamp(step_at(clock.now()) * STEP, UTC)
    code = code_for(morning.id, step_at(start))
    for seconds, is_good in ((0, True), (29, True), (30, True), (59, True), (60, False), (-1, False)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            assert (find_session(code.lower()) is not None) is is_good, seconds


def test_codes_differ_by_session_and_time(world: World) -> None:
    codes = {code_for(session, step) for session in range(50) for step in range(50)}
    assert len(codes) == 2500 and all(re.fullmatch("[0-9A-Z]{6}", code) for code in codes)


def test_somebody_says_with_a_reference_that_they_are_here(pages: Pages, bolor: Registration, morning: Session) -> None:
    page = scanned(pages, morning)
    assert "Болор" not in page.html
    done = pages.post("/here/now", {"reference": "b0r7 0001"})
    assert done.status == 200 and "You are in" in done.text and "Болор" not in done.html
    [mark] = marks()
    assert (mark.source, mark.marked_by_id, mark.session_id) == (Source.KIOSK, None, morning.id)
    [scan] = db.session.scalars(select(Scan)).all()
    assert (scan.kind, scan.outcome, scan.device) == ("kiosk", "in", "kiosk")
    assert pages.post("/here/now", {"reference": bolor.reference}).status == 200
    assert len(marks()) == 1, "twice is once"


def test_whose_telephone_has_opened_their_own_page_types_nothing(
    pages: Pages, world: World, bolor: Registration, morning: Session
) -> None:
    enter(pages, world.bolor)
    page = scanned(pages, morning)
    assert page.value_of("reference") is None and "nothing to type" in page.text
    assert pages.post("/here/now").status == 200
    assert [one.registration_id for one in marks()] == [bolor.id]


def test_whoever_is_not_confirmed_goes_to_the_desk_and_learns_no_more(
    pages: Pages, waiting: Registration, morning: Session
) -> None:
    scanned(pages, morning)
    done = pages.post("/here/now", {"reference": waiting.reference})
    assert done.status == 409 and "desk" in done.text and "wait" not in done.text.casefold()
    assert marks() == []


@pytest.mark.parametrize("reference", ["", "7K3F-9Q2M", "x" * 20, "<script>"])
def test_an_unknown_reference_is_told_and_kept(pages: Pages, morning: Session, reference: str) -> None:
    scanned(pages, morning)
    assert pages.post("/here/now", {"reference": reference}).status == 422
    assert [one.registration_id for one in db.session.scalars(select(Scan))] == [None]


@pytest.mark.slow
def test_references_cannot_be_tried_through(pages: Pages, bolor: Registration, morning: Session) -> None:
    scanned(pages, morning)
    statuses = [pages.post("/here/now", {"reference": f"AAAA-{number:04d}"}).status for number in range(24)]
    assert statuses[:15] == [422] * 15 and statuses[-1] == 429


@pytest.mark.slow
def test_codes_cannot_be_tried_through(pages: Pages, morning: Session) -> None:
    statuses = [pages.get(f"/here/{number:06d}").status for number in range(40)]
    assert statuses[0] == 410 and statuses[-1] == 429


def test_without_the_screen_nobody_is_here(pages: Pages, bolor: Registration, morning: Session) -> None:
    assert pages.post("/here/now", {"reference": bolor.reference}).location == "/here"
    assert pages.get("/here/now").location == "/here"
    assert marks() == []


def test_what_the_screen_showed_is_good_for_ten_minutes(pages: Pages, bolor: Registration, morning: Session) -> None:
    scanned(pages, morning)
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert pages.post("/here/now", {"reference": bolor.reference}).status == 303
    assert marks() == []


def test_the_code_can_be_typed(pages: Pages, bolor: Registration, morning: Session) -> None:
    code = code_now(morning.id)
    page = pages.post("/here", {"code": f"{code[:3]} {code[3:].lower()}"})
    assert page.location == "/here/now"
    assert pages.post("/here", {"code": "ZZZZZZ"}).status == 410


def test_a_draft_or_a_closed_door_has_no_code(training: Event, morning: Session) -> None:
    code = code_now(morning.id)
    assert find_session(code) is not None
    morning.starts_at, morning.ends_at = clock.now() + timedelta(hours=2), clock.now() + timedelta(hours=3)
    db.session.commit()
    assert find_session(code) is None


def test_the_reference_of_another_event_is_unknown(pages: Pages, world: World, morning: Session) -> None:
    other = make.registration(world.other_event, world.bolor, RegistrationStatus.CONFIRMED)
    db.session.commit()
    scanned(pages, morning)
    assert pages.post("/here/now", {"reference": other.reference}).status == 422


@pytest.mark.slow
def test_one_visitor_s_wrong_tries_close_the_door_to_nobody_else(
    pages: Pages, world: World, bolor: Registration, morning: Session
) -> None:
    scanned(pages, morning)
    for number in range(24):
        pages.post("/here/now", {"reference": f"AAAA-{number:04d}"})
    for number in range(40):
        pages.get(f"/here/{number:06d}")
    assert pages.get(f"/here/{code_now(morning.id)}").status == 429, "who tried through waits"
    other = Pages(pages.app)
    scanned(other, morning)
    assert other.post("/here/now", {"reference": bolor.reference}).status == 200, "the same address, another telephone"


@pytest.mark.slow
def test_whoever_is_known_by_their_own_page_is_not_held_up_by_tries(
    pages: Pages, world: World, bolor: Registration, morning: Session
) -> None:
    enter(pages, world.bolor)
    scanned(pages, morning)
    for number in range(24):
        pages.post("/here/now", {"reference": f"AAAA-{number:04d}"})
    assert pages.post("/here/now").status == 200


def test_an_address_s_tries_end_as_well(pages: Pages, bolor: Registration, morning: Session) -> None:
    key = hashed(f"kiosk reference, address:{throttle.network_of('127.0.0.1')}/{morning.id}")
    db.session.add(throttle.Bucket(key=key, tokens=0.0, updated_at=clock.now()))
    db.session.commit()
    scanned(pages, morning)
    assert pages.post("/here/now", {"reference": bolor.reference}).status == 429


def test_a_door_that_closed_meanwhile_marks_no_other_session(
    pages: Pages, bolor: Registration, training: Event, morning: Session
) -> None:
    scanned(pages, morning)
    morning.starts_at, morning.ends_at = clock.now() - timedelta(hours=3), clock.now() - timedelta(seconds=1)
    afternoon = training.sessions[1]
    afternoon.starts_at, afternoon.ends_at = clock.now() - timedelta(seconds=1), clock.now() + timedelta(hours=3)
    db.session.commit()
    assert pages.post("/here/now", {"reference": bolor.reference}).status == 410
    assert marks() == [] and pages.get("/here/now").location == "/here"
