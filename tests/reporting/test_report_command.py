"""`trainreg report figures`: what programs and people read on the command line."""

import json

from flask import Flask

from tests import factories as make
from tests.reporting.attending import attends
from tests.world import World
from trainreg.kernel.db import db
from trainreg.people.rules import Sex


def test_json_holds_every_figure_by_sex_and_agency(app: Flask, world: World) -> None:
    attends(world.event, world.bolor, agency=world.ministry, sex=Sex.FEMALE)
    world.event.sessions[1].day_share = 0.25
    make.outcome(world.project, 2, "Improved legal framework")
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["report", "figures", world.project.code, "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert told["project"] == world.project.code and told["title"] == world.project.title
    total = told["total"]
    values = {"attendances": 1, "unique_persons": 1, "person_days": 0.75}
    nothing = {"attendances": 0, "unique_persons": 0, "person_days": 0}
    assert {name: total[name] for name in values} == values
    assert total["by_sex"] == {"female": values, "male": nothing, "not_stated": nothing}
    assert total["by_agency"] == [
        {"code": world.ministry.code, "name": world.ministry.name, **values},
        {"code": None, "name": None, **nothing},
    ]
    assert total["events_held"] == total["publications_translated"] == total["assessments"] == 0
    first, second = told["outcomes"]
    assert (first["number"], first["attendances"], first["by_sex"]["female"]) == (1, 1, values)
    assert (second["number"], second["attendances"]) == (2, 0)
    assert second["by_agency"] == [{"code": None, "name": None, **nothing}]


def test_without_json_it_is_a_table(app: Flask, world: World) -> None:
    attends(world.event, world.bolor, agency=world.ministry)
    result = app.test_cli_runner().invoke(args=["report", "figures", world.project.code])
    assert result.exit_code == 0
    lines = [line.split() for line in result.output.splitlines()]
    assert ["in", "total", "1", "1", "1"] in lines
    assert ["Ministry", "of", "Labour", "1", "1", "1"] in lines


def test_an_unknown_project_ends_with_a_sentence_and_no_figures(app: Flask, world: World) -> None:
    result = app.test_cli_runner().invoke(args=["report", "figures", "NOWHERE", "--json"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "There is no project with the code 'NOWHERE'" in result.stderr
