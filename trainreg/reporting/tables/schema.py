"""What a table is: columns with types, meanings and units, keys, and who may have it. Pure: plain data in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Type(StrEnum):
    """As Frictionless Table Schema calls them."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True)
class Column:
    """One column. `codes` are all that can stand in it; `refers` is the table and column whose values they are."""

    name: str
    type: Type
    meaning: str
    unit: str = ""
    required: bool = False
    codes: Sequence[str] = ()
    refers: tuple[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"name": self.name, "type": self.type.value, "description": self.meaning}
        if self.type is Type.BOOLEAN:
            told |= {"trueValues": ["true"], "falseValues": ["false"]}
        if self.unit:
            told["unit"] = self.unit
        constraints: dict[str, Any] = {"required": True} if self.required else {}
        if self.codes:
            constraints["enum"] = list(self.codes)
        return told | ({"constraints": constraints} if constraints else {})


@dataclass(frozen=True)
class TableSchema:
    """One table. `individual`: a row is about one person or very few, so that only who may see names may have it."""

    name: str
    title: str
    meaning: str
    columns: Sequence[Column]
    key: Sequence[str] = ()
    individual: bool = False

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"

    def as_json(self, present: frozenset[str]) -> dict[str, Any]:
        """As a resource of a data package that holds the tables named in `present`."""
        schema: dict[str, Any] = {"fields": [column.as_json() for column in self.columns], "missingValues": [""]}
        if self.key:
            schema["primaryKey"] = list(self.key)
        foreign = [
            {"fields": [column.name], "reference": {"resource": column.refers[0], "fields": [column.refers[1]]}}
            for column in self.columns
            if column.refers is not None and column.refers[0] in present
        ]
        if foreign:
            schema["foreignKeys"] = foreign
        return {
            "name": self.name,
            "path": self.file_name,
            "profile": "tabular-data-resource",
            "title": self.title,
            "description": self.meaning,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
            "schema": schema,
        }
