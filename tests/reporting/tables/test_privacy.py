"""The tables name nobody, their keys lead nowhere, and rows about individuals go only to who may see names."""

from pathlib import Path

import pytest
from flask import Flask

from tests.pages import Pages
from tests.reporting.tables.fetched import Package, rows_of
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.reporting.tables.schemas import TABLES
from trainreg.reporting.tables.scope import Scope

INDIVIDUAL = {one.name for one in TABLES if one.individual}


def _taken() -> list[str]:
    return [one.action for one in db.session.query(AuditEntry).order_by(AuditEntry.id) if "_taken" in one.action]


def test_no_word_of_anybody_stands_in_any_table(reported: World) -> None:
    for registration in db.session.query(Registration):
        registration.position = f"Position {registration.id} of a kind"
    db.session.commit()
    package = Package.of(reported.project)
    everything = b"".join(content for name, content in package.files.items()).decode("utf-8", "replace")
    # An event of this world bears the name of one of its people, to try formulas: that is a title.
    own = {cell for row in package.rows("events") for cell in row.values() if cell}
    for person in db.session.query(Person):
        told = {*(str(getattr(person, one) or "") for one in ("given_name", "family_name", "clan_name", "email"))}
        told |= {str(getattr(person, one) or "") for one in ("given_name_latin", "family_name_latin", "phone")}
        told |= set((person.certificate_name or {}).values())
        for word in told - {""}:
            assert word not in everything or any(word in cell for cell in own), word
    for registration in db.session.query(Registration):
        assert registration.reference not in everything and registration.position not in everything
        assert not registration.email or registration.email not in everything


def test_keys_stay_within_a_project_and_are_the_same_each_time(reported: World) -> None:
    once, again = Package.of(reported.project), Package.of(reported.project)
    assert once.files["registrations.csv"] == again.files["registrations.csv"]
    keys = {row["person_key"] for row in once.rows("registrations")}
    assert len(keys) == 15 and all(len(key) == 20 for key in keys)
    other = Scope(reported.other_project, True)
    assert not keys & {other.person_key(person.id) for person in db.session.query(Person)}
    assert not keys & {row["registration_key"] for row in once.rows("registrations")}


def test_a_key_hangs_on_the_secret_of_the_installation(
    app: Flask, reported: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Scope(reported.project, True).person_key(1)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another")
    assert Scope(reported.project, True).person_key(1) != here


def test_without_the_right_to_names_there_is_no_row_about_anybody(pages: Pages, reported: World) -> None:
    address = f"/reports/{reported.project.code}/tables"
    pages.sign_in(reported.viewer)
    package = Package(pages.get(f"{address}.zip").response.get_data())
    assert {one["name"] for one in package.described["resources"]} == {one.name for one in TABLES} - INDIVIDUAL
    for name in INDIVIDUAL:
        assert pages.get(f"{address}/{name}.csv").status == 404
    few = [
        row for row in package.read("figure_parts") if row["part"] == "male" and row["part_2"] == reported.border.code
    ]
    told = {(row["indicator"], row["period"]): row for row in few}
    assert told["1.a", "2026-H1"]["is_hidden"] and told["1.a", None]["value"] is None
    page = pages.get(address)
    assert "registrations.csv" in page.text and not page.find_all("a", href=f"{address}/registrations.csv")
    assert _taken() == []


def test_who_may_see_names_gets_them_and_it_is_written_down(pages: Pages, reported: World) -> None:
    address = f"/reports/{reported.project.code}/tables"
    pages.sign_in(reported.me_officer)
    answer = pages.get(f"{address}/registrations.csv")
    assert answer.status == 200 and len(rows_of(answer.response.get_data())) == 15
    assert answer.response.headers["Cache-Control"] == "private, no-store"
    assert pages.get(f"{address}/events.csv").status == 200
    assert pages.get(f"{address}.zip").status == 200
    assert _taken() == ["project.table_taken", "project.tables_taken"]
    assert pages.get(address).find_all("a", href=f"{address}/registrations.csv")
    assert pages.get(f"{address}/nothing.csv").status == 404


def test_others_do_not_come_in(pages: Pages, reported: World) -> None:
    address = f"/reports/{reported.project.code}/tables"
    for account in (reported.other_organizer, reported.focal_point, reported.trainer):
        pages.sign_in(account)
        for path in (address, f"{address}.zip", f"{address}/events.csv", f"{address}/registrations.csv"):
            assert pages.get(path).status in {403, 404}
    assert _taken() == []


def test_from_the_command_line(app: Flask, reported: World, tmp_path: Path) -> None:
    out, run = tmp_path / "t.zip", app.test_cli_runner().invoke
    result = run(args=["report", "tables", reported.project.code, "--out", str(out)])
    assert result.exit_code == 0 and "19 tables" in result.output, result.output
    assert len(Package(out.read_bytes()).read("registrations")) == 15
    result = run(args=["report", "tables", reported.project.code, "-o", str(out), "--aggregates-only"])
    assert "13 tables" in result.output and "registrations.csv" not in Package(out.read_bytes()).files
    assert _taken() == ["project.tables_taken"]
    result = run(args=["report", "tables", "NOWHERE", "-o", str(out)])
    assert result.exit_code == 1 and "no project" in result.stderr
