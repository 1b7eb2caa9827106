"""The desk's page of an event's tests: what they ask, whether they are open, what a certificate asks for."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.assessment import service
from trainreg.assessment.attempts import close_test
from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.forms import (
    ConditionsForm,
    TestQuestionForm,
    conditions_form,
    filled_question,
    fresh_question,
    option_words,
)
from trainreg.assessment.models import TestQuestion
from trainreg.assessment.queries import answered_ids, get_question, list_questions, plan_of
from trainreg.assessment.rules import Kind, Occasion
from trainreg.assessment.words import KIND_WORDS, OCCASION_WORDS
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import Form, answer
from trainreg.web.safety import keeps_typed

TESTS = "/desk/events/<slug>/tests"
NEW = f"{TESTS}/questions/new"
ONE = f"{TESTS}/questions/<int(max=2147483647):test_question_id>"
Answer = tuple[str, int] | Response


@blueprint.get(TESTS)
@needs(Permission.VIEW_EVENTS, project=project_of_event)
def tests_page(slug: str) -> Answer:
    event = get_event(slug)
    return _page(conditions_form(plan_of(event.id)), event)


@blueprint.post(f"{TESTS}/conditions")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def set_conditions(slug: str) -> Answer:
    event, form = get_event(slug), ConditionsForm()
    if not form.validate():
        return _page(form, event)
    needs_evaluation = bool(form.needs_evaluation.data)
    service.set_conditions(event, pass_mark=form.share, needs_evaluation=needs_evaluation, by=current_actor())
    db.session.commit()
    flash(_("The conditions are saved."), "good")
    return _back(slug)


@blueprint.post(f"{TESTS}/state")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def set_test_state(slug: str) -> Answer:
    event, occasion = get_event(slug), occasion_from(request.form.get("occasion", "pre"))
    opens = request.form.get("action") != "close"
    try:
        (service.open_test if opens else close_test)(event, occasion, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        return _refused(slug, refusal)
    db.session.commit()
    flash(_("The test is open.") if opens else _("The test is closed."), "good")
    return _back(slug)


@blueprint.get(NEW)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def new_question(slug: str) -> Answer:
    return _question_page(fresh_question(_kind(Kind.ONE_CHOICE)), get_event(slug))


@blueprint.post(NEW)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def add_question(slug: str) -> Answer:
    event, form = get_event(slug), TestQuestionForm(_kind(Kind.ONE_CHOICE))
    if not form.validate():
        return _question_page(form, event)
    try:
        service.add_question(event, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _question_page(form, get_event(slug))
    db.session.commit()
    flash(_("The question is in the test."), "good")
    return _back(slug)


@blueprint.get(ONE)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def edit_question(slug: str, test_question_id: int) -> Answer:
    event = get_event(slug)
    question = get_question(event.id, test_question_id)
    return _question_page(filled_question(question, question.kind), event, question)


@blueprint.post(ONE)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def save_question(slug: str, test_question_id: int) -> Answer:
    event = get_event(slug)
    question = get_question(event.id, test_question_id)
    form = TestQuestionForm(question.kind)
    if not form.validate():
        return _question_page(form, event, question)
    try:
        service.edit_question(event, test_question_id, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        event = get_event(slug)
        return _question_page(form, event, get_question(event.id, test_question_id))
    db.session.commit()
    flash(_("The question is saved."), "good")
    return _back(slug)


@blueprint.post(f"{ONE}/do")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def do_with_question(slug: str, test_question_id: int) -> Answer:
    """Move it or take it out."""
    event, by = get_event(slug), current_actor()
    get_question(event.id, test_question_id)
    verbs: dict[str, Callable[[], object]] = {
        "up": lambda: service.move_question(event, test_question_id, -1, by=by),
        "down": lambda: service.move_question(event, test_question_id, 1, by=by),
        "remove": lambda: service.remove_question(event, test_question_id, by=by),
    }
    verb = verbs.get(request.form.get("action", ""))
    if verb is None:
        raise NotFound
    verb()
    db.session.commit()
    return redirect(url_for("assessment.tests_page", slug=slug, _anchor="questions"), 303)


def occasion_from(text: str) -> Occasion:
    """Which of the two tests; raises NotFound for anything else."""
    if text not in set(Occasion):
        raise NotFound
    return Occasion(text)


def _kind(otherwise: Kind) -> Kind:
    """The kind that the address asks for."""
    text = request.args.get("kind", "")
    return Kind(text) if text in set(Kind) else otherwise


def _page(form: Form, event: Event) -> Answer:
    questions = list_questions(event.id)
    return answer(
        "assessment/tests_page.html",
        form,
        event=event,
        plan=plan_of(event.id),
        questions=questions,
        answered=answered_ids(event.id),
        kinds=KIND_WORDS,
        occasions=OCCASION_WORDS,
        options={question.id: option_words(question) for question in questions},
    )


def _question_page(form: TestQuestionForm, event: Event, question: TestQuestion | None = None) -> Answer:
    form.show_rows()
    return answer(
        "assessment/question_page.html",
        form,
        event=event,
        question=question,
        kind=form.kind,
        kinds=KIND_WORDS,
        is_frozen=question is not None and question.id in answered_ids(event.id),
    )


def _refused(slug: str, refusal: Refused) -> Answer:
    event = get_event(slug)
    form = conditions_form(plan_of(event.id))
    form.refuse(refusal)
    return _page(form, event)


def _back(slug: str) -> Response:
    return redirect(url_for("assessment.tests_page", slug=slug), 303)
