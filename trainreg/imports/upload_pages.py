"""Send a spreadsheet: people and agencies for the house, registrations and attendance for an event, past events."""

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.imports import service
from trainreg.imports.blueprint import blueprint
from trainreg.imports.forms import RegistrationsForm, UploadForm
from trainreg.imports.importers import IMPORTERS
from trainreg.imports.plan import Place
from trainreg.imports.queries import runs_for
from trainreg.imports.rules import PERMISSIONS, ImportKind
from trainreg.imports.words import KIND_LEDES, KIND_WORDS, RUN_TONES, RUN_WORDS
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.kernel.sheets import LARGEST_FILE, read_sheet
from trainreg.programme.models import Project
from trainreg.programme.queries import get_project, project_of_code
from trainreg.web.access import current_actor, may, needs, principal
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import page_of
from trainreg.web.safety import body_limit, keeps_typed

Answer = tuple[str, int] | Response
LARGEST_BODY = LARGEST_FILE + 64 * 1024
OF_THE_HOUSE = {ImportKind.PEOPLE, ImportKind.AGENCIES}
OF_AN_EVENT = {ImportKind.REGISTRATIONS, ImportKind.ATTENDANCE}
offer(
    Entry(
        _l("Imports"),
        "imports.run_list",
        Permission.DECIDE_REGISTRATIONS,
        75,
        stands_for=lambda endpoint: endpoint.startswith("imports."),
    )
)


@blueprint.get("/desk/imports")
@needs(Permission.DECIDE_REGISTRATIONS)
def run_list() -> str:
    page = page_of(runs_for(principal()))
    offered = [kind for kind in (ImportKind.PEOPLE, ImportKind.AGENCIES) if may(PERMISSIONS[kind])]
    words = {"kinds": KIND_WORDS, "statuses": RUN_WORDS, "tones": RUN_TONES}
    return render_template("imports/run_list.html", page=page, offered=offered, **words)


@blueprint.get("/desk/imports/new/<kind>")
@needs(Permission.MANAGE_AGENCIES)
def new_import(kind: str) -> Answer:
    return _page(_kind(kind, OF_THE_HOUSE))


@blueprint.post("/desk/imports/new/<kind>", endpoint="send_import")
@needs(Permission.MANAGE_AGENCIES)
@keeps_typed
@body_limit(LARGEST_BODY)
def send_import(kind: str) -> Answer:
    return _receive(_kind(kind, OF_THE_HOUSE))


@blueprint.get("/desk/events/<slug>/import/<rows>")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def new_event_import(slug: str, rows: str) -> Answer:
    return _page(_kind(rows, OF_AN_EVENT), event=get_event(slug))


@blueprint.post("/desk/events/<slug>/import/<rows>", endpoint="send_event_import")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
@body_limit(LARGEST_BODY)
def send_event_import(slug: str, rows: str) -> Answer:
    return _receive(_kind(rows, OF_AN_EVENT), event=get_event(slug))


@blueprint.get("/desk/projects/<code>/import-events")
@needs(Permission.EDIT_EVENTS, project=project_of_code)
def new_past_events(code: str) -> Answer:
    return _page(ImportKind.PAST_EVENTS, project=get_project(code))


@blueprint.post("/desk/projects/<code>/import-events", endpoint="send_past_events")
@needs(Permission.EDIT_EVENTS, project=project_of_code)
@keeps_typed
@body_limit(LARGEST_BODY)
def send_past_events(code: str) -> Answer:
    return _receive(ImportKind.PAST_EVENTS, project=get_project(code))


def _kind(text: str, among: set[ImportKind]) -> ImportKind:
    found = next((kind for kind in among if kind.value == text), None)
    if found is None:
        raise NotFound
    return found


def _form(kind: ImportKind) -> UploadForm:
    return RegistrationsForm() if kind is ImportKind.REGISTRATIONS else UploadForm()


def _page(
    kind: ImportKind, form: UploadForm | None = None, *, event: Event | None = None, project: Project | None = None
) -> Answer:
    place = Place(event, event.project if event else project, language=current_language())
    return answer(
        "imports/new_import.html",
        form or _form(kind),
        kind=kind,
        title=KIND_WORDS[kind],
        lede=KIND_LEDES[kind],
        event=event,
        project=place.project,
        columns=IMPORTERS[kind].columns(place),
        one_of=IMPORTERS[kind].one_of,
        megabytes=LARGEST_FILE // 1024**2,
    )


def _receive(kind: ImportKind, *, event: Event | None = None, project: Project | None = None) -> Answer:
    form, by = _form(kind), current_actor()
    if not form.validate():
        return _page(kind, form, event=event, project=project)
    try:
        data, filename = form.upload()
        db.session.rollback()  # reading takes a while, and the one write lock of SQLite is not held meanwhile
        upload = service.Upload(data, filename, read_sheet(data, filename))
        run = service.start(
            kind,
            upload,
            by=by,
            language=current_language(),
            event=event,
            project=project,
            options=form.options(),
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(kind, form, event=event, project=project)
    db.session.commit()
    return redirect(url_for("imports.run_page", run_id=run.id), 303)
