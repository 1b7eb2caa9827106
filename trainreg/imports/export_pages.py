"""Hand out lists as CSV and XLSX: by right, written down, and by POST, because it is written down."""

from collections.abc import Callable

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.accounts.queries import get_user
from trainreg.audit import service as audit
from trainreg.events.queries import get_event, project_of_event
from trainreg.imports import exports
from trainreg.imports.blueprint import blueprint
from trainreg.imports.export_attendance import attendance
from trainreg.imports.exports import Table
from trainreg.kernel.db import Row, db, reading
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.outbox.models import MessageStatus
from trainreg.programme.queries import get_project, project_of_code
from trainreg.registration.filters import filters_of
from trainreg.web.access import current_actor, may, needs
from trainreg.web.downloads import asked_format, download
from trainreg.web.locale import current_language

audit.describes(
    {
        "event.registrations_taken": _l("List of registrations handed out as %(format)s"),
        "event.contacts_taken": _l("List of registrations with contacts handed out as %(format)s"),
        "event.attendance_taken": _l("List of attendance handed out as %(format)s"),
        "project.events_taken": _l("List of events handed out as %(format)s"),
        "account.agencies_taken": _l("List of agencies handed out as %(format)s"),
        "account.messages_taken": _l("List of messages handed out as %(format)s"),
    }
)


@blueprint.post("/desk/events/<slug>/registrations/export")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def export_registrations(slug: str) -> Response:
    event, language = get_event(slug), current_language()
    wanted, sees = filters_of(event).wanted, may(Permission.VIEW_CONTACTS, project_id=event.project_id)
    return _hand_out(
        "event.contacts_taken" if sees else "event.registrations_taken",
        event,
        _("Registrations"),
        lambda: exports.registrations(event, wanted, language=language, with_contacts=sees),
        project_id=event.project_id,
    )


@blueprint.post("/desk/events/<slug>/attendance/export")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def export_attendance(slug: str) -> Response:
    event, language = get_event(slug), current_language()
    return _hand_out(
        "event.attendance_taken",
        event,
        _("Attendance"),
        lambda: attendance(event, language=language),
        project_id=event.project_id,
    )


@blueprint.post("/desk/projects/<code>/events/export")
@needs(Permission.VIEW_EVENTS, project=project_of_code)
def export_events(code: str) -> Response:
    project, language = get_project(code), current_language()
    return _hand_out(
        "project.events_taken",
        project,
        _("Events"),
        lambda: exports.events(project, language=language),
        project_id=project.id,
    )


@blueprint.post("/desk/agencies/export")
@needs(Permission.MANAGE_AGENCIES)
def export_agencies() -> Response:
    return _hand_out("account.agencies_taken", _own_account(), _("Agencies"), exports.agencies)


@blueprint.post("/desk/messages/export")
@needs(Permission.MANAGE_ACCOUNTS)
def export_messages() -> Response:
    text = request.form.get("status", "")
    if text and text not in set(MessageStatus):
        raise NotFound
    status = MessageStatus(text) if text else None
    return _hand_out("account.messages_taken", _own_account(), _("Messages"), lambda: exports.messages(status))


def _own_account() -> Row:
    """Lists that belong to no project stand in the history of the account that took them."""
    user_id = current_actor().user_id
    if user_id is None:
        raise NotFound
    return get_user(user_id)


def _hand_out(
    action: str, subject: Row, title: str, table: Callable[[], Table], *, project_id: int | None = None
) -> Response:
    """Write down who took the list, then read and send it; nothing is locked while it is read."""
    form = asked_format(request.form.get("format"))
    audit.record(action, subject, by=current_actor(), project_id=project_id, format=form.value.upper())
    db.session.commit()
    with reading():
        made = table()
        response = download(form, made.header, made.rows, name=made.name, title=title)
        db.session.rollback()
    return response
