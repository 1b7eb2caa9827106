"""Answering on the telephone: every press saves, twice is once, one attempt, and only by one's own link."""

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.assessment.sitting import give, link_to
from tests.factories import STAFF
from tests.me.visiting import address_of, enter
from tests.pages import Pages
from tests.world import World
from trainreg.assessment.attempts import close_test, find_attempt
from trainreg.assessment.models import TestAnswer, TestAttempt
from trainreg.assessment.rules import Kind, Occasion, TestState
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import db
from trainreg.me.erasure import erase
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus


@pytest.fixture
def bolor(world: World) -> Registration:
    """Confirmed; the pre-test of three questions is open."""
    make.plan(world.event, pre_state=TestState.OPEN)
    make.posed(world.event, right=2)
    make.posed(world.event, kind=Kind.SEVERAL_CHOICES, right=["c1", "c3"])
    make.posed(world.event, kind=Kind.NUMBER, choices=[], right=["40"], points=3)
    registration = make.registration(world.event, world.bolor)
    db.session.commit()
    return registration


def kept(registration: Registration) -> list[object]:
    attempt = find_attempt(registration.id, Occasion.PRE)
    return [] if attempt is None else [answer.value for answer in sorted(attempt.answers, key=lambda one: one.id)]


def test_the_whole_way(pages: Pages, bolor: Registration) -> None:
    start = pages.get(link_to(bolor))
    assert start.status == 200 and "Pre-test" in start.text
    assert "Begin" in pages.get(link_to(bolor, "/pre")).text
    second = give(pages, bolor, 1, "c2")
    assert second.location.endswith("/pre/2")
    give(pages, bolor, 2, ["c1", "c3"])
    last = give(pages, bolor, 3, "40")
    assert last.location.endswith("/pre")
    review = pages.follow(last)
    assert "Every question is answered" in review.text and "Choice 1" in review.text
    done = pages.follow(pages.post(link_to(bolor, "/pre/hand-in")))
    assert "Handed in" in done.text
    attempt = find_attempt(bolor.id, Occasion.PRE)
    assert attempt is not None and attempt.handed_in_at is not None
    assert sum(answer.points or 0 for answer in attempt.answers) == 5


def test_a_closed_telephone_loses_nothing(app: object, pages: Pages, bolor: Registration) -> None:
    give(pages, bolor, 1, "c2")
    other_phone = Pages(pages.app)
    page = other_phone.get(link_to(bolor, "/pre"))
    assert "1 of 3 questions are answered and kept" in page.text
    assert "Go on" in page.text and page.find_all("a", href=link_to(bolor, "/pre/2"))


def test_pressed_twice_is_once_and_changed_is_changed(pages: Pages, bolor: Registration) -> None:
    for answer in ("c1", "c1", "c2"):
        give(pages, bolor, 1, answer)
    assert kept(bolor) == ["c2"]
    assert db.session.scalar(select(func.count()).select_from(TestAttempt)) == 1
    for _again in range(2):
        assert pages.post(link_to(bolor, "/pre/hand-in")).status == 303
    assert kept(bolor) == ["c2", None, None], "what was left empty counts among those asked"


def test_what_is_handed_in_stays(pages: Pages, bolor: Registration) -> None:
    address = link_to(bolor, "/pre/1")
    shown = pages.get(address).value_of("question")
    give(pages, bolor, 1, "c1")
    pages.post(link_to(bolor, "/pre/hand-in"))
    page = pages.post(address, {"question": shown or "", "answer": "c2"})
    assert page.status == 409 and "handed in this test already" in page.text
    assert kept(bolor)[0] == "c1"
    assert pages.get(address).status == 303


@pytest.mark.parametrize("answer", ["c9", "true", "x" * 2000, "40"])
def test_what_is_no_answer_is_refused(pages: Pages, bolor: Registration, answer: str) -> None:
    assert give(pages, bolor, 1, answer).status == 422
    assert kept(bolor) == []


def test_nothing_is_taken_while_the_test_is_closed(pages: Pages, bolor: Registration) -> None:
    address = link_to(bolor, "/pre/1")
    shown = pages.get(address).value_of("question")
    give(pages, bolor, 2, ["c1"])
    close_test(bolor.event, Occasion.PRE, by=STAFF)
    db.session.commit()
    page = pages.post(address, {"question": shown or "", "answer": "c1"})
    assert page.status == 409
    attempt = find_attempt(bolor.id, Occasion.PRE)
    assert attempt is not None and attempt.handed_in_at is not None, "what was saved counts as it is"
    assert pages.post(link_to(bolor, "/pre/hand-in")).status == 303
    assert pages.post(link_to(bolor, "/post/hand-in")).status == 409


@pytest.mark.parametrize("answer", ["c1", "no such choice", "a\u202eb"])
def test_questions_of_a_test_that_is_not_open_cannot_be_read(
    pages: Pages, world: World, bolor: Registration, answer: str
) -> None:
    secret = make.posed(world.event, label={"en": "The secret of the post-test"}, in_pre=False, right=1)
    written = make.posed(
        world.event, label={"en": "The secret in words"}, kind=Kind.SHORT_TEXT, choices=[], right=[], in_pre=False
    )
    db.session.commit()
    for place in range(1, 7):
        shown = pages.get(link_to(bolor, f"/post/{place}"))
        assert shown.status == 303 and shown.location.endswith("/post")
        for question in (secret, written):
            page = pages.post(link_to(bolor, f"/post/{place}"), {"question": str(question.id), "answer": answer})
            assert page.status == 409 and "This test is closed" in page.text
            assert "secret" not in page.text
    assert "secret" not in pages.get(link_to(bolor, "/post")).text


def test_a_question_changed_meanwhile_is_not_answered_by_mistake(pages: Pages, bolor: Registration) -> None:
    other = make.posed(make.event(bolor.event.project))
    db.session.commit()
    for number in (str(other.id), "0", "99999999999", "x"):
        page = pages.post(link_to(bolor, "/pre/1"), {"question": number, "answer": "c1"})
        assert page.status == 409 and "changed while you read it" in page.text
    assert kept(bolor) == []


def test_a_forged_link_opens_nothing(pages: Pages, world: World, bolor: Registration) -> None:
    tuya = make.registration(make.event(world.project), world.tuya)
    db.session.commit()
    mine, theirs = link_to(bolor), link_to(tuya)
    signature = theirs.rpartition("/")[2]
    for forged in (f"/me/t/{bolor.reference}/{signature}", f"{mine}x", f"/me/t/NOBODY/{signature}"):
        for part in ("", "/pre", "/pre/1"):
            assert pages.get(f"{forged}{part}").status == 404
        assert pages.post(f"{forged}/pre/1", {"question": "1", "answer": "c1"}).status == 404
        assert pages.post(f"{forged}/pre/hand-in").status == 404
    own_page = f"/me/r/{bolor.reference}/{mine.rpartition('/')[2]}"
    assert pages.get(own_page).status == 404, "the link to a test opens no registration"


@pytest.mark.parametrize(
    ("status", "role"),
    [
        (RegistrationStatus.WAITLISTED, RegistrationRole.PARTICIPANT),
        (RegistrationStatus.CANCELLED, RegistrationRole.PARTICIPANT),
        (RegistrationStatus.CONFIRMED, RegistrationRole.TRAINER),
    ],
)
def test_tests_are_for_confirmed_participants(
    pages: Pages, world: World, bolor: Registration, status: RegistrationStatus, role: RegistrationRole
) -> None:
    other = make.registration(world.event, world.tuya, status, role=role)
    db.session.commit()
    assert pages.get(link_to(other, "/pre")).status == 409
    assert pages.post(link_to(other, "/pre/1"), {"question": "1", "answer": "c1"}).status == 409


def test_whoever_is_erased_has_no_link_and_no_words(pages: Pages, bolor: Registration) -> None:
    give(pages, bolor, 1, "c2")
    pages.post(link_to(bolor, "/pre/hand-in"))
    erase(bolor.person, by=OFFICIAL)
    db.session.commit()
    assert pages.get(link_to(bolor)).status == 404
    values = db.session.execute(select(TestAnswer.value, TestAnswer.points)).all()
    assert [value for value, _points in values] == [None] * 3 and sum(points for _value, points in values) == 1


def test_texts_with_characters_that_cannot_be_kept(pages: Pages, world: World) -> None:
    make.plan(world.event, post_state=TestState.OPEN)
    make.posed(world.event, kind=Kind.SHORT_TEXT, choices=[], right=[])
    who = make.registration(world.event, world.bolor)
    db.session.commit()
    assert give(pages, who, 1, "a\u202eb", "post").status == 422
    assert give(pages, who, 1, "a\x00b", "post").status in {303, 422}
    assert give(pages, who, 1, "<b>Хууль</b>", "post").status == 303
    assert "&lt;b&gt;Хууль" in pages.get(link_to(who, "/post")).html


def test_the_own_pages_lead_to_a_test_that_waits(pages: Pages, bolor: Registration) -> None:
    enter(pages, bolor.person)
    assert pages.get("/me").find_all("a", href=link_to(bolor))
    registration = pages.get(address_of(bolor))
    assert registration.find_all("a", href=link_to(bolor))
    give(pages, bolor, 1, "c2")
    pages.post(link_to(bolor, "/pre/hand-in"))
    assert not pages.get("/me").find_all("a", href=link_to(bolor)), "nothing waits any more"
