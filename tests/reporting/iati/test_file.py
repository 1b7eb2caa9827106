"""What a project's file says, read back by other code."""

from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine

from tests import factories as make
from tests.factories import STAFF
from tests.framework.telling import FIRST, indicator, target
from tests.reporting.attending import attends
from tests.reporting.iati.judging import actuals, assert_valid, indicators, opened, text, the
from tests.reporting.iati.telling import MARCH, NOW, made, set_for, trained
from tests.world import World
from trainreg.framework import handing_in
from trainreg.framework.details import HandDetails
from trainreg.framework.queries import get_period, list_indicators
from trainreg.framework.rules import CountingRule, Direction
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.reporting.counting.freezing import freeze
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.iati.making import NoSettings
from trainreg.reporting.iati.rules import Mode

FIRST_DAY = FIRST.starts_on.isoformat()
SEX, AGENCY = "sex", "agency"


@pytest.mark.parametrize("mode", list(Mode))
def test_it_is_valid_and_the_same_each_time(world: World, mode: Mode) -> None:
    project = trained(world)
    one, other = made(project, mode), made(project, mode)
    assert one.verdict.findings == []
    assert_valid(one.data)
    assert one.data == other.data


def test_parts_are_dimensions_and_two_are_what_they_have_in_common(world: World) -> None:
    told = actuals(made(trained(world)).data)["1.a"][FIRST_DAY]
    assert told[()] == 26
    assert {key[0][1]: value for key, value in told.items() if len(key) == 1} == {
        "Female": 14,
        "Male": 12,
        "Not stated": 0,
    }
    crossed = {(key[0][1], key[1][1]): value for key, value in told.items() if len(key) == 2}
    assert crossed["Female", "Ministry of Labour"] == 14 and crossed["Male", "Border Protection"] == 12
    assert crossed["Not stated", "Not stated"] == 0 and sum(crossed.values()) == 26


def test_parts_are_indicators_of_their_own_in_the_second_mode(world: World) -> None:
    data = made(trained(world), Mode.INDICATORS).data
    told = actuals(data)
    assert all(set(cells) <= {()} for periods in told.values() for cells in periods.values())
    assert told["1.a:sex=female"][FIRST_DAY] == {(): 14}
    assert told[f"1.b:sex=female;agency={world.ministry.code}"][FIRST_DAY] == {(): 7}
    assert told["1.a:sex=not_stated"][FIRST_DAY] == {(): 0}
    found = indicators(data)["1.a:sex=female"]
    assert text(found, "title") == "Officials trained (1.a) – Sex: Female"
    assert text(found, "title", "mn") == "Сургалтад хамрагдсан – Хүйс: Эмэгтэй"
    assert found.find("baseline") is None and found.find(".//target") is None


def test_who_is_counted_once_may_not_be_added_up(world: World) -> None:
    rules = (CountingRule.COMPLETERS, CountingRule.KNOWLEDGE_GAIN, CountingRule.UNIQUE_PERSONS_PER_KIND)
    known = [indicator(), indicator("1.b", CountingRule.UNIQUE_PERSONS)]
    known += [indicator(f"2.{number}", rule) for number, rule in enumerate(rules)]
    found = indicators(made(trained(world, indicators=tuple(known))).data)
    flags = {code: one.get("aggregation-status") for code, one in found.items()}
    assert flags == {"1.a": "1", "1.b": "0", "2.0": "1", "2.1": "0", "2.2": "0"}
    assert {code for code, one in found.items() if one.get("measure") == "2"} == {"2.1"}


def test_it_tells_what_the_project_is(world: World) -> None:
    project = trained(world)
    project.funder = {"en": "Fund & Sons", "mn": "Сан"}
    project.title = {"en": "Title with \x0b a control \ufffe character"}
    refs = {"implementer_ref": "XX-2", "implementer_type": "10", "funder_ref": "XX-F"}
    set_for(project, reporting_name={"en": "The mission"}, **refs)
    data = made(project).data
    assert_valid(data)
    activity = the(opened(data), "iati-activity")
    assert text(activity, "reporting-org") == "The mission"
    roles = [(one.get("role"), one.get("ref")) for one in activity.findall("participating-org")]
    assert roles == [("1", "XX-F"), ("4", "XX-2")]
    assert the(activity, "activity-status").get("code") == "2"
    assert [one.get("type") for one in activity.findall("activity-date")] == ["1", "2", "3"]
    values = [Decimal(str(the(one, "value").text)) for one in activity.findall("budget")]
    assert len(values) == 2 and sum(values) == 100_000


def test_targets_baseline_direction_and_values_by_hand(world: World) -> None:
    by_hand = indicator("3", CountingRule.HAND_ENTERED, breakdowns=(), outcome=None, direction=Direction.DECREASE)
    by_hand = replace(by_hand, baseline_year=2024, baseline_value=Decimal("12.50"))
    project = trained(
        world,
        indicators=(by_hand,),
        targets=(target("3", "2026-H1", 3),),
        values=(HandDetails(indicator="3", period="2026-H1", value=Decimal("4.25"), source="The gazette"),),
    )
    data = made(project).data
    assert_valid(data)
    found = indicators(data)["3"]
    assert (found.get("ascending"), the(found, "baseline").attrib) == ("0", {"year": "2024", "value": "12.5"})
    assert found.findall("period/target")[0].get("value") == "3"
    actual = the(found, "period/actual")
    assert actual.get("value") == "4.25" and text(actual, "comment") == "Entered by hand. Source: The gazette"
    assert the(opened(data), "iati-activity/result").get("type") == "9"


def test_small_cells_are_left_out_whoever_asks(world: World) -> None:
    told = actuals(made(trained(world, women=9, men=3)).data)["1.b"][FIRST_DAY]
    assert told == {(): 12, ((SEX, "Not stated"),): 0} | {key: told[key] for key in told if len(key) == 2}
    assert not any("Male" in str(key) and value for key, value in told.items())


def test_nothing_is_told_of_a_few(world: World) -> None:
    data = made(trained(world, women=2, men=1)).data
    assert_valid(data)
    assert actuals(data)["1.b"] == {FIRST_DAY: {}, "2026-07-01": {(): 0} | actuals(data)["1.b"]["2026-07-01"]}


def test_a_locked_period_says_what_was_handed_in(world: World) -> None:
    project = trained(world)
    period = get_period(project.id, "2026-H1")
    handing_in.hand_in(period, freeze(period, list_indicators(project.id), facts_of(project)), by=STAFF)
    before = actuals(made(project).data)
    late = make.event(project, starts=MARCH.replace(day=9))
    for _number in range(6):
        attends(late, make.person(), sex=Sex.MALE, agency=world.border)
    for mode in Mode:
        data = made(project, mode).data
        assert_valid(data)
        told = actuals(data)
        assert told["1.a"][FIRST_DAY][()] == 26
        assert mode is Mode.INDICATORS or told == before
    assert told["1.a:sex=male"][FIRST_DAY] == {(): 12}
    handing_in.reopen(period, reason="A list was found", by=STAFF)
    assert actuals(made(project).data)["1.a"][FIRST_DAY][()] == 32


def test_hours_of_a_few_stay_hidden_when_they_are_handed_in(world: World) -> None:
    """Two people's twenty-four hours: the figure is larger than four, the people are not."""
    hours = (indicator("1.a", CountingRule.PERSON_HOURS, breakdowns=()), indicator("1.b", CountingRule.PERSON_HOURS))
    project = trained(world, women=2, men=0, indicators=hours)
    assert actuals(made(project).data)["1.a"][FIRST_DAY] == {}
    period = get_period(project.id, "2026-H1")
    frozen = freeze(period, list_indicators(project.id), facts_of(project))
    assert '"value":"24"' in frozen.figures
    handing_in.hand_in(period, frozen, by=STAFF)
    told = actuals(made(project).data)
    assert told["1.a"][FIRST_DAY] == told["1.b"][FIRST_DAY] == {}


def test_without_settings_there_is_no_file(world: World) -> None:
    with pytest.raises(NoSettings), time_machine.travel(NOW):
        made(world.project)
    db.session.rollback()
