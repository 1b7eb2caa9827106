"""Past events come with their people and attendance, quietly, and count in the figures."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from tests import factories as make
from tests.imports.files import applied, looked_at, outcomes, reasons
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState
from trainreg.events.models import Event
from trainreg.events.rules import EventKind, EventStatus
from trainreg.imports.rules import ImportKind, RunStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus

HEADING = ["Event", "Kind", "First day", "Last day", "Place", "Family name", "Given name", "Agency", "Attendance"]
DAY = (datetime.now(UTC) - timedelta(days=60)).date()
NEXT = DAY + timedelta(days=1)
OF_EVENT = ["Хөдөлмөрийн шилжилтийн семинар", "training", DAY.isoformat(), NEXT.isoformat(), "Улаанбаатар"]


def looked(world: World, rows: list[list[str]]) -> object:
    return looked_at(ImportKind.PAST_EVENTS, [HEADING, *rows], project=world.project)


def created(world: World) -> Event:
    known = {world.event.id, world.other_event.id}
    return db.session.scalars(select(Event).where(Event.id.not_in(known)).order_by(Event.id.desc())).first()  # type: ignore[return-value]


def test_an_event_its_people_and_their_attendance(world: World) -> None:
    rows = [
        [*OF_EVENT, "Сүхбаатарын", "Оюунчимэг", world.ministry.code, "PPLA"],
        [*OF_EVENT, "Ганболд", "Саран", world.border.code, "yes"],
        [*OF_EVENT, "Ганболд", "Наран", world.border.code, ""],
    ]
    run = applied(looked(world, rows))
    assert run.status is RunStatus.APPLIED, run.refusal
    event = created(world)
    assert (event.kind, event.status, event.title) == (EventKind.TRAINING, EventStatus.CLOSED, {"mn": OF_EVENT[0]})
    assert len(event.sessions) == 4 and event.starts_at is not None
    assert clock.local(event.starts_at, event.timezone).date() == DAY
    people = list(db.session.scalars(select(Registration).where(Registration.event_id == event.id)))
    assert {(one.status, one.created_at) for one in people} == {(RegistrationStatus.CONFIRMED, event.starts_at)}
    assert {move.channel for one in people for move in one.moves} == {Channel.IMPORT}
    states = list(db.session.scalars(select(Attendance.state)))
    assert states.count(AttendanceState.PRESENT) == 6 and states.count(AttendanceState.LATE) == 1 and len(states) == 8
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0


def test_the_same_file_again_changes_nothing_and_a_longer_one_adds(world: World) -> None:
    rows = [[*OF_EVENT, "Сүхбаатарын", "Оюунчимэг", world.ministry.code, "PPLA"]]
    applied(looked(world, rows))
    assert outcomes(looked(world, rows)) == ["unchanged"]
    rows[0][8] = "PPLP"
    longer = looked(world, [*rows, [*OF_EVENT, "Ганболд", "Саран", world.border.code, "no"]])
    assert outcomes(longer) == ["matched", "new"]
    applied(longer)
    event = created(world)
    assert db.session.scalar(select(func.count()).where(Registration.event_id == event.id)) == 2
    assert db.session.scalar(select(func.count()).where(Event.project_id == world.project.id)) == 2


def test_what_cannot_be_is_named(world: World) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    who = ["Ганболд", "Саран", world.border.code]
    run = looked(
        world,
        [
            ["A", "", "03/04/2025", "", "", *who, ""],
            ["B", "", tomorrow, "", "", *who, ""],
            ["C", "poem", DAY.isoformat(), "", "", *who, ""],
            ["D", "", NEXT.isoformat(), DAY.isoformat(), "", *who, ""],
            ["E", "", DAY.isoformat(), "", "", *who, "PPP"],
            ["", "", "", "", "", *who, ""],
            ["F", "", date(1990, 1, 1).isoformat(), "", "", *who, ""],
        ],
    )
    assert outcomes(run) == ["error"] * 7
    for told in ("Row 2, column C", "Row 3, column C: the event is not over", "Row 4, column B", "Row 5, column D"):
        assert told in reasons(run), told
    for told in (
        "3 letters, and the event has 2 sessions",
        "Row 7, column A",
        "Row 7, column C",
        "Row 8, column C",
    ):
        assert told in reasons(run), told


def test_rows_that_tell_one_event_in_two_ways(world: World) -> None:
    rows = [
        [*OF_EVENT, "Ганболд", "Саран", world.border.code, ""],
        [*OF_EVENT[:4], "Darkhan", "Ганболд", "Наран", world.border.code, ""],
    ]
    assert outcomes(looked(world, rows)) == ["new", "error"]


def test_an_event_to_come_is_not_imported_over(world: World) -> None:
    coming = make.event(world.project)
    day = clock.local(coming.starts_at, coming.timezone).date().isoformat()  # type: ignore[arg-type]
    row = [coming.title["en"], "", day, "", "", "Ганболд", "Саран", world.border.code, "yes"]
    assert outcomes(looked(world, [row])) == ["error"]
