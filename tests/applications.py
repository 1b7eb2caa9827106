"""Applications on databases of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from tests import databases
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.kernel.db import Base, db


@contextmanager
def application(folder: Path, environment: dict[str, str] | None = None, **overrides: Any) -> Iterator[Flask]:
    """An application with empty tables, whose database every thread may open; gone afterwards."""
    with databases.fresh(folder) as url:
        settings = load_settings(
            folder, {"TRAINREG_DATABASE_URL": url, "TRAINREG_BASE_URL": "http://localhost", **(environment or {})}
        )
        app = create_app(settings, TESTING=True, **overrides)
        with app.app_context():
            Base.metadata.create_all(db.engine)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
