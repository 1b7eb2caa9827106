"""Tests on paper: the entry screen, marking without names."""

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.assessment.sitting import give, link_to
from tests.pages import Page, Pages
from tests.world import World
from trainreg.assessment.models import TestAnswer, TestAttempt, TestQuestion
from trainreg.assessment.rules import Kind, Source, TestState
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


@pytest.fixture
def asked(world: World) -> list[TestQuestion]:
    make.plan(world.event, pre_state=TestState.OPEN)
    questions = [
        make.posed(world.event, right=2),
        make.posed(world.event, kind=Kind.TRUE_FALSE, choices=[], right=["true"]),
        make.posed(world.event, kind=Kind.SHORT_TEXT, choices=[], right=[], points=4),
    ]
    db.session.commit()
    return questions


@pytest.fixture
def people(world: World) -> list[Registration]:
    found = [make.registration(world.event, world.bolor), make.registration(world.event, world.tuya)]
    db.session.commit()
    return found


def row(who: Registration, asked: list[TestQuestion], *keys: str) -> dict[str, str]:
    return {f"a.{who.id}.{question.id}": key for question, key in zip(asked, keys, strict=True)}


def entry(world: World) -> str:
    return f"/desk/events/{world.event.slug}/tests/pre/entry"


def shown(pages: Pages, world: World) -> dict[str, str]:
    """What the entry screen carries now of the rows as it shows them."""
    return {f.get("name", ""): f.get("value", "") for f in pages.get(entry(world)).find_all("input", type="hidden")}


def save(pages: Pages, world: World, body: dict[str, str]) -> Page:
    """Open the screen, and send it with these cells."""
    was = {name: value for name, value in shown(pages, world).items() if name.startswith("was.")}
    return pages.post(entry(world), was | body)


def marking(world: World) -> str:
    return f"/desk/events/{world.event.slug}/tests/marking"


def give_marks(pages: Pages, world: World, marks: dict[str, str]) -> Page:
    """Open the page of all written answers, and send it with these marks."""
    fields = pages.get(f"{marking(world)}?show=all").find_all("input", type="hidden")
    was = {name: f.get("value", "") for f in fields if (name := f.get("name", "")).startswith("was-")}
    return pages.post(marking(world), was | marks)


def test_a_row_a_person_a_key_an_answer(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    body = row(people[0], asked, "b", "ү", "Because it is") | row(people[1], asked, "", "", "")
    page = pages.follow(pages.post(entry(world), body))
    assert "1 sheet saved." in page.text and page.value_of(f"a.{people[0].id}.{asked[0].id}") == "b"
    [attempt] = db.session.scalars(select(TestAttempt)).all()
    assert (attempt.registration_id, attempt.source) == (people[0].id, Source.PAPER) and attempt.handed_in_at
    assert [answer.points for answer in sorted(attempt.answers, key=lambda one: one.id)] == [1, 1, None]
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))
    pages.post(entry(world), body)
    assert "Nothing to save" in pages.get(entry(world)).text
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before


def test_a_wrong_key_is_named_and_its_row_waits(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    body = row(people[0], asked, "9", "1", "") | row(people[1], asked, "a", "0", "Words")
    page = pages.post(entry(world), body)
    assert page.status == 422 and "“9” stand for no answer" in page.text
    assert page.value_of(f"a.{people[0].id}.{asked[0].id}") == "9", "what was typed is still there"
    assert [one.registration_id for one in db.session.scalars(select(TestAttempt))] == [people[1].id]


def test_an_emptied_row_takes_the_sheet_away(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    pages.post(entry(world), row(people[0], asked, "a", "1", "Words"))
    save(pages, world, row(people[0], asked, "", "", ""))
    assert db.session.scalar(select(func.count()).select_from(TestAttempt)) == 0
    assert db.session.scalar(select(func.count()).select_from(TestAnswer)) == 0


def test_what_people_answered_themselves_is_not_written_over(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    give(pages, people[0], 1, "c1")
    pages.sign_in(world.trainer)
    assert "by telephone" in pages.get(entry(world)).text
    page = pages.post(entry(world), row(people[0], asked, "b", "", ""))
    assert page.status == 409 and "by telephone" in page.text
    assert db.session.scalars(select(TestAnswer.value)).all() == ["c1"]


@pytest.mark.parametrize("name", ["a.{other}.{question}", "a.{mine}.{foreign}", "a.x.1", "a.1", "a.1.2.3", "a.-1.1"])
def test_people_and_questions_of_other_events_are_not_found(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion], name: str
) -> None:
    other = make.registration(world.other_event)
    foreign = make.posed(world.other_event)
    db.session.commit()
    pages.sign_in(world.trainer)
    cell = name.format(other=other.id, mine=people[0].id, question=asked[0].id, foreign=foreign.id)
    assert pages.post(entry(world), {cell: "a"}).status == 404
    assert db.session.scalar(select(func.count()).select_from(TestAttempt)) == 0


def test_marking_shows_no_names(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    pages.post(entry(world), row(people[0], asked, "a", "1", "Mine") | row(people[1], asked, "a", "1", "Theirs"))
    address = marking(world)
    page = pages.get(address)
    assert "Mine" in page.text and "Theirs" in page.text
    assert not any(who.person.given_name in page.text or who.reference in page.html for who in people)
    mine = db.session.scalars(select(TestAnswer).where(TestAnswer.points.is_(None))).first()
    assert mine is not None
    for bad in ("5", "-1", "many"):
        assert give_marks(pages, world, {f"points-{mine.id}": bad}).status == 422
    assert give_marks(pages, world, {f"points-{mine.id}": "2.5"}).status == 303
    db.session.expire_all()
    assert str(mine.points) == "2.50" and mine.marked_by_id == world.trainer.id
    assert len(pages.get(address).find_all("textarea")) == 0 and pages.get(f"{address}?show=all").status == 200


def test_only_this_event_s_answers_are_marked(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    assert pages.post(marking(world), {"points-999": "1"}).status == 404


def test_a_changed_text_loses_its_mark_and_an_unchanged_one_keeps_it(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    pages.post(entry(world), row(people[0], asked, "a", "1", "Words"))
    answer = db.session.scalars(select(TestAnswer).where(TestAnswer.points.is_(None))).one()
    give_marks(pages, world, {f"points-{answer.id}": "3"})
    save(pages, world, row(people[0], asked, "b", "1", "Words"))
    db.session.expire_all()
    assert answer.points == 3
    save(pages, world, row(people[0], asked, "b", "1", "Other words"))
    db.session.expire_all()
    assert answer.points is None
    assert pages.get(link_to(people[0], "/pre")).status == 200
