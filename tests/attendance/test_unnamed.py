"""Counts without names: entered by agency, sex and level, and never added to anybody with a name."""

import json

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Page, Pages
from tests.world import World
from trainreg.attendance.models import UnnamedAttendance
from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.service import TooEarly, mark
from trainreg.attendance.unnamed import Cell, CountedSince, counts_of, fingerprint, set_counts
from trainreg.audit.queries import history_of
from trainreg.events.models import Event, Session
from trainreg.events.rules import SessionStatus
from trainreg.kernel.db import db
from trainreg.people.rules import Level, Sex
from trainreg.registration.models import Registration
from trainreg.reporting.as_json import figures_as_json
from trainreg.reporting.figures import figures_of
from trainreg.reporting.unnamed import unnamed_of


def address(event: Event) -> str:
    return f"/desk/events/{event.slug}/attendance/unnamed"


def lines(*told: tuple[str, str, str, str]) -> dict[str, list[str]]:
    names = ("agency", "sex", "level", "people")
    return {name: [line[place] for line in told] for place, name in enumerate(names)}


def save(desk: Pages, session: Session, *told: tuple[str, str, str, str], **more: str) -> Page:
    shown = more.pop("shown", fingerprint(counts_of(session)))
    return desk.post(address(session.event), {"session": str(session.id), "shown": shown, **lines(*told), **more})


def known(session: Session) -> list[tuple[int | None, Sex, Level, int]]:
    return [(one.agency_id, one.sex, one.level, one.people) for one in counts_of(session)]


def test_counts_are_entered_corrected_and_taken_off(desk: Pages, training: Event, first: Session, world: World) -> None:
    ministry = world.ministry.code
    page = desk.get(address(training))
    assert page.status == 200 and page.value_of("shown") == fingerprint([])
    done = save(desk, first, (ministry, "female", "senior", "12"), ("", "not_stated", "not_stated", "30"))
    assert done.status == 303 and "2 counts saved." in desk.follow(done).text
    assert known(first) == [
        (None, Sex.NOT_STATED, Level.NOT_STATED, 30),
        (world.ministry.id, Sex.FEMALE, Level.SENIOR, 12),
    ]
    save(desk, first, (ministry, "female", "senior", "14"), ("", "not_stated", "not_stated", "0"))
    assert known(first) == [(world.ministry.id, Sex.FEMALE, Level.SENIOR, 14)]
    assert "Nothing to save." in desk.follow(save(desk, first, (ministry, "female", "senior", "14"))).text


def test_every_change_is_written_down(desk: Pages, training: Event, first: Session, world: World) -> None:
    save(desk, first, (world.ministry.code, "male", "middle", "7"))
    save(desk, first, (world.ministry.code, "male", "middle", "9"))
    sentences = [line.sentence for line in history_of(training)]
    assert sentences[0].endswith(f"{world.ministry.code} (sex: Man, level: Middle): 7 before, 9 now")
    assert sentences[1].endswith("0 before, 7 now")


def test_what_somebody_else_entered_meanwhile_is_not_lost(desk: Pages, first: Session, world: World) -> None:
    stale = fingerprint(counts_of(first))
    save(desk, first, (world.ministry.code, "male", "middle", "7"))
    page = save(desk, first, (world.border.code, "female", "senior", "5"), shown=stale)
    assert page.status == 409 and "What somebody entered meanwhile" in page.text
    assert page.value_of("people") == "5" and known(first) == [(world.ministry.id, Sex.MALE, Level.MIDDLE, 7)]
    assert page.value_of("shown") == fingerprint(counts_of(first))
    with pytest.raises(CountedSince):
        set_counts(first.event, first, {}, shown=stale, by=STAFF)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("", "female", "senior", "x"), "whole number"),
        (("", "female", "senior", "-1"), "whole number"),
        (("", "female", "senior", "100001"), "whole number"),
        (("nowhere", "female", "senior", "1"), "from the lists"),
        (("", "queen", "senior", "1"), "from the lists"),
        (("", "female", "high", "1"), "from the lists"),
    ],
)
def test_what_cannot_be_counted_is_refused_and_stays_on_the_page(
    desk: Pages, first: Session, line: tuple[str, str, str, str], sentence: str
) -> None:
    page = save(desk, first, line)
    assert page.status == 422 and sentence in page.text
    assert page.value_of("people") == line[3] and known(first) == []


def test_the_same_people_on_two_lines_are_refused(desk: Pages, first: Session) -> None:
    page = save(desk, first, ("", "female", "senior", "1"), ("", "female", "senior", "2"))
    assert page.status == 422 and "Two lines" in page.text


def test_the_database_holds_each_cell_once_and_no_nonsense(first: Session, world: World) -> None:
    def put(**values: object) -> None:
        cell = {"session_id": first.id, "sex": "female", "level": "senior", "people": 1} | values
        with db.session.begin_nested():
            db.session.execute(insert(UnnamedAttendance).values(**cell))

    put()
    put(agency_id=world.ministry.id)
    for wrong in ({}, {"agency_id": world.ministry.id}, {"level": "junior", "people": 0}, {"people": 100_001}):
        with pytest.raises(IntegrityError):
            put(**wrong)


def test_a_session_that_is_far_ahead_is_not_counted(world: World) -> None:
    session = world.event.sessions[0]
    with pytest.raises(TooEarly):
        set_counts(world.event, session, {Cell(None, Sex.MALE, Level.JUNIOR): 1}, shown=fingerprint([]), by=STAFF)


def test_named_and_unnamed_stand_side_by_side_and_are_never_added(
    desk: Pages, pages: Pages, training: Event, bolor: Registration, first: Session, second: Session, world: World
) -> None:
    mark(bolor, first, AttendanceState.PRESENT, by=STAFF)
    before = figures_as_json(world.project, figures_of(world.project), unnamed_of(world.project.id))
    make.unnamed(first, 40, agency_id=world.ministry.id, sex=Sex.FEMALE)
    make.unnamed(second, 25)
    db.session.commit()
    after = figures_as_json(world.project, figures_of(world.project), unnamed_of(world.project.id))
    told = after.pop("unnamed")
    before.pop("unnamed")
    assert json.dumps(before) == json.dumps(after), "the figures of named people do not move"
    assert told["counted"] == 65 and told["person_days"] == 32.5
    assert told["by_sex"] == {"female": 40, "male": 0, "not_stated": 25}
    assert [one["counted"] for one in told["by_agency"]] == [40, 25]
    assert sum(told["by_level"].values()) == 65
    page = desk.get(address(training))
    assert "With and without names, by session" in page.text and "40" in page.text
    event = pages.sign_in(world.organizer).get(f"/desk/events/{training.slug}")
    assert "counted without names" in event.text
    project = pages.sign_in(world.viewer).get(f"/desk/projects/{world.project.code}")
    assert "65 people counted at sessions of which no list exists: 32.5 person-days." in project.text
    assert "66 people" not in project.text
    assert "1 attendance by" in pages.sign_in(world.organizer).get(f"/desk/projects/{world.project.code}").text


def test_a_session_called_off_counts_nobody(training: Event, first: Session, world: World) -> None:
    make.unnamed(first, 40)
    first.status = SessionStatus.CANCELLED
    db.session.commit()
    assert unnamed_of(world.project.id).total.people == 0
    assert db.session.scalars(select(UnnamedAttendance)).one().people == 40


def test_a_project_without_counts_does_not_speak_of_them(pages: Pages, world: World) -> None:
    assert "Counted without names" not in pages.sign_in(world.viewer).get(f"/desk/projects/{world.project.code}").text


def test_who_may_not_take_attendance_reads(pages: Pages, world: World, training: Event, first: Session) -> None:
    make.unnamed(first, 40)
    db.session.commit()
    page = pages.sign_in(world.me_officer).get(address(training))
    assert page.status == 200 and not page.find_all("input", name="people") and "40" in page.text
    assert save(pages, first, ("", "female", "senior", "1")).status == 403
    assert pages.get(f"{address(training)}?session=0").status == 404
    assert pages.get(f"{address(training)}?session={world.other_event.sessions[0].id}").status == 404
