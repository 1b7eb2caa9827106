"""Whatever is asked and whatever is sent: what is stored is exactly what was asked and answered."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests import factories as make
from tests.pages import Pages
from tests.questions.asking import ask, only_if, stored
from tests.registration.forms import filled
from tests.world import World
from trainreg.kernel.db import db
from trainreg.questions.models import Question, StoredAnswer
from trainreg.questions.rules import Asked, Choice, Condition, Kind, asked_of, kept, plain_number, problem_of

KINDS = [Kind.YES_NO, Kind.ONE_CHOICE, Kind.SEVERAL_CHOICES, Kind.SHORT_TEXT, Kind.NUMBER]
KEYS = {Kind.YES_NO: ["yes", "no"], Kind.ONE_CHOICE: ["c1", "c2", "c3"], Kind.SEVERAL_CHOICES: ["c1", "c2", "c3"]}
CHOICES = tuple(Choice(key, {"en": key}) for key in ("c1", "c2", "c3"))


@st.composite
def forms(draw: st.DrawFn) -> list[Asked]:
    """Up to six questions, each perhaps hanging on one before it."""
    made: list[Asked] = []
    for place in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(KINDS))
        deciding = [one for one in made if one.kind.decides]
        condition = None
        if deciding and draw(st.booleans()):
            other = draw(st.sampled_from(deciding))
            keys = draw(st.sets(st.sampled_from(KEYS[other.kind]), min_size=1))
            condition = Condition(other.id, frozenset(keys))
        required = draw(st.booleans())
        choices = CHOICES if kind.has_choices else ()
        made.append(Asked(place, kind, {"en": f"Q{place}"}, is_required=required, choices=choices, condition=condition))
    return made


def answers_to(kind: Kind) -> st.SearchStrategy[Any]:
    """What people may send, wrong answers too, as the rules see it."""
    if kind is Kind.SEVERAL_CHOICES:
        return st.lists(st.sampled_from([*KEYS[kind], "c9"]), unique=True, max_size=3).map(tuple)
    if kind in KEYS:
        return st.sampled_from([*KEYS[kind], "", "c9"])
    if kind is Kind.NUMBER:
        return st.one_of(st.none(), st.integers(-99, 99).map(Decimal))
    return st.sampled_from(["", "x", "long" * 60])


@pytest.mark.slow
@given(data=st.data(), form=forms())
@settings(max_examples=300)
def test_the_rules_keep_what_was_asked_and_nothing_else(data: st.DataObject, form: list[Asked]) -> None:
    answers = {question.id: data.draw(answers_to(question.kind)) for question in form}
    asked = {question.id for question in asked_of(form, answers)}
    assert kept(form, answers).keys() == {one for one in asked if answers[one] not in (None, "", ())}
    for question in form:
        condition = question.condition
        expected = condition is None or (
            condition.question_id in asked and bool(condition.keys & set(_as_list(answers[condition.question_id])))
        )
        assert (question.id in asked) is expected


def _as_list(answer: Any) -> list[Any]:
    return list(answer) if isinstance(answer, tuple) else [answer]


def _typed(answer: Any) -> Any:
    if isinstance(answer, Decimal):
        return plain_number(answer)
    return list(answer) if isinstance(answer, tuple) else answer or ""


def _written(pages: Pages, world: World, form: list[Asked]) -> tuple[Any, dict[int, Question]]:
    """The form on an event of its own."""
    event, made = make.event(world.project), {}
    for one in form:
        condition = only_if(made[one.condition.question_id], *one.condition.keys) if one.condition else None
        made[one.id] = ask(event, one.kind, f"Q{one.id}", is_required=one.is_required, condition=condition)
    return event, made


@pytest.mark.slow
@given(data=st.data(), form=forms())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_page_stores_exactly_that(pages: Pages, world: World, data: st.DataObject, form: list[Asked]) -> None:
    event, made = _written(pages, world, form)
    answers = {one.id: data.draw(answers_to(one.kind)) for one in form}
    sent = {f"q{made[number].id}": _typed(answer) for number, answer in answers.items()}
    page = pages.post(f"/e/{event.slug}/register", filled(world.ministry, **sent))
    asked = asked_of(form, answers)
    is_good = all(problem_of(one, answers[one.id]) is None for one in asked)
    assert page.status == (303 if is_good else 422)
    expected = {made[number].id: _typed(answer) for number, answer in kept(form, answers).items()}
    assert stored() == (expected if is_good else {})
    db.session.execute(delete(StoredAnswer))
    db.session.commit()
