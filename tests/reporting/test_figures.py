"""What a project reports: counted from its rows by the rules, whatever happened."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from tests import factories as make
from tests.reporting.attending import attends
from tests.reporting.counting import Count, count
from tests.reporting.worlds import Story, mark, worlds
from tests.world import World
from trainreg.attendance.rules import AttendanceState
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.reporting.figures import ProjectFigures, figures_of
from trainreg.reporting.rules import Figures


def count_again(world: World) -> ProjectFigures:
    db.session.flush()
    db.session.expire_all()
    return figures_of(world.project)


def totals(figures: Figures) -> tuple[Decimal, Decimal, Decimal]:
    return figures.attendances.total, figures.persons.total, figures.person_days.total


def test_an_empty_project_reports_nothing_and_has_every_cell(world: World) -> None:
    figures = count_again(world)
    assert totals(figures.total) == (0, 0, 0)
    assert figures.total.persons.by_sex == dict.fromkeys(Sex, 0)
    assert figures.total.persons.by_agency == {None: 0}


def test_somebody_at_two_events_is_two_attendances_and_one_person(world: World) -> None:
    second = make.event(world.project, days=2)
    second.outcomes.append(make.outcome(world.project, 2))
    attends(world.event, world.bolor, agency=world.ministry)
    attends(second, world.bolor, agency=world.ministry)
    figures = count_again(world)
    assert totals(figures.total) == (2, 1, 3)
    assert [totals(figures.by_outcome[outcome.id]) for outcome in world.project.outcomes] == [(1, 1, 1), (1, 1, 2)]


def test_an_event_that_serves_two_outcomes_counts_under_each_and_once_in_total(world: World) -> None:
    world.event.outcomes.append(make.outcome(world.project, 2))
    attends(world.event, world.bolor)
    figures = count_again(world)
    assert [totals(part) for part in figures.by_outcome.values()] == [(1, 1, 1), (1, 1, 1)]
    assert totals(figures.total) == (1, 1, 1)


def test_being_late_counts_and_being_excused_does_not(world: World) -> None:
    first, second = world.event.sessions
    bolor, tuya = make.registration(world.event, world.bolor), make.registration(world.event, world.tuya)
    mark(bolor.id, first.id, AttendanceState.LATE)
    mark(bolor.id, second.id, AttendanceState.ABSENT)
    mark(tuya.id, first.id, AttendanceState.EXCUSED)
    assert totals(count_again(world).total) == (1, 1, Decimal("0.5"))


@pytest.mark.parametrize(
    "values",
    [
        {"role": RegistrationRole.TRAINER},
        {"role": RegistrationRole.OBSERVER},
        {"status": RegistrationStatus.DECLINED},
        {"status": RegistrationStatus.CANCELLED},
    ],
)
def test_only_confirmed_participants_count(world: World, values: dict[str, object]) -> None:
    attends(world.event, world.bolor, **values)
    assert totals(count_again(world).total) == (0, 0, 0)


def test_what_was_called_off_does_not_count(world: World) -> None:
    attends(world.event, world.bolor)
    world.event.sessions[0].status = SessionStatus.CANCELLED
    assert totals(count_again(world).total) == (1, 1, Decimal("0.5"))
    world.event.status = EventStatus.CANCELLED
    assert totals(count_again(world).total) == (0, 0, 0)


def test_a_person_who_moved_counts_once_under_the_agency_of_the_later_event(world: World) -> None:
    earlier = make.event(world.project, starts=datetime(2026, 1, 12, tzinfo=UTC))
    attends(world.event, world.bolor, agency=world.border, sex=Sex.FEMALE)
    attends(earlier, world.bolor, agency=world.ministry, sex=Sex.NOT_STATED)
    persons = count_again(world).total.persons
    assert persons.by_agency == {None: 0, world.border.id: 1}
    assert persons.by_sex == {Sex.FEMALE: 1, Sex.MALE: 0, Sex.NOT_STATED: 0}


def test_an_event_is_held_once_it_has_begun(world: World) -> None:
    assert count_again(world).events_held == 0
    make.event(world.project, starts=datetime(2026, 1, 12, tzinfo=UTC), status=EventStatus.CLOSED)
    make.event(world.project, starts=datetime(2026, 1, 12, tzinfo=UTC), status=EventStatus.CANCELLED)
    make.event(world.project, starts=datetime(2026, 1, 12, tzinfo=UTC), status=EventStatus.DRAFT)
    make.event(world.project, days=0)
    assert count_again(world).events_held == 1


def test_other_projects_do_not_count(world: World) -> None:
    attends(world.other_event, world.bolor)
    assert totals(count_again(world).total) == (0, 0, 0)


@pytest.mark.parametrize("events", [1, 12])
def test_the_number_of_statements_does_not_grow(world: World, session: Session, events: int) -> None:
    for _number in range(events):
        attends(make.event(world.project), world.bolor)
    db.session.expire_all()
    seen = []
    connection = session.connection()
    sqlalchemy_event.listen(connection, "before_cursor_execute", lambda *about: seen.append(about[2]))
    figures_of(world.project)
    assert len(seen) <= 9, seen


@pytest.mark.slow
@given(told=worlds)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_agrees_with_counting_by_hand(session: Session, told: list[dict[str, object]]) -> None:
    story = Story.of(told)
    figures = figures_of(story.project)
    codes = {agency_id: agency.code for agency_id, agency in figures.agencies.items()}
    for outcome in [None, *story.project.outcomes]:
        counted = figures.total if outcome is None else figures.by_outcome[outcome.id]
        assert_same(counted, count(story.visits, outcome=outcome and outcome.number), codes)


def assert_same(figures: Figures, by_hand: Count, codes: dict[int, str]) -> None:
    assert totals(figures) == (
        by_hand.attendances,
        by_hand.persons,
        Decimal(float(by_hand.person_days)).quantize(Decimal("0.001")),
    )
    breakdowns = (figures.attendances, figures.persons, figures.person_days)
    for place, breakdown in enumerate(breakdowns):
        assert sum(breakdown.by_sex.values()) == breakdown.total == sum(breakdown.by_agency.values())
        assert {sex.value: Fraction(value) for sex, value in breakdown.by_sex.items() if value} == {
            sex: cells[place] for sex, cells in by_hand.by_sex.items() if cells[place]
        }
        assert {codes[key]: Fraction(value) for key, value in breakdown.by_agency.items() if key and value} == {
            code: cells[place] for code, cells in by_hand.by_agency.items() if cells[place]
        }
