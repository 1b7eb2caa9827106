"""Take attendance on the grid of an event, with and without JavaScript."""

import pytest
from sqlalchemy import event as sql
from sqlalchemy import select

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.accounts.models import User
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.service import mark
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

S = AttendanceState


def address(event: Event) -> str:
    return f"/desk/events/{event.slug}/attendance"


def state(registration: Registration, session: Session) -> AttendanceState | None:
    return db.session.scalar(
        select(Attendance.state).where(
            Attendance.registration_id == registration.id, Attendance.session_id == session.id
        )
    )


def control(registration: Registration, session: Session, was: str = "") -> str:
    return f"m.{registration.id}.{session.id}.{was}"


def press(registration: Registration, session: Session, to: str = "present") -> dict[str, str]:
    return {"press": f"{registration.id}.{session.id}.{to}"}


def test_the_grid_shows_confirmed_people_and_what_is_known(
    desk: Pages, training: Event, bolor: Registration, first: Session
) -> None:
    make.registration(training, make.person("Үл", "Ирэх"), make.RegistrationStatus.WAITLISTED)
    mark(bolor, first, S.LATE, by=STAFF)
    db.session.commit()
    page = desk.get(address(training))
    assert page.status == 200
    assert "Батын Болор" in page.text and "Ирэх Үл" not in page.text
    assert page.value_of(control(bolor, first, "late")) == "late"
    assert "1 of 4" in page.text and "1 of 1" in page.text


def test_an_event_without_confirmed_people_says_so(desk: Pages, training: Event) -> None:
    assert "Nobody is confirmed yet" in desk.get(address(training)).text


def test_one_press_marks_present_and_the_next_takes_it_back(
    desk: Pages, training: Event, bolor: Registration, first: Session
) -> None:
    answer = desk.post(f"{address(training)}/cell", press(bolor, first))
    assert answer.status == 200
    assert state(bolor, first) is S.PRESENT
    assert f'value="{bolor.id}.{first.id}."' in answer.html, "the next press takes the mark back"
    assert "1 of 4" in answer.html
    desk.post(f"{address(training)}/cell", press(bolor, first, ""))
    assert state(bolor, first) is None


def test_two_people_who_press_the_same_cell_agree(
    desk: Pages, training: Event, bolor: Registration, first: Session
) -> None:
    for _ in range(2):
        assert desk.post(f"{address(training)}/cell", press(bolor, first)).status == 200
    assert state(bolor, first) is S.PRESENT


def test_the_list_of_a_cell_holds_the_other_marks(
    desk: Pages, training: Event, bolor: Registration, first: Session
) -> None:
    desk.post(f"{address(training)}/cell", {control(bolor, first): "excused"})
    assert state(bolor, first) is S.EXCUSED


def test_a_refused_press_answers_with_the_cell_as_it_stands(
    desk: Pages, world: World, training: Event, bolor: Registration
) -> None:
    there = make.registration(world.event, world.bolor)
    db.session.commit()
    answer = desk.post(f"{address(world.event)}/cell", press(there, world.event.sessions[0]))
    assert answer.status == 409
    assert "has not begun" in answer.html and "disabled" in answer.html
    assert state(there, world.event.sessions[0]) is None


def test_the_whole_grid_is_one_form(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session, second: Session
) -> None:
    data = {control(bolor, first): "present", control(bolor, second): "late", control(tuya, first): ""}
    page = desk.post(address(training), data)
    assert page.status == 303
    assert "2 marks saved." in desk.follow(page).text
    assert (state(bolor, first), state(bolor, second), state(tuya, first)) == (S.PRESENT, S.LATE, None)
    assert "Nothing to save." in desk.follow(desk.post(address(training), {control(tuya, first): ""})).text


def test_a_page_opened_long_ago_undoes_nobodys_work(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session
) -> None:
    mark(bolor, first, S.PRESENT, by=STAFF)
    db.session.commit()
    desk.post(address(training), {control(bolor, first): "", control(tuya, first): "present"})
    assert (state(bolor, first), state(tuya, first)) == (S.PRESENT, S.PRESENT)


def test_a_press_without_javascript_saves_the_rest_of_the_form_too(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session
) -> None:
    page = desk.post(address(training), {control(tuya, first): "absent", **press(bolor, first)})
    assert page.location.endswith(f"#p{bolor.id}")
    assert (state(bolor, first), state(tuya, first)) == (S.PRESENT, S.ABSENT)


def test_the_rest_of_a_session_is_present_at_one_press(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session
) -> None:
    data = {"everybody": str(first.id), control(bolor, first): "absent"}
    assert desk.post(address(training), data).status == 303
    assert (state(bolor, first), state(tuya, first)) == (S.ABSENT, S.PRESENT)


def test_two_hundred_people_by_twenty_sessions_fit_into_one_form(desk: Pages, training: Event) -> None:
    data = {f"m.{100_000_000 + person}.{200_000_000 + session}.": "" for person in range(200) for session in range(20)}
    assert desk.post(address(training), data).status == 303


def test_one_session_is_a_list_for_the_phone(desk: Pages, training: Event, bolor: Registration, first: Session) -> None:
    page = desk.get(f"{address(training)}?session={first.id}")
    assert page.status == 200 and "Батын Болор" in page.text
    answer = desk.post(f"{address(training)}/cell", {**press(bolor, first, "late"), "list": "1"})
    assert '<li class="roll-person"' in answer.html and 'aria-pressed="true"' in answer.html
    back = desk.post(address(training), {**press(bolor, first, ""), "session": str(first.id)})
    assert f"session={first.id}" in back.location
    assert state(bolor, first) is None


@pytest.mark.parametrize("asked", ["0", "-1", "x", "99999999999", "²", "1e3"])
def test_a_session_that_is_not_there_is_not_found(desk: Pages, training: Event, asked: str) -> None:
    assert desk.get(f"{address(training)}?session={asked}").status == 404


def test_a_session_of_another_event_is_not_found(desk: Pages, training: Event, world: World) -> None:
    other = world.other_event.sessions[0]
    assert desk.get(f"{address(training)}?session={other.id}").status == 404
    assert desk.post(address(training), {"everybody": str(other.id)}).status == 404


@pytest.mark.parametrize("value", ["1.2.asleep", "1.2", "", "1.2.present.3", "99999999999.1.present"])
def test_a_mark_that_no_button_offers_is_refused(desk: Pages, training: Event, bolor: Registration, value: str) -> None:
    page = desk.post(address(training), {"press": value})
    assert page.status == 422
    assert "not a mark of attendance" in page.text


def test_a_refused_form_keeps_what_was_chosen(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session, world: World
) -> None:
    data = {control(bolor, first): "late", control(tuya, world.other_event.sessions[0]): "present"}
    page = desk.post(address(training), data)
    assert page.status == 409
    assert "another event" in page.text
    assert page.value_of(control(bolor, first)) == "late"
    assert state(bolor, first) is None


def test_a_stale_token_keeps_what_was_chosen(desk: Pages, training: Event, bolor: Registration, first: Session) -> None:
    page = desk.post(address(training), {control(bolor, first): "absent"}, token="forged")
    assert page.status == 400
    assert page.value_of(control(bolor, first)) == "absent"
    assert desk.post(f"{address(training)}/cell", press(bolor, first), token="forged").status == 400
    assert state(bolor, first) is None


def test_who_may_see_names_but_not_mark_reads_only(
    pages: Pages, world: World, training: Event, bolor: Registration, first: Session
) -> None:
    page = pages.sign_in(world.me_officer).get(address(training))
    assert page.status == 200
    assert not page.find_all("select") and not page.find_all("button", name="press")
    assert pages.get(f"{address(training)}?session={first.id}").status == 200
    assert pages.post(address(training), press(bolor, first)).status == 403
    assert pages.post(f"{address(training)}/cell", press(bolor, first)).status == 403


def test_without_signing_in_nothing_is_seen_or_marked(
    pages: Pages, training: Event, bolor: Registration, first: Session
) -> None:
    assert pages.get(address(training)).location.startswith("/login")
    assert pages.post(f"{address(training)}/cell", press(bolor, first)).status == 401
    assert state(bolor, first) is None


@pytest.mark.parametrize(("who", "status"), [("other_organizer", 404), ("viewer", 403), ("focal_point", 403)])
def test_others_stay_outside(
    pages: Pages, world: World, training: Event, bolor: Registration, first: Session, who: str, status: int
) -> None:
    user: User = getattr(world, who)
    pages.sign_in(user)
    assert pages.get(address(training)).status == status
    assert pages.post(f"{address(training)}/cell", press(bolor, first)).status == status
    assert state(bolor, first) is None


def test_a_cell_is_marked_by_post_only(desk: Pages, training: Event) -> None:
    assert desk.get(f"{address(training)}/cell").status == 405


def test_the_grid_takes_as_many_statements_for_many_people_as_for_few(desk: Pages, training: Event) -> None:
    counts = []
    for _ in range(2):
        for _ in range(10):
            make.registration(training)
        db.session.commit()
        db.session.expire_all()
        counts.append(statements_of(desk, address(training)))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def statements_of(desk: Pages, path: str) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    connection = db.session.connection()
    sql.listen(connection, "before_cursor_execute", note)
    try:
        assert desk.get(path).status == 200
    finally:
        sql.remove(connection, "before_cursor_execute", note)
    return len(seen)
