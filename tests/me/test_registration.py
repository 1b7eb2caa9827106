"""The link of one registration: see it, change it, cancel it, say yes; that one alone, and while it can be done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests import factories as make
from tests.me.visiting import address_of, enter
from tests.pages import Pages
from tests.questions.asking import ask
from tests.world import World
from trainreg.events.rules import Approval, EventStatus
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Consent
from trainreg.people.rules import ConsentPurpose
from trainreg.questions.details import Answers
from trainreg.questions.queries import form_of
from trainreg.questions.rules import Kind
from trainreg.questions.service import store_answers
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus

S = RegistrationStatus
CHANGED = {"position": "Дарга", "level": "senior", "language": "mn"}


def registered(*row: Any, **values: Any) -> Registration:
    made = make.registration(*row, **values)
    db.session.commit()
    return made


def buttons(pages: Pages, address: str) -> set[str]:
    """What the page offers to do."""
    page = pages.get(address)
    assert page.status == 200
    links = {(link.get("href") or "").removeprefix(f"{address}/") for link in page.find_all("a")}
    forms = {(form.get("action") or "").removeprefix(f"{address}/") for form in page.find_all("form")}
    return (links | forms) & {"change", "cancel", "answer", "accept", "pass", "event.ics"}


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (S.REQUESTED, {"change", "cancel"}),
        (S.WAITLISTED, {"change", "cancel"}),
        (S.CONFIRMED, {"change", "cancel", "pass", "event.ics"}),
        (S.NOMINATED, {"answer"}),
        (S.INVITED, {"answer"}),
        (S.DECLINED, {"event.ics"}),
        (S.CANCELLED, {"event.ics"}),
    ],
)
def test_each_status_offers_what_can_be_done(pages: Pages, world: World, status: S, offered: set[str]) -> None:
    registration = registered(world.event, world.bolor, status)
    assert buttons(pages, address_of(registration)) == offered


def test_it_shows_this_registration_and_nothing_else_of_the_person(pages: Pages, world: World) -> None:
    world.bolor.phone = "99112233"
    registration = registered(world.event, world.bolor, agency=world.ministry, position="Мэргэжилтэн")
    registered(world.other_event, world.bolor)
    page = pages.get(address_of(registration))
    for words in (registration.reference, "Батын Болор", "Ministry of Labour", "Мэргэжилтэн", "You have a place"):
        assert words in page.text
    for words in ("99112233", "bolor@example.org", "Woman", world.other_event.title["en"]):
        assert words not in page.html


@pytest.mark.parametrize("change", ["other", "unsigned", "cut", "case"])
def test_a_forged_link_is_no_page(pages: Pages, world: World, change: str) -> None:
    registration, other = registered(world.event, world.bolor), registered(world.event, world.tuya)
    head, signature = address_of(registration).rsplit("/", 1)
    forged = {
        "other": f"/me/r/{other.reference}/{signature}",
        "unsigned": f"{head}/unsigned",
        "cut": f"{head}/{signature[:20]}",
        "case": f"{head.lower()}/{signature}",
    }[change]
    for path in ("", "/change", "/cancel", "/answer", "/pass", "/pass.svg", "/pass.png", "/event.ics"):
        assert pages.get(forged + path).status == 404, path
    for path in ("/change", "/cancel", "/answer", "/accept"):
        assert pages.post(forged + path, CHANGED).status == 404, path
    assert {registration.status, other.status} == {S.CONFIRMED}


def test_looking_writes_nothing(pages: Pages, world: World) -> None:
    registration = registered(world.event, world.bolor)
    for path in ("", "/change", "/cancel", "/pass", "/event.ics"):
        assert pages.get(address_of(registration) + path).status == 200
    assert registration.status is S.CONFIRMED and len(registration.moves) == 1


def test_changing(pages: Pages, world: World) -> None:
    registration = registered(world.event, world.bolor)
    address = address_of(registration)
    assert pages.post(f"{address}/change", CHANGED).location == address
    assert (registration.position, registration.level, registration.language) == ("Дарга", "senior", "mn")
    assert world.bolor.language == "mn" and world.bolor.postings == [], "the person's own record is not touched"
    form = pages.get(f"{address}/change")
    assert form.value_of("position") == "Дарга" and form.value_of("level") == "senior"


@pytest.mark.parametrize(
    "typed", [{"level": "king"}, {"language": "xx"}, {"position": "x" * 300}, {"position": "a\u202eb"}]
)
def test_what_cannot_be_is_told_and_kept(pages: Pages, world: World, typed: dict[str, Any]) -> None:
    registration = registered(world.event, world.bolor, position="Мэргэжилтэн")
    page = pages.post(f"{address_of(registration)}/change", CHANGED | typed)
    assert page.status == 422 and page.find_all("p", class_="field-error")
    assert registration.position == "Мэргэжилтэн"


def test_cancelling_frees_the_place_for_the_next(pages: Pages, world: World) -> None:
    own = registered(world.event, world.bolor)
    registered(world.event)
    waiting = registered(world.event, world.tuya, S.WAITLISTED)
    address = address_of(own)
    token = pages.token()
    assert "Cancel your registration?" in pages.get(f"{address}/cancel").text
    assert [pages.post(f"{address}/cancel", token=token).status for _press in range(2)] == [303, 303]
    assert own.status is S.CANCELLED and waiting.status is S.CONFIRMED
    assert (own.moves[-1].channel, len(own.moves)) == (Channel.SELF, 2), "twice is once"
    assert db.session.scalars(select(Message.kind)).all() == ["registration_cancelled"]
    assert pages.get(f"{address}/cancel").location == address


def test_a_second_tab_that_is_behind_is_told(pages: Pages, world: World) -> None:
    registration = registered(world.event, world.bolor)
    address = address_of(registration)
    pages.post(f"{address}/cancel")
    late = pages.post(f"{address}/change", CHANGED)
    assert late.status == 409 and "cannot be changed that way" in late.text
    assert registration.position == ""


def test_nothing_is_changed_once_the_event_has_begun_or_is_off(pages: Pages, world: World) -> None:
    registration = registered(world.event, world.bolor)
    address = address_of(registration)
    with time_machine.travel(world.event.sessions[0].starts_at + timedelta(minutes=5)):
        assert buttons(pages, address) == {"change", "pass", "event.ics"}
        assert pages.post(f"{address}/cancel").status == 409
    world.event.status = EventStatus.CANCELLED
    db.session.commit()
    assert buttons(pages, address) == {"event.ics"}
    assert pages.post(f"{address}/cancel").status == pages.post(f"{address}/change", CHANGED).status == 409
    assert registration.status is S.CONFIRMED


def test_the_link_is_over_thirty_days_after_the_event(pages: Pages, world: World) -> None:
    event = make.event(world.project, starts=datetime(2026, 11, 1, 1, tzinfo=UTC))
    registration = registered(event, world.bolor)
    address = address_of(registration)
    with time_machine.travel("2026-11-30 08:00Z", tick=False):
        assert pages.get(address).status == 200
    with time_machine.travel("2026-12-02 08:00Z", tick=False):
        page = pages.get(address)
        assert page.status == 410 and "Send me a new link" in page.text and "Батын" not in page.text
        assert pages.post(f"{address}/change", CHANGED).status == 410
        enter(pages, world.bolor)
        assert pages.get(address).status == 200, "on the own page what was stays to be seen"


def test_a_place_that_fell_free_is_accepted(pages: Pages, world: World) -> None:
    until = datetime.now(UTC) + timedelta(hours=5)
    registration = registered(world.event, world.bolor, accept_by=until)
    address, token = address_of(registration), pages.token()
    assert "it is kept for you" in pages.get(address).text and "accept" in buttons(pages, address)
    assert [pages.post(f"{address}/accept", token=token).status for _press in range(2)] == [303, 303]
    assert registration.accept_by is None and registration.status is S.CONFIRMED


def test_a_place_that_is_gone_is_not_accepted(pages: Pages, world: World) -> None:
    registration = registered(world.event, world.bolor, S.CANCELLED)
    page = pages.post(f"{address_of(registration)}/accept")
    assert page.status == 409 and "not kept any more" in page.text


@pytest.mark.parametrize(
    ("approval", "taken", "stands_at"),
    [(Approval.DESK, 2, S.REQUESTED), (Approval.AUTOMATIC, 0, S.CONFIRMED), (Approval.AUTOMATIC, 2, S.WAITLISTED)],
)
def test_a_nominated_official_says_yes(
    pages: Pages, world: World, approval: Approval, taken: int, stands_at: S
) -> None:
    world.event.approval = approval
    for _number in range(taken):
        registered(world.event)
    registration = registered(world.event, world.bolor, S.NOMINATED)
    address, token = address_of(registration), pages.token()
    who = {"given_name": "Болор", "family_name": "Батын", "agency": registration.agency.code, "sex": "female"}
    refused = pages.post(f"{address}/answer", CHANGED | who)
    assert refused.status == 422 and "tick this box" in refused.text and registration.status is S.NOMINATED
    said = CHANGED | who | {"run_event": "y", "photographs": "y"}
    assert [pages.post(f"{address}/answer", said, token=token).status for _press in range(2)] == [303, 303]
    assert registration.status is stands_at and registration.position == "Дарга"
    given = dict(db.session.execute(select(Consent.purpose, Consent.is_given)).all())
    assert {purpose for purpose, is_given in given.items() if is_given} == {
        ConsentPurpose.RUN_EVENT,
        ConsentPurpose.PHOTOGRAPHS,
    }
    assert len(db.session.scalars(select(Consent)).all()) == len(ConsentPurpose)


def test_a_nominated_official_says_no_where_whoever_named_them_is_told(pages: Pages, world: World) -> None:
    registration = registered(world.event, world.bolor, S.NOMINATED)
    address = address_of(registration)
    assert pages.post(f"{address}/cancel").status == 409, "cancelling is for those who are on the list"
    pages.post(f"{address}/answer", {"press": "no", "reason": "On leave"})
    assert registration.status is S.DECLINED and registration.moves[-1].reason == "On leave"
    assert db.session.scalars(select(Consent)).all() == []


def test_the_person_reads_what_they_answered_and_the_link_alone_shows_none(pages: Pages, world: World) -> None:
    wish = ask(world.event, Kind.SHORT_TEXT, "What would you like to learn?")
    private = ask(world.event, Kind.SHORT_TEXT, "Is there anything you cannot eat?", is_personal=True)
    registration, other = registered(world.event, world.bolor), registered(world.event, world.tuya)
    for one, words in ((registration, "To listen"), (other, "To count")):
        given = {wish.id: words, private.id: f"{words}, no nuts"}
        store_answers(world.event.id, one.id, Answers(form_of(world.event.id).version, questions=given))
    db.session.commit()
    by_link = pages.get(address_of(registration))
    assert "To listen" not in by_link.html and "What you answered" not in by_link.text
    assert "Your answers to its questions" in by_link.text
    enter(pages, world.bolor)
    own = pages.get(address_of(registration))
    assert "What would you like to learn? To listen" in own.text and "To listen, no nuts" in own.text
    assert "To count" not in own.html
    assert "To count" not in pages.get(address_of(other)).html, "another's link shows a visitor nothing more"
