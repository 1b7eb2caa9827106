"""Agencies are imported by their codes, parents before or after their children."""

from sqlalchemy import select

from tests import factories as make
from tests.imports.files import applied, looked_at, outcomes, reasons
from tests.world import World
from trainreg.agencies.models import Agency
from trainreg.agencies.queries import find_agency_by_code
from trainreg.imports.rules import ImportKind
from trainreg.kernel.db import db

HEADING = ["Code", "Name in English", "Name in Mongolian", "Part of"]


def looked(rows: list[list[str]]) -> object:
    return looked_at(ImportKind.AGENCIES, [HEADING, *rows])


def test_a_tree_is_written_whatever_the_order_of_its_rows(world: World) -> None:
    rows = [
        ["unit-a", "Unit A", "А хэсэг", "department"],
        ["department", "Department", "", world.ministry.code],
        ["", "Office of the North", "Умард алба", "Department"],
    ]
    applied(looked(rows))
    unit, north = find_agency_by_code("unit-a"), find_agency_by_code("office-of-the-north")
    assert unit is not None and unit.parent is not None and unit.parent.code == "department"
    assert unit.parent.parent_id == world.ministry.id and unit.name == {"en": "Unit A", "mn": "А хэсэг"}
    assert north is not None and north.parent_id == unit.parent_id
    assert outcomes(looked(rows)) == ["unchanged"] * 3


def test_a_known_agency_is_changed_and_an_empty_cell_changes_nothing(world: World) -> None:
    run = looked([[world.border.code, "General Authority for Border Protection", "", ""]])
    assert outcomes(run) == ["matched"] and "Border Protection (мн)" in reasons(run)
    applied(run)
    assert world.border.name == {"en": "General Authority for Border Protection", "mn": "Border Protection (мн)"}
    assert world.border.parent_id is None


def test_what_cannot_be_is_named(world: World) -> None:
    run = looked(
        [
            ["Bad Code!", "A", "", ""],
            ["x", "", "", ""],
            ["twice", "B", "", ""],
            ["twice", "C", "", ""],
            ["new-code", "Border Protection", "", ""],
            ["lost", "D", "", "nobody"],
            ["one", "E", "", "two"],
            ["two", "F", "", "one"],
        ]
    )
    assert outcomes(run) == ["error", "error", "new", "error", "error", "error", "error", "error"]
    for told in ("Row 2, column A", "Row 3, column B", "row 4 has the same code", world.border.code, "Row 7, column D"):
        assert told in reasons(run), told
    assert "below itself" in reasons(run)


def test_a_name_without_a_code_finds_the_agency(world: World) -> None:
    department = make.agency("Department", parent_id=world.ministry.id)
    run = looked([["", "department", "", "Border Protection"]])
    assert outcomes(run) == ["matched"]
    applied(run)
    db.session.refresh(department)
    assert department.parent_id == world.border.id
    assert len(db.session.scalars(select(Agency).where(Agency.code.startswith("department"))).all()) == 0


def test_french_and_spanish_names_come_in_and_an_empty_cell_leaves_them(world: World) -> None:
    heading = [*HEADING, "Name in French", "Name in Spanish"]
    row = [world.border.code, "", "", "", "Protection des frontières", ""]
    applied(looked_at(ImportKind.AGENCIES, [heading, row]))
    assert world.border.name["fr"] == "Protection des frontières"
    applied(looked_at(ImportKind.AGENCIES, [heading, [world.border.code, "Border Office", "", "", "", "Fronteras"]]))
    assert {code: world.border.name[code] for code in ("en", "fr", "es")} == {
        "en": "Border Office",
        "fr": "Protection des frontières",
        "es": "Fronteras",
    }
    run = looked_at(ImportKind.AGENCIES, [heading, ["other-code", "", "", "", "Protection des frontières", ""]])
    assert outcomes(run) == ["error"] and "under the code" in reasons(run)
