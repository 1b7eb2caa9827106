"""The least that a server of this stack can do, to measure the product's pages beside.

`/` says hello. A form sent to `/register` is the barest registration: read the capacity, count, insert, write the
audit row, commit, and go on to another page; no checks, no mail, no consents.
"""

import os
from typing import Any

from flask import Flask, redirect, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event, func, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response


class Base(DeclarativeBase):
    """Apart from the product's."""


app = Flask("hello")
url = os.environ.get("TRAINREG_DATABASE_URL", "sqlite://")
app.config["SQLALCHEMY_DATABASE_URI"] = url.replace("postgresql://", "postgresql+psycopg://")
db = SQLAlchemy(app, model_class=Base)


class Place(Base):
    """Where people register."""

    __tablename__ = "bare_place"
    id: Mapped[int] = mapped_column(primary_key=True)
    capacity: Mapped[int]


class Entry(Base):
    """Who registered."""

    __tablename__ = "bare_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(index=True)
    name: Mapped[str]


class Line(Base):
    """What happened."""

    __tablename__ = "bare_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]


with app.app_context():
    own_engine = db.engine


@event.listens_for(own_engine, "connect")
def as_safe_as_the_product(connection: Any, _record: object) -> None:
    if "sqlite" in type(connection).__module__:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(own_engine, "begin")
def as_locked_as_the_product(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def prepare(engine: Engine) -> None:
    """The tables, and one place with room for all."""
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(Place), [{"id": 1, "capacity": 1_000_000}])


@app.get("/")
@app.get("/healthz")
def hello() -> str:
    return "Hello, World!"


@app.post("/register")
def register() -> Response:
    place = db.session.scalars(select(Place).where(Place.id == 1).with_for_update()).one()
    taken = db.session.scalar(select(func.count()).select_from(Entry).where(Entry.place_id == place.id)) or 0
    if taken < place.capacity:
        entry = Entry(place_id=place.id, name=request.form["name"])
        db.session.add(entry)
        db.session.flush()
        db.session.add(Line(entry_id=entry.id))
        db.session.commit()
    return redirect("/", 303)
