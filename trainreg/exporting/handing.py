"""For the pages of other rooms: leave a long list to the worker, and lead to the page that shows how far it is."""

from typing import Any

from flask import redirect, url_for
from sqlalchemy import Select
from werkzeug.wrappers import Response

from trainreg.exporting import service
from trainreg.exporting.kinds import Wanted
from trainreg.kernel.db import count_of, db, reading
from trainreg.web.access import current_actor
from trainreg.web.locale import current_language


def count_rows(statement: Select[Any]) -> int:
    """How many rows an ordered select gives, read before anything is locked; ends the present transaction."""
    db.session.rollback()
    with reading():
        rows = count_of(statement)
        db.session.rollback()
    return rows


def left_to_worker(wanted: Wanted) -> Response:
    """Ask for the file in the reader's language; commits."""
    export = service.ask(wanted, language=current_language(), by=current_actor())
    export_id = export.id
    db.session.commit()
    return redirect(url_for("exporting.file_page", export_id=export_id), 303)
