"""What the page of results says, and to whom."""

import csv
import io

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.assessment.models import TestAttempt, TestQuestion
from trainreg.assessment.paper import enter_sheets
from trainreg.assessment.results import results_of
from trainreg.assessment.rules import Occasion
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db


@pytest.fixture
def sat(world: World) -> list[TestQuestion]:
    """Three people, four questions: 1→3, 4→4 (had everything), 2→1; a fourth sat the first test alone."""
    questions = [make.posed(world.event, right=1) for _number in range(4)]
    people = [make.registration(world.event, make.person(f"Нэр{number}")) for number in range(4)]
    for occasion, points in ((Occasion.PRE, (1, 4, 2, 0)), (Occasion.POST, (3, 4, 1, None))):
        sheets = {
            who.id: {one.id: "c1" if place < right else "c2" for place, one in enumerate(questions)}
            for who, right in zip(people, points, strict=True)
            if right is not None
        }
        enter_sheets(world.event, occasion, sheets, shown={}, by=make.STAFF)
    db.session.commit()
    return questions


def test_figures_by_hand(world: World, sat: list[TestQuestion]) -> None:
    found = results_of(world.event.id)
    assert (found.gains.pairs, found.gains.improved, found.gains.left_out) == (3, 1, 1)
    assert (found.gains.gained, found.gains.left_to_gain) == (1, 5)
    first = found.questions[0].shares
    assert (first[Occasion.PRE].right, first[Occasion.PRE].of) == (3, 4)
    assert (first[Occasion.POST].right, first[Occasion.POST].of) == (3, 3)
    assert found.mean(Occasion.PRE) == (1 + 4 + 2 + 0) / 16


def test_the_page_shows_numerators_and_denominators(pages: Pages, world: World, sat: list[TestQuestion]) -> None:
    pages.sign_in(world.trainer)
    text = pages.get(f"/desk/events/{world.event.slug}/tests/results").text
    for words in ("0.20", "1 of 5 points that were left to gain", "1 of 3", "3 of 4", "had every point before"):
        assert words in text, words
    assert "1 person had every point before and could not gain" in text


def test_tests_that_are_not_worth_the_same_are_no_pair(world: World, sat: list[TestQuestion]) -> None:
    last = db.session.scalars(select(TestAttempt).where(TestAttempt.occasion == Occasion.POST)).first()
    assert last is not None
    db.session.delete(last.answers[0])
    db.session.flush()
    db.session.expire_all()
    found = results_of(world.event.id)
    assert (found.gains.pairs, found.unlike) == (2, 1)


def test_an_event_without_tests_has_an_empty_page(pages: Pages, world: World) -> None:
    pages.sign_in(world.me_officer)
    assert "Nobody has handed in a test yet" in pages.get(f"/desk/events/{world.event.slug}/tests/results").text


def test_the_list_is_handed_out_by_right_and_written_down(pages: Pages, world: World, sat: list[TestQuestion]) -> None:
    pages.sign_in(world.me_officer)
    answer = pages.post(f"/desk/events/{world.event.slug}/tests/results/export", {"format": "csv"}).response
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert len(rows) == 5 and rows[0][:2] == ["Name", "Agency"]
    assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == (
        "event.test_results_taken"
    )
    pages.sign_in(world.viewer)
    assert pages.post(f"/desk/events/{world.event.slug}/tests/results/export", {"format": "csv"}).status == 403
