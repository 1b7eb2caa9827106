"""The desk decides about everybody who matches, on all pages of the list, after it was told how many."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.pages import Page, Pages
from tests.world import World
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.rules import Sex
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus


@pytest.fixture
def path(world: World) -> str:
    """Sixty women and one man ask for places; the event has two."""
    for number in range(60):
        make.registration(
            world.event, make.person(email=f"woman{number}@example.org"), S.REQUESTED, agency=world.border
        )
    make.registration(world.event, make.person(sex=Sex.MALE), S.REQUESTED, agency=world.border)
    db.session.commit()
    return f"/desk/events/{world.event.slug}/registrations"


def statuses() -> list[tuple[Sex, S]]:
    return [(sex, status) for sex, status in db.session.execute(select(Registration.sex, Registration.status))]


def press(pages: Pages, page: Page, action: str, **more: str) -> Page:
    form = {name: page.value_of(name) or "" for name in ("sex", "status", "expected")}
    return pages.post(page.response.request.path, {**form, "action": action, **more})


def test_the_list_leads_to_it_and_it_says_how_many(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{path}?sex=female&status=requested")
    (link,) = [one for one in page.find_all("a") if "/all" in one.get("href", "")]
    assert "Decide about all 60" in "".join(link.itertext())
    asked = pages.get(link.get("href", ""))
    assert "Decide about 60 registrations" in asked.text and "Sex: Woman" in asked.text
    assert "Waiting for approval: 60" in asked.text


def test_all_who_match_are_declined_and_nobody_else(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{path}/all?sex=female&status=requested")
    answer = press(pages, page, "decline", reason="The hall is too small")
    assert answer.status == 303 and answer.location == f"{path}?sex=female"
    assert "60 declined." in pages.follow(answer).text
    assert sorted(set(statuses())) == [(Sex.FEMALE, S.DECLINED), (Sex.MALE, S.REQUESTED)]
    registration = db.session.scalars(select(Registration).where(Registration.status == S.DECLINED)).first()
    assert registration is not None and registration.moves[-1].reason == "The hall is too small"
    assert len(db.session.scalars(select(Message)).all()) == 60


def test_places_go_as_far_as_they_reach(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{path}/all")
    text = pages.follow(press(pages, page, "confirm")).text
    assert "2 confirmed." in text and "59 refused: All places of this event are taken." in text


def test_a_list_that_changed_in_the_meantime_is_asked_about_again(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{path}/all?sex=male")
    make.registration(world.event, make.person(sex=Sex.MALE), S.REQUESTED, agency=world.border)
    db.session.commit()
    answer = press(pages, page, "cancel", reason="Kept")
    assert answer.status == 409 and "The list has changed in the meantime." in answer.text
    assert answer.value_of("expected") == "2" and answer.value_of("reason") == "Kept"
    assert {status for _sex, status in statuses()} == {S.REQUESTED}
    assert press(pages, answer, "cancel").status == 303
    assert sorted(status for sex, status in statuses() if sex is Sex.MALE) == [S.CANCELLED, S.CANCELLED]


def test_nothing_chosen_and_nonsense_change_nothing(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{path}/all")
    for action, expected in (("", "61"), ("promote", "61"), ("decline", "²"), ("decline", "9" * 5000)):
        answer = press(pages, page, action, expected=expected)
        assert answer.status in {409, 422}, (action, expected)
    assert "Choose what to do." in press(pages, page, "").text
    assert {status for _sex, status in statuses()} == {S.REQUESTED}


def test_only_who_may_decide(pages: Pages, world: World, path: str) -> None:
    for user, status in {world.trainer: 403, world.me_officer: 403, world.other_organizer: 404}.items():
        stranger = Pages(pages.app).sign_in(user)
        assert stranger.get(f"{path}/all").status == status
        assert stranger.post(f"{path}/all", {"action": "decline", "expected": "61"}).status == status


def test_an_empty_list_has_nothing_to_decide(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{path}/all?status=waitlisted")
    assert "Decide about 0 registrations" in page.text and not page.find_all("input", name="action")


def test_one_row_is_confirmed_whatever_is_ticked(pages: Pages, world: World, path: str) -> None:
    first, second = db.session.scalars(select(Registration).limit(2)).all()
    form = {"confirm": first.reference, "registration": second.reference}
    pages.sign_in(world.organizer).post(f"{path}/decide", form)
    assert (first.status, second.status) == (S.CONFIRMED, S.REQUESTED)
