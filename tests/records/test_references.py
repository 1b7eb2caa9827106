"""No table that refers to a person or a registration is forgotten when two persons become one."""

import pytest

from trainreg.kernel.db import Base
from trainreg.records.collapse import unique_beside
from trainreg.records.references import PERSON, REGISTRATION, Move


def referring_to(name: str) -> set[str]:
    """Every column of every table with a foreign key to that table."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == name
    }


@pytest.mark.parametrize(("target", "handled"), [("person", PERSON), ("registration", REGISTRATION)])
def test_every_reference_is_handled(app: object, target: str, handled: dict[str, Move]) -> None:
    """A new table with such a reference: write into `records/references.py` what merging does with its rows."""
    assert referring_to(target) == set(handled)


def test_what_may_stand_once_is_not_moved_onto_another(app: object) -> None:
    """Rows that are unique for their person or registration cannot simply all be moved."""
    for name, how in {**PERSON, **REGISTRATION}.items():
        table, column = name.split(".")
        if how is Move.ALL:
            assert unique_beside(Base.metadata.tables[table], column) == [], name
