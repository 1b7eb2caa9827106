"""A framework is written whole, or not at all, with a sentence for what is wrong."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import STAFF
from tests.framework.telling import FIRST, SECOND, framework, indicator, saved, target
from tests.world import World
from trainreg.framework import refusals
from trainreg.framework.details import HandDetails, OutputDetails
from trainreg.framework.queries import list_indicators, list_outputs, list_periods
from trainreg.framework.reading import copied, framework_of
from trainreg.framework.rules import CountingRule, Dimension, Filters
from trainreg.framework.service import save_framework
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.publications.rules import PublicationKind


def test_what_is_saved_is_read_back(world: World) -> None:
    told = framework(
        outputs=(OutputDetails(outcome=1, number=2, title={"en": "A handbook", "fr": "Un manuel"}),),
        indicators=(
            indicator(filters=Filters(sexes=frozenset({Sex.FEMALE}), minimum_hours=Decimal("4.5"), own_outcome=True)),
            indicator(
                "1.b",
                CountingRule.HAND_ENTERED,
                breakdowns=(),
                output="1.2",
                baseline_value=Decimal(1),
                baseline_year=2025,
            ),
        ),
        values=(HandDetails(indicator="1.b", period="2026-H1", value=Decimal(3), source="The gazette"),),
    )
    save_framework(world.project, told, by=STAFF)
    db.session.expire_all()
    kept = framework_of(world.project)
    parts = ("periods", "outputs", "indicators")
    without = {name: [replace(one, id=None) for one in getattr(kept, name)] for name in parts}
    assert replace(kept, **without) == replace(
        told,
        **{name: list(getattr(told, name)) for name in parts},
        targets=list(told.targets),
        values=list(told.values),
    )


def test_codes_and_numbers_can_be_swapped(world: World) -> None:
    outputs = [OutputDetails(outcome=1, number=number, title={"en": f"Output {number}"}) for number in (1, 2)]
    saved(world.project, outputs=outputs, indicators=(indicator("a"), indicator("b")), targets=())
    kept = framework_of(world.project)
    swapped = replace(
        kept,
        indicators=[replace(kept.indicators[0], code="b"), replace(kept.indicators[1], code="a")],
        outputs=[replace(kept.outputs[0], number=2), replace(kept.outputs[1], number=1)],
        periods=[replace(kept.periods[0], code="2026-H2"), replace(kept.periods[1], code="2026-H1")],
    )
    ids = {one.code: one.id for one in list_indicators(world.project.id)}
    save_framework(world.project, swapped, by=STAFF)
    assert {one.code: one.id for one in list_indicators(world.project.id)} == {"a": ids["b"], "b": ids["a"]}
    assert [one.title["en"] for one in list_outputs(world.project.id)] == ["Output 2", "Output 1"]


def test_what_is_not_told_any_more_goes(world: World) -> None:
    saved(world.project)
    saved(world.project, indicators=(), periods=(SECOND,), targets=())
    assert list_indicators(world.project.id) == []
    assert [period.code for period in list_periods(world.project.id)] == ["2026-H2"]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"indicators": (indicator(rule=None),)}, refusals.NoRule),
        ({"indicators": (indicator(title={}),)}, refusals.NoIndicatorTitle),
        ({"indicators": (indicator("1 a"),), "targets": ()}, refusals.WrongIndicatorCode),
        ({"indicators": (indicator(), indicator("1.A"))}, refusals.IndicatorTwice),
        ({"indicators": (indicator(outcome=9),)}, refusals.UnknownOutcomeNumber),
        ({"indicators": (indicator(output="1.7"),)}, refusals.UnknownOutput),
        ({"indicators": (indicator(rule=CountingRule.EVENTS_HELD),)}, refusals.UnfitBreakdown),
        (
            {"indicators": (indicator(filters=Filters(product_kinds=frozenset({PublicationKind.HANDBOOK}))),)},
            refusals.UnfitFilter,
        ),
        ({"indicators": (indicator(outcome=None, filters=Filters(own_outcome=True)),)}, refusals.NoOutcomeToNarrow),
        ({"indicators": (indicator(filters=Filters(minimum_hours=Decimal(-1))),)}, refusals.WrongHours),
        (
            {"indicators": (indicator(filters=Filters(from_day=date(2026, 2, 1), until_day=date(2026, 1, 1))),)},
            refusals.FilterEndsBeforeStart,
        ),
        ({"indicators": (indicator(baseline_value=Decimal(1)),)}, refusals.WrongBaseline),
        ({"indicators": (indicator(baseline_value=Decimal(1), baseline_year=20255),)}, refusals.WrongBaseline),
        ({"indicators": (indicator(breakdowns=((Dimension.SEX,),) * 7),)}, refusals.TooManyBreakdowns),
        ({"periods": (FIRST, replace(SECOND, starts_on=date(2026, 6, 30)))}, refusals.OverlappingPeriods),
        ({"periods": (FIRST, replace(SECOND, ends_on=date(2027, 1, 1)))}, refusals.PeriodOutsideProject),
        ({"periods": (FIRST, replace(SECOND, ends_on=date(2026, 1, 1)))}, refusals.PeriodEndsBeforeStart),
        ({"periods": (FIRST, replace(SECOND, code="2026-h1"))}, refusals.PeriodTwice),
        ({"targets": (target("1.a", "2026-H1", 2, due_on=date(2026, 7, 1)),)}, refusals.TargetOutsidePeriod),
        ({"targets": (target("1.a", "2026-H9", 2),)}, refusals.UnknownPeriod),
        ({"targets": (target("9.z", "2026-H1", 2),)}, refusals.UnknownIndicator),
        ({"targets": (target("1.a", "2026-H1", 2),) * 2}, refusals.TargetTwice),
        ({"targets": (target("1.a", "2026-H1", 10**13),)}, refusals.WrongValue),
        (
            {"values": (HandDetails(indicator="1.a", period="2026-H1", value=Decimal(1), source="x"),)},
            refusals.NotByHand,
        ),
        (
            {
                "indicators": (indicator(rule=CountingRule.HAND_ENTERED, breakdowns=()),),
                "values": (HandDetails(indicator="1.a", period="2026-H1", value=Decimal(1), source=""),),
            },
            refusals.NoSource,
        ),
        ({"outputs": (OutputDetails(outcome=1, number=1, title={}),)}, refusals.NoOutputTitle),
        ({"outputs": (OutputDetails(outcome=1, number=1000, title={"en": "x"}),)}, refusals.WrongOutputNumber),
        ({"outputs": (OutputDetails(outcome=1, number=1, title={"en": "x"}),) * 2}, refusals.OutputTwice),
        ({"indicators": tuple(indicator(str(number)) for number in range(61))}, refusals.TooMany),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(world: World, values: dict[str, Any], refusal: type) -> None:
    with pytest.raises(refusal) as refused:
        save_framework(world.project, framework(**values), by=STAFF)
    assert "%(" not in str(refused.value)
    assert list_indicators(world.project.id) == []
    assert list_periods(world.project.id) == []


def test_an_outcome_with_an_output_or_an_indicator_stays(world: World) -> None:
    from trainreg.programme.refusals import OutcomeServed  # noqa: PLC0415
    from trainreg.programme.service import ensure_unserved  # noqa: PLC0415

    saved(world.other_project, indicators=(indicator(outcome=None),), targets=())
    world.event.outcomes.clear()
    saved(world.project)
    with pytest.raises(OutcomeServed):
        ensure_unserved(world.outcome)


def test_another_project_takes_over_what_it_can(world: World) -> None:
    outputs = (OutputDetails(outcome=1, number=1, title={"en": "Trainers"}),)
    filters = Filters(own_outcome=True, from_day=date(2026, 2, 1))
    told = framework(
        outputs=outputs,
        indicators=(indicator(output="1.1", filters=filters, baseline_value=Decimal(1), baseline_year=2025),),
    )
    save_framework(world.project, told, by=STAFF)
    other = world.other_project
    taken = copied(framework_of(world.project), outcomes=set(), starts_on=other.starts_on, ends_on=date(2026, 6, 30))
    save_framework(other, taken, by=STAFF)
    db.session.expire_all()
    found = list_indicators(other.id)[0]
    assert (found.outcome, found.output, found.filters, found.baseline_value, found.targets) == (
        None,
        None,
        {},
        None,
        [],
    )
    assert [one.code for one in list_periods(other.id)] == ["2026-H1"]
