"""After the paper came back: enter a page in the order of its rows, by keyboard or as a plain form."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.agencies.queries import find_agency_by_code, list_agencies
from trainreg.attendance import service as attendance
from trainreg.attendance.forms import Marks, marks_in
from trainreg.attendance.queries import list_marks
from trainreg.attendance.rules import AttendanceState, Source, is_open_for_marks
from trainreg.attendance.words import state_words
from trainreg.events.models import Event, Session
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.paper.blueprint import blueprint
from trainreg.paper.forms import WalkInForm
from trainreg.paper.models import SignInSheet
from trainreg.paper.queries import get_sheet, people_of, sessions_of
from trainreg.paper.rules import SheetPage, pages_of
from trainreg.paper.walk_ins import enter_walk_in
from trainreg.paper.words import session_words
from trainreg.questions.queries import asks_age
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.access import current_actor, may, needs, principal
from trainreg.web.forms import Form
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit, keeps_typed

ADDRESS = "/desk/events/<slug>/sheets/<sheet_key>/<int(max=9999):page>"


@dataclass(frozen=True)
class Line:
    """One row of the page: its number on the paper, who stands there, and what is known of each session."""

    number: int
    registration: Registration
    states: dict[int, AttendanceState | None]

    @property
    def is_confirmed(self) -> bool:
        return self.registration.status is RegistrationStatus.CONFIRMED


@dataclass(frozen=True)
class Opened:
    """A page of a sheet with its rows."""

    event: Event
    sheet: SignInSheet
    sessions: Sequence[Session]
    page: SheetPage
    pages: int
    lines: Sequence[Line]

    @property
    def open_sessions(self) -> list[Session]:
        now = clock.now()
        return [one for one in self.sessions if is_open_for_marks(now=now, starts_at=one.starts_at)]


class EntryForm(Form):
    """Holds the token; the marks are read by `marks_in`."""


@blueprint.get(ADDRESS)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def entry(slug: str, sheet_key: str, page: int) -> tuple[str, int]:
    return _answer(_open(slug, sheet_key, page))


@blueprint.post(ADDRESS)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
@body_limit(256 * 1024)
def enter(slug: str, sheet_key: str, page: int) -> tuple[str, int] | Response:
    """Save the page; with `rest`, whoever is left without a mark was absent."""
    opened, form = _open(slug, sheet_key, page), EntryForm()
    marks: Marks = {}
    try:
        marks = marks_in(request.form.items())
        if not form.validate():
            return _answer(opened, form, typed=marks)
        rest = set(_unmarked(opened)) - marks.keys() if "rest" in request.form else set()
        changed = attendance.mark_many(
            opened.event,
            {**dict.fromkeys(rest, AttendanceState.ABSENT), **marks},
            by=current_actor(),
            source=Source.SHEET,
            only_unmarked=rest,
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _answer(_open(slug, sheet_key, page), form, typed=marks)
    db.session.commit()
    flash(ngettext("%(num)s mark saved.", "%(num)s marks saved.", changed) if changed else _("Nothing to save."))
    onward = page + 1 if "next" in request.form and page < opened.pages else page
    return redirect(url_for(".entry", slug=slug, sheet_key=sheet_key, page=onward), 303)


@blueprint.post(f"{ADDRESS}/walk-in")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
def add_walk_in(slug: str, sheet_key: str, page: int) -> tuple[str, int] | Response:
    opened, form, language = _open(slug, sheet_key, page), WalkInForm(), current_language()
    form.offer(list_agencies(), language, asks_age=asks_age(opened.event.id))
    try:
        if not form.validate():
            return _answer(opened, walk_in=form)
        registration = enter_walk_in(
            opened.sheet,
            opened.event,
            form.details(language),
            agency=find_agency_by_code(form.agency.data),
            sessions=opened.open_sessions,
            same_as=form.same_as,
            known_to=principal().project_ids(Permission.VIEW_NAMES),
            language=language,
            by=current_actor(),
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _answer(_open(slug, sheet_key, page), walk_in=form)
    number = opened.sheet.people.index(registration.id) + 1
    db.session.commit()
    flash(_("%(name)s stands in row %(number)s, and is present.", name=registration.person.name, number=number), "good")
    return redirect(url_for(".entry", slug=slug, sheet_key=sheet_key, page=page), 303)


def _open(slug: str, sheet_key: str, number: int) -> Opened:
    event = get_event(slug)
    sheet = get_sheet(event, sheet_key)
    people, sessions = people_of(sheet), sessions_of(sheet, event)
    pages = pages_of(len(people), sheet.blank_rows)
    if not 0 < number <= len(pages):
        raise NotFound
    page = pages[number - 1]
    on_page = people[page.first : page.last]
    marks = list_marks([one.id for one in on_page])
    lines = [
        Line(
            page.first + place,
            one,
            {session.id: row.state if (row := marks.get((one.id, session.id))) else None for session in sessions},
        )
        for place, one in enumerate(on_page, 1)
    ]
    return Opened(event, sheet, sessions, page, len(pages), lines)


def _unmarked(opened: Opened) -> list[tuple[int, int]]:
    open_now = {session.id for session in opened.open_sessions}
    return [
        (line.registration.id, session_id)
        for line in opened.lines
        for session_id, state in line.states.items()
        if line.is_confirmed and state is None and session_id in open_now
    ]


def _answer(
    opened: Opened, form: EntryForm | None = None, *, typed: Marks | None = None, walk_in: WalkInForm | None = None
) -> tuple[str, int]:
    event = opened.event
    may_add = may(Permission.DECIDE_REGISTRATIONS, project_id=event.project_id) and bool(opened.page.blank)
    if may_add and walk_in is None:
        walk_in = WalkInForm(formdata=None)
        walk_in.offer(list_agencies(), current_language(), asks_age=asks_age(event.id))
    refused = form if form and form.errors else walk_in if walk_in and walk_in.errors else None
    page = render_template(
        "paper/entry.html",
        event=event,
        opened=opened,
        form=form or EntryForm(formdata=None),
        refused=refused,
        typed=typed or {},
        walk_in=walk_in,
        words=state_words(),
        label=session_words,
        may_mark=may(Permission.TAKE_ATTENDANCE, project_id=event.project_id),
    )
    return page, refused.status if refused else 200
