"""Migrations: they make what the models say, go up and down, and keep every row."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from tests import databases
from tests.filled import fill_every_table
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.kernel.db import Base, db
from trainreg.migrations import FOLDER
from trainreg.operations.database import present_revision, schema_differences

REVISIONS = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]


@contextmanager
def _empty_application(folder: Path) -> Iterator[Flask]:
    with databases.fresh(folder) as url:
        app = create_app(load_settings(folder, {"TRAINREG_DATABASE_URL": url}), TESTING=True)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def _counts() -> dict[str, int]:
    return {
        name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Base.metadata.tables.items()
    }


def test_an_upgraded_database_is_what_the_models_say(tmp_path: Path) -> None:
    with _empty_application(tmp_path):
        upgrade(directory=str(FOLDER))
        assert schema_differences() == []
        assert present_revision() == REVISIONS[-1]


@pytest.mark.slow
def test_every_revision_goes_up_and_down(tmp_path: Path) -> None:
    with _empty_application(tmp_path):
        for revision in REVISIONS:
            upgrade(directory=str(FOLDER), revision=revision)
        for _revision in REVISIONS:
            downgrade(directory=str(FOLDER), revision="-1")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


@pytest.mark.slow
def test_going_over_every_revision_again_changes_nothing_and_loses_no_row(tmp_path: Path) -> None:
    """With a filled database: a second upgrade, then down to the first revision and up again. What stays keeps rows."""
    with _empty_application(tmp_path):
        upgrade(directory=str(FOLDER))
        fill_every_table()
        before = _counts()
        db.session.remove()
        upgrade(directory=str(FOLDER))
        assert _counts() == before
        db.session.remove()
        downgrade(directory=str(FOLDER), revision=REVISIONS[0])
        stayed = set(inspect(db.engine).get_table_names())
        upgrade(directory=str(FOLDER))
        after = _counts()
        assert {name: after[name] for name in before if name in stayed} == {
            name: count for name, count in before.items() if name in stayed
        }
        assert schema_differences() == []


def test_one_row_of_every_model_can_be_made(session: Session) -> None:
    """`tests/filled.py` forgets no table: whoever adds a model adds its row there."""
    fill_every_table()
    assert [name for name, count in _counts().items() if count == 0] == []


@pytest.mark.parametrize("name", sorted(Base.metadata.tables))
def test_every_reference_is_indexed(name: str) -> None:
    """A foreign key without an index makes deletes and joins walk whole tables."""
    table = Base.metadata.tables[name]
    indexed = {next(iter(index.columns)).name for index in table.indexes}
    indexed |= {next(iter(one.columns)).name for one in table.constraints if len(getattr(one, "columns", [])) > 0}
    for column in table.columns:
        if column.foreign_keys and not column.name.endswith(("_by_id", "user_id")):
            assert column.name in indexed, f"{name}.{column.name}"
