"""A database of its own for each test process, on SQLite or on PostgreSQL."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

SERVER = os.environ.get("TRAINREG_TEST_DATABASE_URL")


@contextmanager
def fresh(folder: Path) -> Iterator[str]:
    """The address of an empty database that is gone afterwards.

    TRAINREG_TEST_DATABASE_URL names a PostgreSQL server where databases may be created; without it, a SQLite file.
    """
    if not SERVER:
        yield f"sqlite:///{folder / 'test.sqlite'}"
        return
    server = make_url(SERVER).set(drivername="postgresql+psycopg")
    name = f"trainreg_test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()
