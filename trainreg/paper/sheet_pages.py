"""The sheets of an event: make one, fetch it, and the scans that came back."""

import io
from urllib.parse import quote

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trainreg.attendance.queries import list_confirmed
from trainreg.certificates.downloads import file_download
from trainreg.events.models import Event, Session
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.paper import service
from trainreg.paper.blueprint import blueprint
from trainreg.paper.content import content_of, languages_of, row_list
from trainreg.paper.forms import MOST_MEGABYTES, PrintForm, ScanForm
from trainreg.paper.queries import days_of, get_scan, get_sheet, list_scans, list_sheets
from trainreg.paper.refusals import NothingToSign
from trainreg.paper.rules import pages_of
from trainreg.paper.scans import LARGEST_SCAN, code_in
from trainreg.paper.sheets_pdf import draw_sheet, undrawable
from trainreg.paper.words import session_choices, sheet_choices
from trainreg.web.access import current_actor, needs
from trainreg.web.safety import body_limit, keeps_typed

LIST = "/desk/events/<slug>/sheets"


@blueprint.get(LIST)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def sheets(slug: str) -> tuple[str, int]:
    return _page(get_event(slug))


@blueprint.post(LIST)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
def print_sheet(slug: str) -> tuple[str, int] | AnyResponse:
    event, form = get_event(slug), PrintForm()
    try:
        if not form.validate():
            return _page(event, to_print=form)
        chosen = _chosen(event, form.what.data or "")
        sheet = service.print_sheet(event, chosen, blank_rows=form.blank_rows.data or 0, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_event(slug), to_print=form)
    db.session.commit()
    flash(_("The sheet is ready: fetch it as a PDF. What is entered later follows its order."), "good")
    return redirect(url_for(".entry", slug=slug, sheet_key=sheet.key, page=1), 303)


@blueprint.get(f"{LIST}/<sheet_key>.pdf")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def sheet_pdf(slug: str, sheet_key: str) -> Response:
    event = get_event(slug)
    content = draw_sheet(content_of(get_sheet(event, sheet_key), event))
    return file_download(io.BytesIO(content), f"{slug}-sheet-{sheet_key}.pdf", "application/pdf")


@blueprint.post(f"{LIST}/scans")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
@body_limit(LARGEST_SCAN + 64 * 1024)
def send_scan(slug: str) -> tuple[str, int] | AnyResponse:
    event, form = get_event(slug), ScanForm()
    try:
        if not form.validate():
            return _page(event, to_keep=form)
        upload = form.upload()
        db.session.rollback()  # nobody waits for the database while a picture is read
        code = code_in(upload)
        event = get_event(slug)
        session = next((one for one in event.planned_sessions if str(one.id) == form.session.data), None)
        scan = service.keep_scan(event, upload, code=code, session=session, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_event(slug), to_keep=form)
    db.session.commit()
    if scan.sheet_id:
        flash(_("The scan is kept: page %(page)s of sheet %(sheet)s.", page=scan.page, sheet=code and code.key), "good")
    else:
        flash(_("The scan is kept with its session."), "good")
    return redirect(url_for(".sheets", slug=slug, _anchor="scans"), 303)


@blueprint.post(f"{LIST}/scans/<int(max=2147483647):scan_id>")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def fetch_scan(slug: str, scan_id: int) -> Response:
    """Hand a scan out, by POST, because it is written down who was handed it."""
    event = get_event(slug)
    scan = get_scan(event, scan_id)
    service.note_fetched(event, scan, by=current_actor())
    content, name, media_type = scan.content, scan.name, scan.kind.media_type
    db.session.commit()
    response = file_download(io.BytesIO(content), "scan", media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.post(f"{LIST}/scans/<int(max=2147483647):scan_id>/delete")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def delete_scan(slug: str, scan_id: int) -> AnyResponse:
    event = get_event(slug)
    service.delete_scan(event, get_scan(event, scan_id), by=current_actor())
    db.session.commit()
    flash(_("The scan is deleted."))
    return redirect(url_for(".sheets", slug=slug, _anchor="scans"), 303)


def _chosen(event: Event, what: str) -> list[Session]:
    """The sessions that a choice of the page means."""
    for session in event.planned_sessions:
        if what == f"session:{session.id}":
            return [session]
    for day in days_of(event):
        if what == f"day:{day.on.isoformat()}":
            return list(day.sessions)
    raise NothingToSign


def _page(event: Event, *, to_print: PrintForm | None = None, to_keep: ScanForm | None = None) -> tuple[str, int]:
    printing, keeping = to_print or PrintForm(formdata=None), to_keep or ScanForm(formdata=None)
    printing.what.choices = sheet_choices(event)
    keeping.session.choices = [("", _("As the code on the page says")), *session_choices(event)]
    people = list_confirmed(event.id)
    refused = next((form for form in (to_print, to_keep) if form is not None and form.errors), None)
    page = render_template(
        "paper/sheets.html",
        event=event,
        form=printing,
        scan_form=keeping,
        refused=refused,
        people=len(people),
        problems=undrawable(row_list(people, languages_of(event)[0])),
        sheets=[(sheet, len(pages_of(len(sheet.people), sheet.blank_rows))) for sheet in list_sheets(event.id)],
        sessions={session.id: session for session in event.sessions},
        scans=list_scans(event.id),
        megabytes=MOST_MEGABYTES,
        typed_in=request.method == "POST",
    )
    return page, refused.status if refused else 200
