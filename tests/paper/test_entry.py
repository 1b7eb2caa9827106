"""Enter a signed sheet in the order of its rows."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select, update

from tests import factories as make
from tests.attendance.test_grid import control, state, statements_of
from tests.attendance.test_many import said_before_the_locks
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.events.models import Event
from trainreg.events.rules import SessionStatus
from trainreg.kernel.db import db
from trainreg.paper import service
from trainreg.paper.models import SignInSheet
from trainreg.people.rules import AgeBand
from trainreg.questions.rules import Asking, StandardField
from trainreg.questions.service import set_standard
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus

S = AttendanceState


@pytest.fixture
def sheet(training: Event, people: Sequence[Registration]) -> SignInSheet:
    made = make.sheet(training, people)
    db.session.commit()
    return made


def address(sheet: SignInSheet, page: int = 1) -> str:
    return f"/desk/events/{sheet.event.slug}/sheets/{sheet.key}/{page}"


def walk_in(world: World, **more: str) -> dict[str, str]:
    return {"family_name": "Сүхийн", "given_name": "Туул", "agency": world.border.code, "sex": "female", **more}


def test_the_rows_follow_the_paper(desk: Pages, sheet: SignInSheet, people: Sequence[Registration]) -> None:
    page = desk.get(address(sheet))
    assert page.status == 200 and "Sheet page 1 of 1" in page.text
    selects = [one.get("name") for one in page.find_all("select") if "data-entry" in one.attrib]
    assert selects == [control(one, sheet.event.sessions[0]) for one in people]
    assert page.text.count("Blank row") == 5


def test_a_page_is_saved_with_its_source_and_goes_on(
    desk: Pages, training: Event, people: Sequence[Registration]
) -> None:
    for _ in range(20):
        make.registration(training)
    everybody = [
        *people,
        *db.session.scalars(select(Registration).where(Registration.id.not_in([p.id for p in people]))),
    ]
    sheet, first = make.sheet(training, everybody), training.sessions[0]
    db.session.commit()
    data = {control(people[0], first): "present", control(people[1], first): "late", "next": "1"}
    answer = desk.post(address(sheet), data)
    assert answer.location.endswith("/2") and "2 marks saved." in desk.follow(answer).text
    marks = db.session.scalars(select(Attendance)).all()
    assert {(mark.state, mark.source) for mark in marks} == {(S.PRESENT, Source.SHEET), (S.LATE, Source.SHEET)}
    assert [state(people[2], first), state(everybody[-1], first)] == [None, None]


def test_whoever_is_left_on_the_page_was_absent(
    desk: Pages, sheet: SignInSheet, people: Sequence[Registration]
) -> None:
    first = sheet.event.sessions[0]
    desk.post(address(sheet), {control(people[0], first): "present", "rest": "1"})
    assert [state(one, first) for one in people] == [S.PRESENT, *[S.ABSENT] * 3]


def test_whoever_was_marked_meanwhile_is_not_left(
    desk: Pages, sheet: SignInSheet, people: Sequence[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sheet.event.sessions[0]
    said_before_the_locks(monkeypatch, people[1], first, S.LATE)
    desk.post(address(sheet), {control(people[0], first): "present", "rest": "1"})
    assert [state(one, first) for one in people] == [S.PRESENT, S.LATE, *[S.ABSENT] * 2]


def test_who_is_not_confirmed_any_more_keeps_the_row_and_gets_no_mark(
    desk: Pages, sheet: SignInSheet, people: Sequence[Registration]
) -> None:
    people[1].status = RegistrationStatus.CANCELLED
    db.session.commit()
    first = sheet.event.sessions[0]
    page = desk.get(address(sheet))
    assert people[1].person.name in page.text and "Not confirmed any more" in page.text
    assert desk.post(address(sheet), {"rest": "1"}).status == 303
    assert state(people[1], first) is None
    refused = desk.post(address(sheet), {control(people[1], first): "present", control(people[0], first): "absent"})
    assert refused.status == 409 and "is not confirmed" in refused.text


def test_a_walk_in_comes_onto_the_list_and_the_sheet(
    desk: Pages, sheet: SignInSheet, world: World, people: Sequence[Registration]
) -> None:
    answer = desk.post(f"{address(sheet)}/walk-in", walk_in(world, run_event="1"))
    assert answer.status == 303 and "stands in row 5, and is present" in desk.follow(answer).text
    registration = db.session.get_one(Registration, sheet.people[-1])
    assert (registration.status, registration.person.name) == (RegistrationStatus.CONFIRMED, "Сүхийн Туул")
    assert registration.moves[0].channel is Channel.WALK_IN
    assert state(registration, sheet.event.sessions[0]) is S.PRESENT
    assert (len(sheet.people), sheet.blank_rows) == (5, 4)


def test_a_walk_in_like_somebody_on_record_is_asked_about(desk: Pages, sheet: SignInSheet, world: World) -> None:
    known = make.person("Туул", "Сүхий")
    make.registration(world.event, known, agency=world.border)
    db.session.commit()
    page = desk.post(f"{address(sheet)}/walk-in", walk_in(world))
    assert page.status == 409 and page.find_all("input", name="same_as", value=str(known.id))
    assert desk.post(f"{address(sheet)}/walk-in", walk_in(world, same_as=str(known.id))).status == 303
    assert db.session.get_one(Registration, sheet.people[-1]).person_id == known.id


def test_two_people_on_blank_rows_at_once_both_stand_there(
    sheet: SignInSheet, world: World, people: Sequence[Registration]
) -> None:
    one, other = make.registration(sheet.event), make.registration(sheet.event)
    db.session.commit()
    stale = list(sheet.people)
    row = update(SignInSheet).where(SignInSheet.id == sheet.id)
    written = {"people": [*stale, one.id], "blank_rows": 4}
    db.session.execute(row.values(written), execution_options={"synchronize_session": False})
    assert sheet.people == stale, "as the other request read it"
    service.add_row(service.lock_sheet(sheet), other.id)
    assert (sheet.people, sheet.blank_rows) == ([*stale, one.id, other.id], 3)


def test_the_sheet_is_held_before_anything_is_written(
    desk: Pages, sheet: SignInSheet, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    lock = service.lock_sheet
    monkeypatch.setattr(service, "lock_sheet", lambda one: held.append(len(one.people)) or lock(one))
    desk.post(f"{address(sheet)}/walk-in", walk_in(world))
    assert held == [4]


def test_without_a_blank_row_nobody_is_added(desk: Pages, sheet: SignInSheet, world: World) -> None:
    sheet.blank_rows = 0
    db.session.commit()
    page = desk.post(f"{address(sheet)}/walk-in", walk_in(world))
    assert page.status == 409 and "no blank row left" in page.text and len(sheet.people) == 4
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 4


@pytest.mark.parametrize("wrong", [{"given_name": ""}, {"agency": ""}, {"agency": "nowhere"}, {"sex": "x"}])
def test_a_walk_in_without_what_is_needed_is_refused(
    desk: Pages, sheet: SignInSheet, world: World, wrong: dict[str, str]
) -> None:
    page = desk.post(f"{address(sheet)}/walk-in", walk_in(world) | wrong)
    assert page.status in {409, 422} and page.value_of("family_name") == "Сүхийн"
    assert len(sheet.people) == 4


def test_a_trainer_enters_the_sheet_and_adds_nobody(
    pages: Pages, sheet: SignInSheet, world: World, people: Sequence[Registration]
) -> None:
    page = pages.sign_in(world.trainer).get(address(sheet))
    assert "Somebody on a blank row" not in page.text
    assert pages.post(f"{address(sheet)}/walk-in", walk_in(world)).status == 403
    assert pages.post(address(sheet), {control(people[0], sheet.event.sessions[0]): "present"}).status == 303


def test_a_stale_token_keeps_what_was_entered(desk: Pages, sheet: SignInSheet, people: Sequence[Registration]) -> None:
    name = control(people[0], sheet.event.sessions[0])
    page = desk.post(address(sheet), {name: "late"}, token="forged")
    assert page.status == 400 and page.value_of(name) == "late"


def test_a_session_called_off_leaves_the_sheet(desk: Pages, sheet: SignInSheet) -> None:
    sheet.event.sessions[0].status = SessionStatus.CANCELLED
    db.session.commit()
    page = desk.get(address(sheet))
    assert page.status == 200 and "were called off" in page.text
    assert desk.get(f"/desk/events/{sheet.event.slug}/sheets/{sheet.key}.pdf").status == 200


@pytest.mark.parametrize("page", [0, 2, 9999])
def test_a_page_that_is_not_there_is_not_found(desk: Pages, sheet: SignInSheet, page: int) -> None:
    assert desk.get(address(sheet, page)).status == 404


@pytest.mark.slow
def test_a_long_sheet_asks_as_often_as_a_short_one(desk: Pages, training: Event) -> None:
    counts = []
    for more in (5, 300):
        for _ in range(more):
            make.registration(training)
        sheet = make.sheet(training, db.session.scalars(select(Registration)).all(), blank_rows=0)
        db.session.commit()
        path = address(sheet)
        desk.get(path)
        db.session.expire_all()
        counts.append(statements_of(desk, path))
    assert counts[0] == counts[1]


def test_a_walk_in_s_age_band_is_noted_where_the_event_asks_for_it(
    desk: Pages, sheet: SignInSheet, world: World
) -> None:
    where = f"{address(sheet)}/walk-in"
    assert 'name="age_band"' not in desk.get(address(sheet)).html
    desk.post(where, walk_in(world, age_band="35_44"))
    set_standard(sheet.event, {StandardField.AGE_BAND: Asking.OPTIONAL}, by=make.STAFF)
    db.session.commit()
    assert desk.get(address(sheet)).value_of("age_band") == "not_stated"
    refused = desk.post(where, walk_in(world, given_name="Нар", age_band="37"))
    assert (refused.status, refused.value_of("given_name")) == (422, "Нар")
    desk.post(where, walk_in(world, given_name="Оюун"))
    desk.post(where, walk_in(world, given_name="Нар", age_band="55_over"))
    entered = [db.session.get_one(Registration, one) for one in sheet.people[-3:]]
    assert [one.age_band for one in entered] == [AgeBand.NOT_STATED, AgeBand.NOT_STATED, AgeBand.FROM_55]
    assert entered[-1].person.age_band is AgeBand.FROM_55
