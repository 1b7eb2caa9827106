"""Badges: a name large enough to read, and a pass that a telephone reads."""

from collections.abc import Sequence

from tests import factories as make
from tests.pages import Pages
from tests.paper.reading import codes_of, text_of
from tests.world import World
from trainreg.attendance.forms import MOST_CELLS
from trainreg.audit.queries import history_of
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.passes import pass_code
from trainreg.registration.rules import RegistrationRole, RegistrationStatus


def address(event: Event) -> str:
    return f"/desk/events/{event.slug}/badges"


def printed(desk: Pages, event: Event, **data: object) -> bytes:
    answer = desk.post(address(event), data)
    assert answer.status == 200 and answer.response.mimetype == "application/pdf"
    return answer.response.get_data()


def test_a_badge_carries_name_agency_role_and_event(
    desk: Pages, training: Event, people: Sequence[Registration], world: World
) -> None:
    people[0].role = RegistrationRole.TRAINER
    db.session.commit()
    text = text_of(printed(desk, training, all="1"))
    for one in people:
        assert one.person.name in text or one.person.name.replace(" ", " ") in text
    assert "Participant / Оролцогч" in text and "Trainer" in text
    assert training.title["mn"] in text and world.ministry.name["en"] in text
    assert history_of(training)[0].sentence == "4 badges made"


def test_each_code_is_read_from_a_page_of_100_dots_to_the_inch(desk: Pages, training: Event) -> None:
    people = [make.registration(training) for _ in range(10)]
    db.session.commit()
    content = printed(desk, training, all="1")
    read = [*codes_of(content, dots=100, page=1), *codes_of(content, dots=100, page=2)]
    assert sorted(read) == sorted(pass_code(one.reference) for one in people)


def test_more_ticks_than_any_event_has_people_are_refused(
    desk: Pages, training: Event, people: Sequence[Registration]
) -> None:
    page = desk.post(address(training), {"person": [str(one) for one in range(MOST_CELLS + 1)]})
    assert page.status == 422 and "Too many people are ticked" in page.text


def test_only_those_ticked(desk: Pages, training: Event, people: Sequence[Registration]) -> None:
    text = text_of(printed(desk, training, person=[str(people[1].id), "x", "99999999999"]))
    assert people[1].person.given_name in text and people[0].person.given_name not in text


def test_nobody_and_the_unconfirmed_get_none(
    desk: Pages, training: Event, people: Sequence[Registration], world: World
) -> None:
    people[0].status = RegistrationStatus.WAITLISTED
    there = make.registration(world.event)
    db.session.commit()
    for ticked in ([], [str(people[0].id)], [str(there.id)]):
        page = desk.post(address(training), {"person": ticked})
        assert page.status == 409 and "Nobody is chosen" in page.text


def test_a_name_that_cannot_be_drawn_is_told(desk: Pages, training: Event) -> None:
    one = make.registration(training, make.person("小明", "王"))
    db.session.commit()
    assert "王 小明" in desk.get(address(training)).text
    assert one.reference in text_of(printed(desk, training, all="1"))


def test_an_event_without_people_says_so(desk: Pages, world: World) -> None:
    assert "Nobody is confirmed yet" in desk.get(address(world.event)).text


def test_who_may_not_take_attendance_prints_none(pages: Pages, world: World, training: Event) -> None:
    pages.sign_in(world.me_officer)
    assert pages.get(address(training)).status == 403
    assert pages.post(address(training), {"all": "1"}).status == 403
