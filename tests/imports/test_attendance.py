"""Attendance is imported for the people on an event's list, one column for each session."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.imports.files import applied, looked_at, outcomes, reasons, rows_of
from tests.registration.crowd import fill
from tests.world import World
from trainreg.attendance.models import Attendance, AttendanceBatch
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.attendance.service import label_of, undo
from trainreg.events.models import Event
from trainreg.imports import service
from trainreg.imports.jobs import carry_on
from trainreg.imports.known import AT_ONCE
from trainreg.imports.rules import ImportKind
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus


@pytest.fixture
def past(world: World) -> Event:
    return make.event(world.project, starts=make.nine(-30))


@pytest.fixture
def bolor(world: World, past: Event) -> Registration:
    return make.registration(past, world.bolor, agency=world.ministry)


def looked(event: Event, rows: list[list[str]], heading: list[str] | None = None) -> object:
    sessions = [label_of(session) for session in event.planned_sessions]
    heading = heading or ["Reference", "Family name", "Given name", "E-mail", *sessions]
    return looked_at(ImportKind.ATTENDANCE, [heading, *rows], event=event)


def marks(event: Event) -> set[tuple[AttendanceState, Source]]:
    ids = [session.id for session in event.sessions]
    found = db.session.scalars(select(Attendance).where(Attendance.session_id.in_(ids)))
    return {(mark.state, mark.source) for mark in found}


def test_marks_are_written_and_the_same_file_changes_nothing(past: Event, bolor: Registration) -> None:
    rows = [[bolor.reference, "", "", "", "present", "хоцорсон"]]
    applied(looked(past, rows))
    assert marks(past) == {(AttendanceState.PRESENT, Source.IMPORT), (AttendanceState.LATE, Source.IMPORT)}
    again = looked(past, rows)
    assert outcomes(again) == ["unchanged"]
    changed = looked(past, [[bolor.reference, "", "", "", "", "absent"]])
    assert outcomes(changed) == ["matched"] and "0 new marks, 1 changed" in reasons(changed)


def test_people_are_found_by_address_or_name(past: Event, bolor: Registration) -> None:
    for row in (["", "", "", "bolor@example.org", "+", ""], ["", "Болор", "Батын", "", "+", ""]):
        assert outcomes(looked(past, [row])) == ["new"]


def test_two_of_one_name_are_a_question(past: Event, bolor: Registration) -> None:
    other = make.registration(past, make.person("Болор", "Батын"))
    run = looked(past, [["", "Батын", "Болор", "", "+", "+"]])
    assert outcomes(run) == ["ambiguous"] and len(rows_of(run)[0].candidates) == 2
    service.answer(run, {2: f"registration:{other.id}"})
    db.session.commit()
    carry_on(run.id)
    applied(run)
    assert set(db.session.scalars(select(Attendance.registration_id))) == {other.id}


def test_what_cannot_be_is_named(world: World, past: Event, bolor: Registration) -> None:
    waiting = make.registration(past, world.tuya, RegistrationStatus.REQUESTED)
    run = looked(
        past,
        [
            ["", "", "Nobody", "", "+", ""],
            [waiting.reference, "", "", "", "+", ""],
            [bolor.reference, "", "", "", "x", "maybe"],
            [bolor.reference, "", "", "", "+", ""],
        ],
    )
    assert outcomes(run) == ["error"] * 4
    for told in ("Row 2, column C: nobody", "is not confirmed", "Row 4, column E", "Row 4, column F", "in row 4"):
        assert told in reasons(run), told


def test_a_session_that_is_days_away_has_no_attendance(world: World) -> None:
    one = make.registration(world.event, world.bolor)
    run = looked(world.event, [[one.reference, "", "", "", "present", "excused"]])
    assert outcomes(run) == ["error"] and "has not begun" in reasons(run)


def test_sessions_are_columns_by_day_or_number(past: Event, bolor: Registration) -> None:
    run = looked(past, [[bolor.reference, "P", "L"]], ["Reference", "Session 1", "Session 2"])
    assert outcomes(run) == ["new"]


def test_a_long_list_is_one_action_and_one_press_takes_it_back(past: Event, world: World) -> None:
    by = world.organizer.actor()
    fill(past, 750, agencies=3)
    confirmed = select(Registration).where(
        Registration.event_id == past.id, Registration.status == RegistrationStatus.CONFIRMED
    )
    people = db.session.scalars(confirmed).all()
    applied(looked(past, [[one.reference, "", "", "", "present", ""] for one in people]), by=by)
    batch = db.session.scalars(select(AttendanceBatch)).one()
    assert undo(past, batch, by=by) == len(people) > AT_ONCE
    assert marks(past) == set()
