"""One person beside the list: history, ledger, messages and decisions, by right."""

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus


@pytest.fixture
def path(world: World) -> str:
    """Bolor asks for a place; the panel over the list that the desk looks at."""
    registration = make.registration(world.event, world.bolor, S.REQUESTED, agency=world.ministry)
    db.session.commit()
    return f"/desk/events/{world.event.slug}/registrations/{registration.reference}"


def in_panel(world: World, **more: str) -> dict[str, str]:
    here = f"http://localhost/desk/events/{world.event.slug}/registrations?sex=female&page=2"
    return {"HX-Request": "true", "HX-Current-URL": here} | more


def held_before(world: World, **values: object) -> Event:
    return make.event(world.project, starts=make.nine(-30), **values)


def attend(event: Event, world: World, *states: AttendanceState) -> None:
    registration = make.registration(event, world.bolor, agency=world.ministry)
    for session, state in zip(event.sessions, states, strict=False):
        mark = {"registration_id": registration.id, "session_id": session.id, "marked_at": make.NOW}
        db.session.add(Attendance(**mark, state=state, source=Source.DESK))
    db.session.commit()


def test_the_panel_is_a_part_and_the_page_is_whole(pages: Pages, world: World, path: str) -> None:
    pages.sign_in(world.organizer)
    part = pages.get(path, headers=in_panel(world))
    assert "<html" not in part.html and part.find_all("h2", id="panel-title")
    assert "<html" in pages.get(path).html
    for page in (part, pages.get(path)):
        assert "Батын Болор" in page.text and "bolor@example.org" in page.text and "What happened" in page.text


def test_a_decision_in_the_panel_goes_back_to_the_list_as_it_was(pages: Pages, world: World, path: str) -> None:
    pages.sign_in(world.organizer)
    part = pages.get(path, headers=in_panel(world))
    back = f"/desk/events/{world.event.slug}/registrations?sex=female&page=2"
    assert part.value_of("next") == back
    assert pages.post(path, {"to_status": "confirmed", "next": back}).location == back
    assert pages.post(path, {"to_status": "declined", "next": "//evil.example"}).location == path


def test_an_address_of_elsewhere_is_not_followed(pages: Pages, world: World, path: str) -> None:
    pages.sign_in(world.organizer)
    for elsewhere in ("https://evil.example//evil.example/x", "javascript:alert(1)", "", "//"):
        part = pages.get(path, headers=in_panel(world, **{"HX-Current-URL": elsewhere}))
        assert part.status == 200 and part.value_of("next") is None


def test_it_shows_the_other_events_and_whether_the_person_came(pages: Pages, world: World, path: str) -> None:
    attend(held_before(world, title={"en": "Came"}), world, AttendanceState.PRESENT, AttendanceState.LATE)
    attend(held_before(world, title={"en": "Excused"}), world, AttendanceState.EXCUSED)
    text = pages.sign_in(world.organizer).get(path, headers=in_panel(world)).text
    assert "Came Confirmed Attended 2 sessions" in text
    assert "Excused Confirmed No attendance recorded" in text


def test_events_of_projects_that_one_may_not_see_stay_out(pages: Pages, world: World, path: str) -> None:
    make.registration(world.other_event, world.bolor, agency=world.ministry)
    db.session.commit()
    title = world.other_event.title["en"]
    assert title not in pages.sign_in(world.organizer).get(path).text
    assert title in Pages(pages.app).sign_in(world.administrator).get(path).text


def test_the_panel_is_by_right(pages: Pages, world: World, path: str) -> None:
    part = pages.sign_in(world.trainer).get(path, headers=in_panel(world))
    assert part.status == 200
    assert "bolor@example.org" not in part.html and not part.find_all("button", type="submit")
    for user, status in {world.viewer: 403, world.focal_point: 403, world.other_organizer: 404}.items():
        assert Pages(pages.app).sign_in(user).get(path, headers=in_panel(world)).status == status
