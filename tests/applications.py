"""Applications on databases of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine

from tests import databases
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.kernel.db import Base, db

Made = TypeVar("Made")


class Compiled(BytecodeCache):
    """Templates compiled once for a process, however many applications it makes."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Compiled()


@contextmanager
def application(
    folder: Path, environment: dict[str, str] | None = None, *, instance: Path | None = None, **overrides: Any
) -> Iterator[Flask]:
    """An application with empty tables, whose database every thread may open; gone afterwards."""
    with databases.fresh(folder) as url:
        settings = load_settings(
            instance or folder,
            {"TRAINREG_DATABASE_URL": url, "TRAINREG_BASE_URL": "http://localhost", **(environment or {})},
        )
        app = create_app(settings, TESTING=True, **overrides)
        app.jinja_env.bytecode_cache = TEMPLATES
        with app.app_context():
            Base.metadata.create_all(db.engine)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def standing(folder: Path, make: Callable[[], Made], instance: Path | None = None) -> Iterator[tuple[Engine, Made]]:
    """A database of its own in which something was made once, and what is to be known of it."""
    with application(folder, instance=instance) as app:
        with app.app_context():
            made = make()
            db.session.remove()
            engine = db.engine
        yield engine, made
