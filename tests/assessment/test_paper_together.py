"""Two people at the entry screen of one event: nobody's sheets are lost to a page that was opened before."""

import pytest

from tests import factories as make
from tests.assessment.test_paper import asked, entry, people, row, save, shown
from tests.pages import Pages
from tests.world import World
from trainreg.assessment.attempts import find_attempt
from trainreg.assessment.models import TestQuestion
from trainreg.assessment.rules import Kind, Occasion
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

__all__ = ["asked", "people"]


def kept(who: Registration) -> list[object]:
    db.session.expire_all()
    attempt = find_attempt(who.id, Occasion.PRE)
    return [] if attempt is None else [one.value for one in sorted(attempt.answers, key=lambda one: one.question_id)]


def test_a_page_opened_before_takes_no_sheet_away(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    early = shown(pages, world)
    save(pages, world, row(people[0], asked, "a", "1", "Words"))
    body = early | row(people[0], asked, "", "", "") | row(people[1], asked, "b", "0", "")
    del body["csrf_token"]
    assert "1 sheet saved." in pages.follow(pages.post(entry(world), body)).text
    assert kept(people[0]) == ["c1", "true", "Words"] and kept(people[1]) == ["c2", "false", None]


def test_a_sheet_somebody_entered_meanwhile_is_named_and_what_was_typed_stays(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    early = shown(pages, world)
    save(pages, world, row(people[0], asked, "a", "1", "Words"))
    body = early | row(people[0], asked, "c", "", "") | row(people[1], asked, "b", "0", "")
    del body["csrf_token"]
    page = pages.post(entry(world), body)
    assert page.status == 409 and f"meanwhile: {people[0].person.name}." in page.text
    assert "Kept now: 1: a; 2: 1; 3: Words" in page.text
    assert page.value_of(f"a.{people[0].id}.{asked[0].id}") == "c"
    assert page.value_of(f"a.{people[1].id}.{asked[0].id}") == "b"
    assert kept(people[0]) == ["c1", "true", "Words"] and kept(people[1]) == []
    for who in people:
        body[f"was.{who.id}"] = page.value_of(f"was.{who.id}") or ""
    assert pages.post(entry(world), body).status == 303
    assert kept(people[0]) == ["c3", None, None] and kept(people[1]) == ["c2", "false", None]
    assert "Nothing to save" in pages.follow(pages.post(entry(world), body)).text, "pressed twice is once"


def test_a_row_that_cannot_be_read_goes_on_saying_what_was_shown(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    early = shown(pages, world)
    save(pages, world, row(people[0], asked, "a", "1", "Words"))
    body = early | row(people[0], asked, "9", "1", "")
    del body["csrf_token"]
    page = pages.post(entry(world), body)
    assert page.status == 422
    body |= {f"was.{people[0].id}": page.value_of(f"was.{people[0].id}") or ""} | row(people[0], asked, "b", "1", "")
    assert pages.post(entry(world), body).status == 409 and kept(people[0]) == ["c1", "true", "Words"]


def test_only_the_questions_that_came_are_touched(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    save(pages, world, row(people[0], asked, "a", "1", "Words"))
    assert save(pages, world, {f"a.{people[0].id}.{asked[0].id}": "b"}).status == 303
    assert kept(people[0]) == ["c2", "true", "Words"]


def test_an_edited_question_loses_nothing_that_was_typed(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    body = row(people[0], asked, "b", "1", "Words")
    asked[0].is_asked = asked[1].is_asked = False
    edited = make.posed(world.event, series=asked[0].series, version=2, place=0)
    make.posed(world.event, series=asked[1].series, version=2, kind=Kind.NUMBER, choices=[], right=["1"])
    db.session.commit()
    page = pages.post(entry(world), body)
    assert page.status == 409 and "changed while you typed" in page.text and kept(people[0]) == []
    assert page.value_of(f"a.{people[0].id}.{edited.id}") == "b"
    assert page.value_of(f"a.{people[0].id}.{asked[2].id}") == "Words"
    again = {f"a.{people[0].id}.{edited.id}": "b", f"a.{people[0].id}.{asked[2].id}": "Words"}
    assert pages.post(entry(world), again).status == 303
    assert set(map(str, kept(people[0]))) == {"c2", "Words", "None"}


def test_whoever_cancelled_meanwhile_is_named_and_the_rest_stays(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]
) -> None:
    pages.sign_in(world.trainer)
    body = row(people[0], asked, "b", "1", "") | row(people[1], asked, "a", "0", "")
    people[0].status = RegistrationStatus.CANCELLED
    db.session.commit()
    page = pages.post(entry(world), body)
    assert page.status == 409 and f"No longer a confirmed participant: {people[0].person.name}." in page.text
    assert page.value_of(f"a.{people[0].id}.{asked[0].id}") is None
    assert page.value_of(f"a.{people[1].id}.{asked[0].id}") == "a"
    assert kept(people[1]) == []
    assert pages.post(entry(world), row(people[1], asked, "a", "0", "")).status == 303


@pytest.mark.parametrize("name", ["was.x", "was.", "was.1.2"])
def test_a_field_that_no_page_showed_is_not_found(
    pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion], name: str
) -> None:
    pages.sign_in(world.trainer)
    assert pages.post(entry(world), {name: "0"}).status == 404
