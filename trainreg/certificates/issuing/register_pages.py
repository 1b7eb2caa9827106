"""The register book at the desk: searched, narrowed, printed, taken along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.issuing.register import Asked, book, events_in_book
from trainreg.certificates.issuing.register_file import note_register_taken, wanted_register, write_register
from trainreg.certificates.issuing.words import STATES_IN_BOOK
from trainreg.certificates.queries import facts_of
from trainreg.certificates.rules import CertificateState
from trainreg.certificates.sentences import KINDS
from trainreg.exporting.handing import count_rows, left_to_worker
from trainreg.exporting.rules import is_long
from trainreg.kernel.db import db, reading
from trainreg.kernel.permissions import Permission
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.downloads import asked_format, sheet_download
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import PER_PAGE, page_of

offer(Entry(_l("Register book"), "certificates.register_book", Permission.VIEW_NAMES, 25))

LONGEST_SEARCH = 100
PRINTED_AT_ONCE = 1000
_FILTERS = ("q", "project", "event", "state", "since", "until")


@blueprint.get("/desk/register")
@needs(Permission.VIEW_NAMES)
def register_book() -> str:
    asked = _asked(request.args)
    events = events_in_book(asked.project_ids)
    return render_template(
        "certificates/register.html",
        page=page_of(book(asked), per_page=PRINTED_AT_ONCE if "all" in request.args else PER_PAGE),
        asked={name: request.args[name] for name in _FILTERS if request.args.get(name)},
        events=events,
        projects=list(dict.fromkeys(event.project.code for event in events)),
        states=STATES_IN_BOOK,
        facts_of=facts_of,
        kinds=KINDS,
    )


@blueprint.post("/desk/register/export")
@needs(Permission.VIEW_NAMES)
def export_register() -> AnyResponse:
    """A POST, because it is written down who took the names along."""
    form, asked = asked_format(request.form.get("format")), _asked(request.form)
    rows = count_rows(book(asked))
    if is_long(rows):
        return left_to_worker(wanted_register(form, asked, rows))
    note_register_taken(form, current_actor())
    db.session.commit()
    with reading():
        response = sheet_download(form, write_register(form, asked), name="register")
        db.session.rollback()
    return response


def _asked(sent: Mapping[str, str]) -> Asked:
    state = sent.get("state", "")
    return Asked(
        project_ids=principal().project_ids(Permission.VIEW_NAMES),
        search=sent.get("q", "")[:LONGEST_SEARCH],
        project=sent.get("project", ""),
        event=sent.get("event", ""),
        state=CertificateState(state) if state in set(CertificateState) else None,
        since=_day(sent.get("since", "")),
        until=_day(sent.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
