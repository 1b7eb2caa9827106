"""Counts without names: a session's table to enter and correct, beside the named marks and never added to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order, list_agencies
from trainreg.attendance import unnamed
from trainreg.attendance.blueprint import blueprint
from trainreg.attendance.forms import GridForm
from trainreg.attendance.models import MOST_UNNAMED
from trainreg.attendance.queries import get_session, grid_of
from trainreg.attendance.rules import is_open_for_marks
from trainreg.events.models import Event, Session
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.numbers import key_from, whole_number
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.people.rules import Level, Sex
from trainreg.people.words import LEVEL_WORDS, SEX_WORDS
from trainreg.web.access import current_actor, may, needs
from trainreg.web.locale import current_language
from trainreg.web.safety import keeps_typed

ADDRESS = "/desk/events/<slug>/attendance/unnamed"
BLANK_LINES, MOST_LINES = 4, 400


class CountedTwice(Invalid):
    """Two lines speak of the same people."""

    sentence = _l("Two lines have the same agency, sex and level. Put their people on one line.")


class UnknownCell(Invalid):
    """A value that no list of the page offers."""

    sentence = _l("Choose agency, sex and level from the lists.")


@dataclass(frozen=True)
class Line:
    """One line of the page, as typed or as known."""

    agency: str
    sex: str
    level: str
    people: str


@blueprint.get(ADDRESS)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def unnamed_counts(slug: str) -> tuple[str, int]:
    event = get_event(slug)
    return _page(event, _asked(event, request.args.get("session")), GridForm(formdata=None))


@blueprint.post(ADDRESS)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
def save_counts(slug: str) -> tuple[str, int] | Response:
    event, form = get_event(slug), GridForm()
    session = _asked(event, request.form.get("session"))
    lines = _lines_in(request.form)
    try:
        if not form.validate():
            return _page(event, session, form, lines)
        if session is None:
            raise UnknownCell
        counts = _cells(lines, list_agencies(only_active=False))
        changed = unnamed.set_counts(event, session, counts, shown=request.form.get("shown", ""), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_event(slug), session, form, lines)
    db.session.commit()
    flash(ngettext("%(num)s count saved.", "%(num)s counts saved.", changed) if changed else _("Nothing to save."))
    return redirect(url_for(".unnamed_counts", slug=slug, session=session.id), 303)


def _asked(event: Event, text: str | None) -> Session | None:
    """The session in the address; without one, the first, if there is any."""
    if not text:
        return next(iter(event.planned_sessions), None)
    return get_session(event, key_from(text))


def _lines_in(values: MultiDict[str, str]) -> list[Line]:
    columns = [values.getlist(name)[:MOST_LINES] for name in ("agency", "sex", "level", "people")]
    return [Line(*(text.strip() for text in line)) for line in zip(*columns, strict=False)]


def _cells(lines: Sequence[Line], agencies: Iterable[Agency]) -> dict[unnamed.Cell, int]:
    """The lines that count somebody."""
    by_code = {agency.code: agency.id for agency in agencies}
    found: dict[unnamed.Cell, int] = {}
    for line in lines:
        if line.people in {"", "0"}:
            continue
        people = whole_number(line.people, digits=7)
        if people is None:
            raise unnamed.NoCount(most=MOST_UNNAMED)
        if (line.agency and line.agency not in by_code) or line.sex not in set(Sex) or line.level not in set(Level):
            raise UnknownCell
        cell = unnamed.Cell(by_code.get(line.agency), Sex(line.sex), Level(line.level))
        if cell in found:
            raise CountedTwice
        found[cell] = people
    return found


def _page(event: Event, session: Session | None, form: GridForm, typed: list[Line] | None = None) -> tuple[str, int]:
    counts = unnamed.counts_of(session) if session else []
    known = [
        Line(one.agency.code if one.agency else "", one.sex.value, one.level.value, str(one.people)) for one in counts
    ]
    blank = [Line("", Sex.NOT_STATED.value, Level.NOT_STATED.value, "")] * BLANK_LINES
    language = current_language()
    page = render_template(
        "attendance/unnamed.html",
        event=event,
        session=session,
        form=form,
        grid=grid_of(event),
        totals=unnamed.totals_of(event),
        counts=counts,
        conflict=form.status == 409 and bool(form.errors),
        shown=request.form.get("shown", "") if typed and form.status != 409 else unnamed.fingerprint(counts),
        lines=typed if typed is not None else [*known, *blank],
        agencies=in_tree_order(list_agencies(only_active=False), language),
        sexes=SEX_WORDS,
        levels=LEVEL_WORDS,
        is_open=session is not None and is_open_for_marks(now=clock.now(), starts_at=session.starts_at),
        may_count=may(Permission.TAKE_ATTENDANCE, project_id=event.project_id),
    )
    return page, form.status if form.errors else 200
