"""The data dictionary: what docs/data-dictionary.md says of the tables, written from their schemas."""

from collections.abc import Iterator

from trainreg.reporting.tables.schema import Column, TableSchema
from trainreg.reporting.tables.schemas import TABLES

BEGINS, ENDS = "<!-- tables: written from the schemas -->", "<!-- end of tables -->"


def dictionary() -> str:
    """All tables in Markdown, between the two marks."""
    return "\n".join([BEGINS, *(line for table in TABLES for line in _table(table)), "", ENDS])


def _table(table: TableSchema) -> Iterator[str]:
    yield from ("", f"### {table.name}", "", table.meaning)
    if table.individual:
        yield from ("", "*About individuals: only for those who may see names.*")
    if table.key:
        yield from ("", "Key: " + ", ".join(f"`{name}`" for name in table.key))
    yield from ("", "| column | type | unit | meaning |", "|---|---|---|---|")
    for column in table.columns:
        needed = "" if column.required else ", may be empty"
        yield f"| `{column.name}` | {column.type.value}{needed} | {column.unit} | {_meaning(column)} |"


def _meaning(column: Column) -> str:
    told = [column.meaning]
    if column.refers:
        told.append(f"→ `{column.refers[0]}.{column.refers[1]}`")
    if column.codes:
        told.append("One of " + ", ".join(f"`{code}`" for code in column.codes) + ".")
    return " ".join(told)
