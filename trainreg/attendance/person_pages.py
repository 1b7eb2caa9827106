"""One person at all sessions of an event: marks with their minutes, and everything that was ever said of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.attendance import service
from trainreg.attendance.blueprint import blueprint
from trainreg.attendance.forms import GridForm, marks_of_person
from trainreg.attendance.models import AttendanceChange
from trainreg.attendance.queries import list_changes_of, list_marks
from trainreg.attendance.rules import Mark, is_open_for_marks
from trainreg.attendance.words import SOURCE_WORDS, mark_words, state_words
from trainreg.audit.sentences import actor_words
from trainreg.events.models import Session
from trainreg.events.queries import project_of_event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.registration.models import Registration
from trainreg.registration.queries import get_registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.access import current_actor, may, needs
from trainreg.web.forms import answer
from trainreg.web.safety import keeps_typed

ADDRESS = "/desk/events/<slug>/attendance/people/<reference>"


@dataclass(frozen=True)
class Told:
    """One line of the ledger in words."""

    at: datetime
    before: str
    after: str
    source: str
    actor: str
    undoes: bool
    confirms: bool


@dataclass(frozen=True)
class Line:
    """One session of the person's page."""

    session: Session
    mark: Mark | None
    is_open: bool
    history: Sequence[Told]

    @property
    def shown(self) -> str:
        """What the page shows, as one text: what comes back unchanged changes nothing."""
        if self.mark is None:
            return ".."
        late, left = (str(minutes or "") for minutes in (self.mark.late_minutes, self.mark.left_early_minutes))
        return f"{self.mark.state.value}.{late}.{left}"


@blueprint.get(ADDRESS)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def person(slug: str, reference: str) -> tuple[str, int]:
    return _page(get_registration(slug, reference), GridForm(formdata=None))


@blueprint.post(ADDRESS)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
def save_person(slug: str, reference: str) -> tuple[str, int] | Response:
    registration, form = get_registration(slug, reference), GridForm()
    event = registration.event
    try:
        marks = marks_of_person(request.form, registration.id, [one.id for one in event.planned_sessions])
        if not form.validate():
            return _page(registration, form)
        changed = service.mark_many(event, marks, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_registration(slug, reference), form)
    db.session.commit()
    flash(ngettext("%(num)s mark saved.", "%(num)s marks saved.", changed))
    return redirect(url_for(".person", slug=slug, reference=reference), 303)


def _page(registration: Registration, form: GridForm) -> tuple[str, int]:
    event, now = registration.event, clock.now()
    marks, changes = list_marks([registration.id]), list_changes_of(registration.id)
    lines = []
    for session in event.planned_sessions:
        row = marks.get((registration.id, session.id))
        told = [_told(change) for change in changes if change.session_id == session.id]
        is_open = is_open_for_marks(now=now, starts_at=session.starts_at)
        lines.append(Line(session, row.mark if row else None, is_open, told))
    confirmed = registration.status is RegistrationStatus.CONFIRMED
    return answer(
        "attendance/person.html",
        form,
        event=event,
        registration=registration,
        lines=lines,
        typed=request.form if form.errors else {},
        words=state_words(),
        confirmed=confirmed,
        may_mark=confirmed and may(Permission.TAKE_ATTENDANCE, project_id=event.project_id),
    )


def _told(change: AttendanceChange) -> Told:
    batch = change.batch
    source = change.to_source or change.from_source
    return Told(
        batch.at,
        mark_words(change.before),
        mark_words(change.after),
        str(SOURCE_WORDS[source]) if source else "",
        actor_words(batch.actor_kind, batch.actor_label),
        batch.undoes_id is not None,
        change.is_confirmation,
    )
