"""The report of all projects counts as counting by hand does, whatever its filters, through whatever happened."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.reporting import again
from tests.reporting.chance import DAYS, KINDS, NOW, worlds
from tests.reporting.stories import Story, actions
from trainreg.agencies.queries import ids_with_children
from trainreg.events.rules import EventKind
from trainreg.kernel.db import db
from trainreg.reporting.organisation.asked import EVERYTHING, Asked
from trainreg.reporting.organisation.counted import Counted
from trainreg.reporting.organisation.held import events_held
from trainreg.reporting.organisation.kept import count_kept
from trainreg.reporting.organisation.packed import count_packed
from trainreg.reporting.organisation.unnamed import count_unnamed
from trainreg.totals.reading import Who

SHARED = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
filters = st.fixed_dictionaries(
    {
        "days": st.one_of(st.none(), st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted)),
        "open": st.sampled_from(["", "first", "last"]),
        "kind": st.sampled_from([None, None, *KINDS]),
        "agency": st.sampled_from([None, None, 0, 1, 3]),
    }
)
PARTS: dict[str, Callable[[Who], Any]] = {
    "sex": lambda who: _stated(who.sex),
    "level": lambda who: _stated(who.level),
    "province": lambda who: who.province or None,
    "agency": lambda who: who.agency_id,
}


def _stated(code: str) -> str | None:
    return None if code == "not_stated" else code


@st.composite
def moved_worlds(draw: Any) -> Any:
    """Worlds whose days begin anywhere in a month, or go on from one into another."""
    world, shift = draw(worlds), timedelta(days=draw(st.sampled_from([0, 0, 27, 28, 304])))
    for one in world["sessions"]:
        one["start"] += shift
    for one in world["registrations"]:
        for paper in one["papers"]:
            paper["day"] += shift
    return world, shift


@pytest.mark.slow
@given(told=moved_worlds(), asked=st.lists(filters, min_size=3, max_size=6), happened=st.lists(actions, max_size=4))
@settings(max_examples=10, **SHARED)
def test_it_agrees_with_counting_by_hand(session: Session, told: Any, asked: Any, happened: Any) -> None:
    agree(*told, asked, happened)


@pytest.mark.slow
@given(told=moved_worlds(), asked=st.lists(filters, min_size=4, max_size=8), happened=st.lists(actions, max_size=6))
@settings(max_examples=150, **SHARED)
def test_it_agrees_over_many_worlds(session: Session, told: Any, asked: Any, happened: Any) -> None:
    agree(*told, asked, happened)


def agree(world: Any, shift: timedelta, asked: list[dict[str, Any]], happened: list[tuple[Any, ...]]) -> None:
    world["now"] = now = NOW + shift
    with time_machine.travel(now + timedelta(seconds=1), tick=False):
        story = Story.of(world)
        for action in [None, *happened]:
            if action is not None:
                story.act(action)
            db.session.commit()
            db.session.expire_all()
        for question in asked:
            ask(story, question, shift)
        assert_same_unfiltered(story)


def ask(story: Story, question: dict[str, Any], shift: timedelta) -> None:
    first, last = question["days"] or (None, None)
    first, last = (day + shift if day else None for day in (first, last))
    first, last = (None if question["open"] == "first" else first), (None if question["open"] == "last" else last)
    agency, kind = question["agency"], question["kind"]
    asked = Asked(
        first=first,
        last=last,
        kind=EventKind(kind) if kind else None,
        agencies=ids_with_children([story.agencies[agency].id]) if agency is not None else None,
    )
    told = {"event_kinds": [kind]} if kind else {}
    told |= {"agencies": [agency]} if agency is not None else {}

    def by_hand(rule: str, filters: dict[str, Any] = told, by: tuple[str, ...] = ()) -> Any:
        return again.count(story.world, rule, filters, first, last, by)

    own = [story.project.id]  # worlds that were told before are still there
    found = count_packed(asked, own)
    total = found.total
    assert total.attendances == by_hand("attendances")["total"][0]
    assert total.persons == by_hand("unique_persons")["total"][0]
    assert total.thousandths == by_hand("person_days")["total"][0] * 1000
    assert sum(found.papers.values()) == by_hand("certificates_issued")["total"][0]
    assert found.projects.get(story.project.id, type(total)()) == total
    for name, part in PARTS.items():
        parts = found.by(part)
        for rule, measure in (("attendances", "attendances"), ("unique_persons", "persons")):
            cells = {key[0]: amount for key, (amount, _of) in by_hand(rule, by=(name,))["cells"].items()}
            if name == "agency":
                cells = {story.agencies[key].id: amount for key, amount in cells.items()}
            assert {key: getattr(one, measure) for key, one in parts.items() if getattr(one, measure)} == cells
    kinds_only = {"event_kinds": [kind]} if kind else {}
    assert events_held(asked, own).total() == by_hand("events_held", kinds_only)["total"][0]
    assert count_unnamed(asked, own).people == by_hand("attendances")["unnamed"]
    assert_spans(found, story, told, first, last)


def assert_spans(found: Counted, story: Story, told: dict[str, Any], first: Any, last: Any) -> None:
    """Each month is counted on its own: whoever came in two of them is in both."""
    for month, sums in found.spans.items():
        begins = DAYS[0].replace(year=month // 12, month=month % 12 + 1, day=1)
        ends = (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        window = max(filter(None, (first, begins))), min(filter(None, (last, ends)))
        counted = again.count(story.world, "attendances", told, *window, ())
        assert sums.attendances == counted["total"][0]


def assert_same_unfiltered(story: Story) -> None:
    """What is kept is what is counted."""
    kept, packed = count_kept(), count_packed(EVERYTHING, None)
    assert {who: one for who, one in kept.whos.items() if one.attendances} == packed.whos
    for name in ("spans", "papers", "projects"):
        assert {key: one for key, one in getattr(kept, name).items() if one and one != type(one)()} == {
            key: one for key, one in getattr(packed, name).items() if one and one != type(one)()
        }
    own = count_packed(EVERYTHING, [story.project.id])
    assert own.total == kept.projects.get(story.project.id, type(own.total)())
