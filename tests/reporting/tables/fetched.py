"""The tables as an analyst has them: CSV files and their description, read with nothing of the product."""

import csv
import json
import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from typing import Any
from zipfile import ZipFile

from trainreg.programme.models import Project
from trainreg.reporting.tables.package import write_package
from trainreg.reporting.tables.scope import Scope

Row = dict[str, Any]


class Package:
    """A ZIP of tables."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with ZipFile(BytesIO(content)) as archive:
            self.described: Row = json.loads(archive.read("datapackage.json"))
            self.files = {name: archive.read(name) for name in archive.namelist()}

    @classmethod
    def of(cls, project: Project, *, sees_individuals: bool = True) -> "Package":
        with write_package(Scope(project, sees_individuals)) as made:
            return cls(made.read())

    def rows(self, table: str) -> list[dict[str, str]]:
        return rows_of(self.files[f"{table}.csv"])

    def read(self, table: str) -> list[Row]:
        """The rows with the types that the description promises."""
        schema = self.resource(table)["schema"]
        return [
            {field["name"]: _read(field, row[field["name"]]) for field in schema["fields"]} for row in self.rows(table)
        ]

    def resource(self, table: str) -> Row:
        return next(one for one in self.described["resources"] if one["name"] == table)


def rows_of(content: bytes) -> list[dict[str, str]]:
    with TextIOWrapper(BytesIO(content), "utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _read(field: Row, text: str) -> Any:
    """One cell by Table Schema; fails for what is not of its type."""
    constraints = field.get("constraints", {})
    if text == "":
        assert not constraints.get("required"), f"{field['name']} is required"
        return None
    if "enum" in constraints:
        assert text in constraints["enum"], (field["name"], text)
    if field["type"] == "boolean":
        assert text in (*field["trueValues"], *field["falseValues"])
        return text in field["trueValues"]
    if field["type"] == "datetime":
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text), text
        return datetime.fromisoformat(text)
    read: Any = {"string": str, "integer": int, "number": Decimal, "date": date.fromisoformat}[field["type"]]
    return read(text)
