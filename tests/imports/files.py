"""Files that people send, and the way to send them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from tests.kernel.sheets import as_csv
from tests.pages import Page, Pages
from trainreg.imports import service
from trainreg.imports.jobs import carry_on
from trainreg.imports.models import ImportRow, ImportRun
from trainreg.imports.rules import ImportKind
from trainreg.kernel.actor import Actor, ActorKind
from trainreg.kernel.db import db
from trainreg.kernel.sheets import read_sheet

STAFF = Actor(ActorKind.STAFF, "Test Staff")
Rows = Sequence[Sequence[Any]]


def looked_at(kind: ImportKind, rows: Rows, *, by: Actor = STAFF, **where: Any) -> ImportRun:
    """An import of these rows, the first of them the heading, as far as its preview."""
    data = as_csv(rows)
    upload = service.Upload(data, "list.csv", read_sheet(data, "list.csv"))
    run = service.start(kind, upload, by=by, language="en", **where)
    db.session.flush()
    service.set_columns(run, run.mapping, by=by)
    db.session.commit()
    carry_on(run.id)
    return run


def applied(run: ImportRun, *, by: Actor = STAFF) -> ImportRun:
    """The same import, written."""
    service.begin_apply(run, by=by)
    db.session.commit()
    carry_on(run.id)
    return run


def rows_of(run: ImportRun) -> list[ImportRow]:
    """What was found for each row."""
    return list(db.session.query(ImportRow).filter_by(run_id=run.id).order_by(ImportRow.number))


def outcomes(run: ImportRun) -> list[str]:
    return [row.outcome.value for row in rows_of(run)]


def reasons(run: ImportRun) -> str:
    return " | ".join(row.reason for row in rows_of(run))


def send(pages: Pages, path: str, content: bytes, name: str = "list.csv", **values: str) -> Page:
    """Send a file with the form of a page."""
    return pages.post(path, {"file": (BytesIO(content), name), **values}, content_type="multipart/form-data")
