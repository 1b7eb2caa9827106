"""One person at all sessions: minutes, and the history of each cell."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from tests.attendance.test_grid import state
from tests.factories import NOW, STAFF
from tests.pages import Page, Pages
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.queries import list_marks
from trainreg.attendance.rules import AttendanceState, Mark, minutes_fit, restated, settled
from trainreg.attendance.service import TooManyMinutes, mark
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

S = AttendanceState


def address(registration: Registration) -> str:
    return f"/desk/events/{registration.event.slug}/attendance/people/{registration.reference}"


def known(registration: Registration, session: Session) -> Mark | None:
    row = list_marks([registration.id]).get((registration.id, session.id))
    return row.mark if row else None


def said(session: Session, was: str = "..", *, state: str = "", late: str = "", left: str = "") -> dict[str, str]:
    key = session.id
    return {f"was.{key}": was, f"state.{key}": state, f"late.{key}": late, f"left.{key}": left}


@pytest.mark.parametrize(
    ("before", "to", "after"),
    [
        (None, S.LATE, Mark(S.LATE)),
        (Mark(S.LATE, 10, 5), S.LATE, Mark(S.LATE, 10, 5)),
        (Mark(S.LATE, 10, 5), S.PRESENT, Mark(S.PRESENT, 0, 5)),
        (Mark(S.PRESENT, 0, 5), S.LATE, Mark(S.LATE, 0, 5)),
        (Mark(S.LATE, 10, 5), S.ABSENT, Mark(S.ABSENT)),
        (Mark(S.LATE, 10, 5), S.EXCUSED, Mark(S.EXCUSED)),
    ],
)
def test_a_bare_state_keeps_the_minutes_that_make_sense(before: Mark | None, to: S, after: Mark) -> None:
    assert restated(before, to) == after


def test_minutes_belong_to_those_who_came(first: Session) -> None:
    assert settled(Mark(S.PRESENT, 10, 5)) == Mark(S.PRESENT, 0, 5)
    assert settled(Mark(S.ABSENT, 10, 5)) == Mark(S.ABSENT)
    fits = {"starts_at": first.starts_at, "ends_at": first.ends_at}  # three hours
    assert minutes_fit(Mark(S.LATE, 100, 79), **fits)
    assert not minutes_fit(Mark(S.LATE, 100, 80), **fits)
    assert not minutes_fit(Mark(S.LATE, -1), **fits)


def test_who_missed_all_of_it_was_not_there(bolor: Registration, first: Session) -> None:
    with pytest.raises(TooManyMinutes):
        mark(bolor, first, Mark(S.LATE, 180), by=STAFF)


@pytest.mark.parametrize(
    "minutes", [{"late_minutes": -1}, {"late_minutes": 5}, {"left_early_minutes": -1}, {"left_early_minutes": 5}]
)
def test_the_database_refuses_minutes_that_cannot_be(
    bolor: Registration, first: Session, minutes: dict[str, int]
) -> None:
    values = {"registration_id": bolor.id, "session_id": first.id, "source": "desk", "marked_at": NOW}
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(insert(Attendance).values(state="absent", **values, **minutes))


def test_minutes_are_entered_and_show_on_the_grid(desk: Pages, bolor: Registration, first: Session) -> None:
    page = desk.get(address(bolor))
    assert page.status == 200 and page.value_of(f"was.{first.id}") == ".."
    done = desk.post(address(bolor), said(first, state="late", late="15", left="20"))
    assert done.status == 303 and "1 mark saved." in desk.follow(done).text
    assert known(bolor, first) == Mark(S.LATE, 15, 20)
    grid = desk.get(f"/desk/events/{bolor.event.slug}/attendance")
    assert "Late, 15 min late, left 20 min early" in grid.text and "+15′ −20′" in grid.text
    assert f"/attendance/people/{bolor.reference}" in grid.html


def test_a_stale_page_changes_only_what_was_changed_on_it(
    desk: Pages, bolor: Registration, first: Session, second: Session
) -> None:
    mark(bolor, first, Mark(S.LATE, 15), by=STAFF)
    db.session.commit()
    desk.post(address(bolor), {**said(first), **said(second, state="present")})
    assert known(bolor, first) == Mark(S.LATE, 15)
    assert state(bolor, second) is S.PRESENT


@pytest.mark.parametrize(("late", "sentence"), [("x", "whole number"), ("-5", "whole number"), ("200", "fewer than")])
def test_minutes_that_cannot_be_are_refused_and_stay_on_the_page(
    desk: Pages, bolor: Registration, first: Session, late: str, sentence: str
) -> None:
    page = desk.post(address(bolor), said(first, state="late", late=late))
    assert page.status == 422 and sentence in page.text
    assert page.value_of(f"late.{first.id}") == late
    assert known(bolor, first) is None


def test_the_history_of_a_cell_says_from_what_to_what_by_whom(
    desk: Pages, bolor: Registration, first: Session, world: World
) -> None:
    mark(bolor, first, S.PRESENT, by=world.organizer.actor())
    mark(bolor, first, Mark(S.LATE, 15), by=world.trainer.actor())
    db.session.commit()
    text = desk.get(address(bolor)).text
    assert "Present → Late, 15 min late" in text and "Not taken → Present" in text
    assert world.organizer.name in text and world.trainer.name in text and "At the desk" in text


def test_who_may_not_mark_reads(pages: Pages, world: World, bolor: Registration, first: Session) -> None:
    page: Page = pages.sign_in(world.me_officer).get(address(bolor))
    assert page.status == 200 and not page.find_all("select", name=f"state.{first.id}")
    assert pages.post(address(bolor), said(first, state="present")).status == 403


def test_the_page_of_another_event_is_not_found(desk: Pages, training: Event, world: World) -> None:
    assert desk.get(f"/desk/events/{training.slug}/attendance/people/NOBODY").status == 404
