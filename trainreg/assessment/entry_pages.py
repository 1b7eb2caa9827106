"""Tests on paper: a fast entry screen, and marking written answers without names."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.assessment.bank_pages import TESTS, occasion_from
from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.forms import PressForm, option_words
from trainreg.assessment.paper import enter_sheets, entry_rows, list_to_mark, mark
from trainreg.assessment.queries import list_questions, posed_from
from trainreg.assessment.refusals import NotSoManyPoints
from trainreg.assessment.rules import Posed, Stored, number_from, typed
from trainreg.assessment.words import OCCASION_WORDS
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import Form, answer
from trainreg.web.safety import body_limit, keeps_typed

ENTRY = f"{TESTS}/<occasion>/entry"
MARKING = f"{TESTS}/marking"
WHOLE_ENTRY = 1024 * 1024  # 300 people by 30 questions are about 300 kB
Answer = tuple[str, int] | Response


@blueprint.get(ENTRY)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def entry_page(slug: str, occasion: str) -> Answer:
    return _entry(get_event(slug), occasion, PressForm(formdata=None))


@blueprint.post(ENTRY)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
@body_limit(WHOLE_ENTRY)
def save_entry(slug: str, occasion: str) -> Answer:
    """Keep the rows that can be read; those that cannot are named, and nothing of them is kept."""
    event, form = get_event(slug), PressForm()
    which = occasion_from(occasion)
    posed = {question.id: posed_from(question) for question in list_questions(event.id, which)}
    if not form.validate():
        return _entry(event, occasion, form, request.form)
    sheets, unread = _sheets(posed)
    try:
        changed = enter_sheets(event, which, sheets, by=current_actor())
    except NotFound:
        raise
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _entry(get_event(slug), occasion, form, request.form)
    db.session.commit()
    if unread:
        form.form_errors.append(_("%(cells)s stand for no answer. The rows with them are not saved.", cells=unread))
        return _entry(event, occasion, form, request.form)
    flash(ngettext("%(num)s sheet saved.", "%(num)s sheets saved.", changed) if changed else _("Nothing to save."))
    return redirect(url_for(".entry_page", slug=slug, occasion=occasion), 303)


def _sheets(posed: Mapping[int, Posed]) -> tuple[dict[int, dict[int, Stored]], str]:
    """The rows of the screen, and the keys that stand for nothing."""
    sheets: dict[int, dict[int, Stored]] = {}
    bad, unread = set(), []
    for name, text in request.form.items():
        parts = name.split(".")
        if parts[0] != "a":
            continue
        if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts[1:]):
            raise NotFound
        registration_id, question_id = int(parts[1]), int(parts[2])
        if question_id not in posed:
            raise NotFound
        try:
            sheets.setdefault(registration_id, {})[question_id] = typed(posed[question_id], text.replace("\x00", ""))
        except ValueError:
            bad.add(registration_id)
            unread.append(f"“{text[:12]}”")
    return {key: row for key, row in sheets.items() if key not in bad}, ", ".join(dict.fromkeys(unread[:8]))


def _entry(event: Event, occasion: str, form: Form, sent: Mapping[str, str] | None = None) -> Answer:
    which = occasion_from(occasion)
    questions = list_questions(event.id, which)
    return answer(
        "assessment/entry_page.html",
        form,
        event=event,
        occasion=which,
        occasions=OCCASION_WORDS,
        questions=questions,
        options={question.id: option_words(question) for question in questions},
        rows=entry_rows(event, which, questions),
        sent=sent or {},
    )


@blueprint.get(MARKING)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def marking_page(slug: str) -> Answer:
    return _marking(get_event(slug), PressForm(formdata=None))


@blueprint.post(MARKING)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
def save_marks(slug: str) -> Answer:
    event, form = get_event(slug), PressForm()
    if not form.validate():
        return _marking(event, form)
    try:
        marked = mark(event, _points(), by=current_actor())
    except NotFound:
        raise
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _marking(get_event(slug), form)
    db.session.commit()
    flash(ngettext("%(num)s mark saved.", "%(num)s marks saved.", marked) if marked else _("Nothing to save."))
    return redirect(url_for(".marking_page", slug=slug), 303)


def _points() -> dict[int, Decimal]:
    points = {}
    for name, text in request.form.items():
        number = name.removeprefix("points-")
        if number == name or not text.strip():
            continue
        if not (number.isascii() and number.isdecimal() and len(number) < 10):
            raise NotFound
        try:
            points[int(number)] = number_from(text.strip()[:20]).quantize(Decimal("0.01"))
        except ValueError as error:
            raise NotSoManyPoints from error
    return points


def _marking(event: Event, form: Form) -> Answer:
    shows_all = request.args.get("show") == "all"
    waiting = list_to_mark(event, also_marked=shows_all)
    context: dict[str, Any] = {"event": event, "waiting": waiting, "shows_all": shows_all}
    return answer("assessment/marking_page.html", form, **context)
