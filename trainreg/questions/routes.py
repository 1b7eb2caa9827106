"""The desk's page of an event's form: standard fields, questions, their order."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.questions import service
from trainreg.questions.builder_forms import QuestionForm, StandardForm, filled_question, standard_form
from trainreg.questions.queries import answered_ids, form_of, has_answers
from trainreg.questions.rules import LONGEST, Asked, FormSpec, Kind, StandardField
from trainreg.questions.words import KIND_WORDS, condition_words
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.safety import keeps_typed

blueprint = Blueprint("questions", __name__)
FORM = "/desk/events/<slug>/form"
ONE = f"{FORM}/questions/<int(max=2147483647):question_id>"
Answer = tuple[str, int] | Response


@blueprint.get(FORM)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def form_page(slug: str) -> Answer:
    event = get_event(slug)
    spec = form_of(event.id)
    return _page(standard_form(spec), event, spec)


@blueprint.post(FORM)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def save_standard(slug: str) -> Answer:
    event, form = get_event(slug), StandardForm()
    if not form.validate():
        return _page(form, event, form_of(event.id))
    service.set_standard(event, form.wanted(), by=current_actor())
    db.session.commit()
    flash(_("The standard fields are saved."), "good")
    return _back(slug)


@blueprint.get(f"{FORM}/questions/new")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def new_question(slug: str) -> Answer:
    event = get_event(slug)
    return _question_page(QuestionForm(_kind(Kind.SHORT_TEXT), form_of(event.id).questions), event)


@blueprint.post(f"{FORM}/questions/new")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def add_question(slug: str) -> Answer:
    event = get_event(slug)
    form = QuestionForm(_kind(Kind.SHORT_TEXT), form_of(event.id).questions)
    if request.form.get("press") == "more":
        form.show_rows(more=4)
        return _question_page(form, event)
    if not form.validate():
        return _question_page(form, event)
    try:
        service.add_question(event, form.details(), by=current_actor())
    except Refused as refusal:
        return _refused(form, refusal, slug)
    db.session.commit()
    flash(_("The question is on the form."), "good")
    return _back(slug)


@blueprint.get(ONE)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def edit_question(slug: str, question_id: int) -> Answer:
    event = get_event(slug)
    question, before = _question_of(event, question_id)
    return _question_page(filled_question(question, _kind(question.kind), before), event, question)


@blueprint.post(ONE)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def save_question(slug: str, question_id: int) -> Answer:
    event = get_event(slug)
    question, before = _question_of(event, question_id)
    form = QuestionForm(_kind(question.kind), before)
    if request.form.get("press") == "more":
        form.show_rows(more=4)
        return _question_page(form, event, question)
    if not form.validate():
        return _question_page(form, event, question)
    try:
        service.edit_question(event, question_id, form.details(), by=current_actor())
    except Refused as refusal:
        return _refused(form, refusal, slug, question)
    db.session.commit()
    flash(_("The question is saved."), "good")
    return _back(slug)


@blueprint.post(f"{ONE}/do")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def do_with_question(slug: str, question_id: int) -> Answer:
    """Move it, retire it, ask it again or remove it."""
    event, by = get_event(slug), current_actor()
    verbs: dict[str, Callable[[], object]] = {
        "up": lambda: service.move_question(event, question_id, -1, by=by),
        "down": lambda: service.move_question(event, question_id, 1, by=by),
        "retire": lambda: service.retire_question(event, question_id, by=by),
        "restore": lambda: service.restore_question(event, question_id, by=by),
        "remove": lambda: service.remove_question(event, question_id, by=by),
    }
    verb = verbs.get(request.form.get("action", ""))
    if verb is None:
        raise NotFound
    try:
        verb()
    except NotFound:
        raise
    except Refused as refusal:
        db.session.rollback()
        event = get_event(slug)
        spec = form_of(event.id)
        form = standard_form(spec)
        form.refuse(refusal)
        return _page(form, event, spec)
    db.session.commit()
    return redirect(url_for("questions.form_page", slug=slug) + f"#question-{question_id}", 303)


def _kind(otherwise: Kind) -> Kind:
    """The kind that the address asks for."""
    try:
        return Kind(request.args.get("kind", otherwise))
    except ValueError:
        return otherwise


def _question_of(event: Event, question_id: int) -> tuple[Asked, tuple[Asked, ...]]:
    """A question of this event, and those that stand before it."""
    questions = form_of(event.id).questions
    for place, question in enumerate(questions):
        if question.id == question_id:
            return question, questions[:place]
    raise NotFound


def _page(form: StandardForm, event: Event, spec: FormSpec) -> Answer:
    language = current_language()
    return answer(
        "questions/form_page.html",
        form,
        event=event,
        spec=spec,
        standard=[form[name.value] for name in StandardField],
        kinds=KIND_WORDS,
        answered=answered_ids(event.id),
        conditions={one.id: condition_words(one, spec, language) for one in spec.questions},
    )


def _question_page(form: QuestionForm, event: Event, question: Asked | None = None) -> Answer:
    form.show_rows()
    language = current_language()
    left_out = [one for one in question.choices if not one.is_offered] if question is not None else []
    return answer(
        "questions/question_page.html",
        form,
        event=event,
        question=question,
        kind=form.kind,
        kinds=KIND_WORDS,
        longest=LONGEST.get(form.kind),
        is_answered=question is not None and has_answers(question.id),
        left_out=[in_language(one.label, language) for one in left_out],
    )


def _refused(form: QuestionForm, refusal: Refused, slug: str, question: Asked | None = None) -> Answer:
    db.session.rollback()
    form.refuse(refusal)
    return _question_page(form, get_event(slug), question)


def _back(slug: str) -> Response:
    return redirect(url_for("questions.form_page", slug=slug), 303)
