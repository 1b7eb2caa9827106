"""Every table is what its description says, and the description what the documentation says."""

import re
from pathlib import Path

import pytest
from flask_babel import force_locale

from tests.reporting.tables.fetched import Package
from tests.world import World
from trainreg.reporting.tables.dictionary import dictionary
from trainreg.reporting.tables.schemas import TABLES
from trainreg.reporting.tables.words import TITLES

DOCUMENT = Path(__file__).parents[3] / "docs" / "data-dictionary.md"


@pytest.mark.parametrize("sees_individuals", [True, False])
def test_every_table_is_what_its_description_says(reported: World, sees_individuals: bool) -> None:
    package = Package.of(reported.project, sees_individuals=sees_individuals)
    told = {one["name"]: package.read(one["name"]) for one in package.described["resources"]}
    assert package.files.keys() == {"datapackage.json", *(one["path"] for one in package.described["resources"])}
    for one in package.described["resources"]:
        schema = one["schema"]
        names = [field["name"] for field in schema["fields"]]
        heading = package.files[one["path"]].decode("utf-8-sig").split("\r\n")[0]
        assert heading == ",".join(names)
        if "primaryKey" in schema:
            keys = [tuple(row[name] for name in schema["primaryKey"]) for row in told[one["name"]]]
            assert len(keys) == len(set(keys)), one["name"]
        for foreign in schema.get("foreignKeys", ()):
            [name], [other] = foreign["fields"], foreign["reference"]["fields"]
            known = {row[other] for row in told[foreign["reference"]["resource"]]} | {None}
            assert {row[name] for row in told[one["name"]]} <= known, (one["name"], name)
    assert len(told["figures"]) == 12 and len(told["events"]) == 3


def test_names_are_plain_and_units_are_told() -> None:
    for table in TABLES:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", table.name)
        assert len(set(table.header)) == len(table.header)
        assert set(table.key) <= set(table.header)
        for column in table.columns:
            assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name) and column.meaning.endswith((".", ")"))


def test_the_page_calls_them_as_the_description_does() -> None:
    with force_locale("en"):
        assert {name: str(title) for name, title in TITLES.items()} == {one.name: one.title for one in TABLES}


def test_the_documentation_holds_the_same_tables() -> None:
    assert dictionary() in DOCUMENT.read_text(encoding="utf-8"), "write the tables into docs/data-dictionary.md anew"
