"""A post-test and an evaluation as conditions of the certificate: a truth table, and every door asks the one rule."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from tests.certificates.attending import attend
from tests.pages import Pages
from tests.world import World
from trainreg.assessment.models import EvaluationHandedIn
from trainreg.assessment.opinions import When
from trainreg.assessment.paper import enter_sheets
from trainreg.assessment.rules import Kind, Occasion
from trainreg.certificates import service
from trainreg.certificates.commands import certificates
from trainreg.certificates.queries import list_candidates
from trainreg.certificates.rules import Learned, Part, PostTest, ReasonKind, SessionRecord, eligibility
from trainreg.kernel.db import db

R = ReasonKind
MARK = Decimal("0.7")


def judged(learned: Learned) -> tuple[bool, list[ReasonKind]]:
    verdict = eligibility(
        [SessionRecord(60, attended=True)],
        part=Part.PARTICIPANT,
        is_confirmed=True,
        threshold=Decimal("0.8"),
        learned=learned,
    )
    return verdict.eligible, [reason.kind for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("learned", "eligible", "kinds"),
    [
        (Learned(), True, []),
        (Learned(post_test=PostTest(Decimal(0), 10)), True, []),
        (Learned(MARK), False, [R.TEST_NOT_HANDED_IN]),
        (Learned(MARK, PostTest(None, 10)), False, [R.TEST_NOT_MARKED]),
        (Learned(MARK, PostTest(Decimal("6.99"), 10)), False, [R.TEST_FAILED]),
        (Learned(MARK, PostTest(Decimal(7), 10)), True, [R.TEST_PASSED]),
        (Learned(MARK, PostTest(Decimal(0), 0)), False, [R.TEST_NOT_HANDED_IN]),
        (Learned(needs_evaluation=True), False, [R.EVALUATION_MISSING]),
        (Learned(needs_evaluation=True, has_evaluated=True), True, [R.EVALUATION_HANDED_IN]),
        (
            Learned(MARK, PostTest(Decimal(9), 10), needs_evaluation=True),
            False,
            [R.TEST_PASSED, R.EVALUATION_MISSING],
        ),
    ],
)
def test_truth_table(learned: Learned, eligible: bool, kinds: list[ReasonKind]) -> None:
    assert judged(learned) == (eligible, [R.ATTENDED_ENOUGH, *kinds])


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 1000))
def test_passed_is_exact(points: int, most: int, per_mille: int) -> None:
    points, mark = min(points, most), Decimal(per_mille) / 1000
    eligible, _kinds = judged(Learned(mark, PostTest(Decimal(points), most)))
    assert eligible == (Fraction(points, most) >= Fraction(per_mille, 1000))


@given(st.booleans(), st.booleans(), st.none() | st.just(MARK), st.integers(0, 10))
def test_a_condition_never_makes_anybody_eligible(asks: bool, has: bool, mark: Decimal | None, points: int) -> None:
    learned = Learned(mark, PostTest(Decimal(points), 10), asks, has)
    absent = eligibility(
        [SessionRecord(60)], part=Part.PARTICIPANT, is_confirmed=True, threshold=Decimal("0.8"), learned=learned
    )
    assert not absent.eligible


@pytest.fixture
def tested(world: World) -> World:
    """Bolor came and passed, Tuya came and did not; both must evaluate, and Bolor has."""
    make.plan(world.event, pass_mark=Decimal("0.5"), needs_evaluation=True)
    question = make.posed(world.event, kind=Kind.TRUE_FALSE, choices=[], right=["true"])
    bolor, tuya = (make.registration(world.event, who) for who in (world.bolor, world.tuya))
    attend(bolor, 9)
    attend(tuya, 9)
    sheets = {bolor.id: {question.id: "true"}, tuya.id: {question.id: "false"}}
    enter_sheets(world.event, Occasion.POST, sheets, shown={}, by=make.STAFF)
    db.session.add(EvaluationHandedIn(registration_id=bolor.id, when=When.AFTER))
    db.session.commit()
    return world


def test_the_verdict_says_why_with_numerator_and_denominator(pages: Pages, tested: World) -> None:
    pages.sign_in(tested.organizer)
    text = pages.get(f"/desk/events/{tested.event.slug}/certificates").text
    assert "Has 1 of 1 points of the post-test; 50% are needed." in text
    assert "Has 0 of 1 points of the post-test; 50% are needed." in text
    assert "The evaluation is not handed in." in text


@pytest.mark.parametrize("door", ["service", "desk", "command"])
def test_every_door_asks_the_one_rule(app: Flask, pages: Pages, tested: World, door: str) -> None:
    if door == "service":
        service.issue(tested.event, by=make.STAFF)
        db.session.commit()
    elif door == "desk":
        pages.sign_in(tested.organizer)
        assert pages.post(f"/desk/events/{tested.event.slug}/certificates").status == 303
    else:
        result = app.test_cli_runner().invoke(certificates, ["issue", tested.event.slug, "--json"])
        assert re.search(r'"not_eligible": 1', result.output), result.output
    found = {one.registration.person_id: one.certificate is not None for one in list_candidates(tested.event)}
    assert found == {tested.bolor.id: True, tested.tuya.id: False}
