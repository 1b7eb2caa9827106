"""`trainreg report organisation`: the report of all projects on the command line and as a file."""

from pathlib import Path

from flask import Flask
from openpyxl import load_workbook

from tests.reporting.attending import attends
from tests.world import World
from trainreg.kernel.db import db


def told(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["report", "organisation", *arguments])
    return result.exit_code, result.output


def test_it_prints_every_figure_and_writes_the_same(app: Flask, world: World, tmp_path: Path) -> None:
    for event in (world.event, world.other_event):
        attends(event, world.bolor, agency=world.ministry)
    db.session.commit()
    code, output = told(app)
    assert code == 0 and "Total\tTotal\t2\t1\t2" in output, "few people, and still told: it is an operator's"
    out = tmp_path / "all.xlsx"
    code, output = told(app, "--agency", world.ministry.code, "--kind", "seminar", "--language", "mn", "-o", str(out))
    assert code == 0 and "2 attendances, 1 officials, 2 person-days" in output
    sheet = load_workbook(out, read_only=True)["Шүүлтүүр"]
    assert any(row[1] == "Семинар" for row in sheet.iter_rows(values_only=True))
    code, output = told(app, "--country", "MN", "-o", str(tmp_path / "all.csv"))
    assert code == 0 and "Filter,Country: Mongolia" in (tmp_path / "all.csv").read_text("utf-8-sig")


def test_what_it_does_not_understand_it_says(app: Flask, world: World, tmp_path: Path) -> None:
    for arguments, sentence in (
        (("--from", "2026-05-01", "--until", "2026-04-01"), "--until: This day is before the first one."),
        (("--kind", "party"), "--kind:"),
        (("-o", str(tmp_path / "all.pdf")), ".xlsx or .csv"),
        (("-o", str(tmp_path / "nowhere" / "all.csv")), "cannot be written"),
    ):
        code, output = told(app, *arguments)
        assert code == 1 and sentence in output
