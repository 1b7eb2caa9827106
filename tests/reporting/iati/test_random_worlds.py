"""Whatever happened in a project: its file is valid in both modes, and says what Progress says."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.reporting.chance import NOW, questions, worlds
from tests.reporting.iati.judging import actuals, assert_valid
from tests.reporting.iati.telling import set_for
from tests.reporting.stories import Story
from trainreg.framework.details import FrameworkDetails, IndicatorDetails, PeriodDetails
from trainreg.framework.rules import CountingRule, Dimension
from trainreg.framework.service import save_framework
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.reporting.counting import hiding
from trainreg.reporting.iati.making import make_file
from trainreg.reporting.iati.rules import Mode, may_be_added
from trainreg.reporting.indicators import Progress, plain

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}
PERIODS = [
    PeriodDetails(code=f"P{first.day}", starts_on=first, ends_on=last)
    for first, last in (
        (NOW.date().replace(month=3, day=1 + 3 * n), NOW.date().replace(month=3, day=3 + 3 * n)) for n in (0, 1)
    )
]


def framework(asked: list[dict[str, Any]]) -> FrameworkDetails:
    """An indicator for each question, with its dimensions apart and together."""
    told = []
    for number, one in enumerate(asked):
        by = tuple(Dimension(name) for name in one["by"])
        wanted = tuple(dict.fromkeys([*((each,) for each in by), *([by] if by else [])]))
        told.append(
            IndicatorDetails(
                code=f"I{number}", title={"en": f"I {number}"}, rule=CountingRule(one["rule"]), breakdowns=wanted
            )
        )
    return FrameworkDetails(periods=PERIODS, indicators=told)


def agree(told: Any, asked: list[dict[str, Any]], *, hides: bool) -> None:
    story = Story.of(told)
    save_framework(story.project, framework(asked), by=COMMAND_LINE)
    set_for(story.project)
    db.session.expire_all()
    progress = Progress(story.project, with_names=False)
    files = {mode: make_file(story.project, mode, now=NOW, progress=progress) for mode in Mode}
    for made in files.values():
        assert [str(one) for one in made.verdict.findings] == []
        assert_valid(made.data)
    by_dimension, by_indicator = (actuals(files[mode].data) for mode in (Mode.DIMENSIONS, Mode.INDICATORS))
    for line in progress.lines:
        code = line.indicator.code
        for figure in line.figures:
            day = figure.period.starts_on.isoformat()
            cells = by_dimension[code][day]
            assert cells.get(()) == figure.told == by_indicator[code][day].get(())
            parts = [cells[key] for key in cells if key]
            alone = [
                by_indicator[one][day][()]
                for one in by_indicator
                if one.startswith(f"{code}:") and by_indicator[one][day]
            ]
            assert sorted(parts) == sorted(alone)
            for wanted in line.indicator.wanted:
                names = [one.value.replace("_", " ") for one in wanted]
                own = [value for key, value in cells.items() if [name for name, _value in key] == names]
                table = progress.told_table(line.indicator, figure.period, wanted)
                assert table is not None
                shown = [plain(table.cell(*key)) for key in table.cells]
                assert sorted(one for one in own if one) == sorted(one for one in shown if one)
                if not hides and may_be_added(line.indicator.rule):
                    assert abs(sum(own, Decimal(0)) - (figure.told or 0)) <= Decimal("0.005") * (len(own) + 1)


@pytest.mark.slow
@given(told=worlds, asked=st.lists(questions(), min_size=2, max_size=4))
@settings(max_examples=6, **SHARED)
def test_a_random_world_is_published_soundly(session: Session, told: Any, asked: Any) -> None:
    agree(told, asked, hides=True)


@pytest.mark.slow
@pytest.mark.parametrize("hides", [True, False])
@given(told=worlds, asked=st.lists(questions(), min_size=2, max_size=6))
@settings(max_examples=60, **SHARED)
def test_many_random_worlds_are_published_soundly(session: Session, hides: bool, told: Any, asked: Any) -> None:
    """Where nothing is hidden the parts add up to the figure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hiding, "SMALLEST_TOLD", hiding.SMALLEST_TOLD if hides else 0)
        agree(told, asked, hides=hides)
