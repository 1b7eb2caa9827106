"""The desk's pages of an event's evaluations: what they ask, whether they are open, and a follow-up."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.assessment import evaluating
from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.evaluation_forms import FollowUpForm, ItemsForm, filled_items, follow_up_form
from trainreg.assessment.opinions import FEWEST, EvaluationState, When, may_reopen
from trainreg.assessment.queries import list_participants, plan_of
from trainreg.assessment.ready_made import READY_MADE
from trainreg.assessment.words import EVALUATION_STATE_WORDS, WHEN_WORDS
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import Form, answer
from trainreg.web.safety import keeps_typed

EVALUATION = "/desk/events/<slug>/evaluation"
ITEMS = f"{EVALUATION}/<when>/questions"
Answer = tuple[str, int] | Response


@blueprint.get(EVALUATION)
@needs(Permission.VIEW_EVENTS, project=project_of_event)
def evaluation_page(slug: str) -> Answer:
    event = get_event(slug)
    return _page(event, follow_up_form(plan_of(event.id)))


@blueprint.post(f"{EVALUATION}/<when>/state")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def set_evaluation_state(slug: str, when: str) -> Answer:
    """Take over the ready-made questions, open, or close."""
    event, which, by = get_event(slug), when_from(when), current_actor()
    action = request.form.get("action", "open")
    try:
        if action == "ready-made":
            evaluating.set_items(event, which, READY_MADE[which], by=by)
        else:
            (evaluating.close_evaluation if action == "close" else evaluating.open_evaluation)(event, which, by=by)
    except Refused as refusal:
        db.session.rollback()
        event = get_event(slug)
        form = follow_up_form(plan_of(event.id))
        form.refuse(refusal)
        return _page(event, form)
    db.session.commit()
    return redirect(url_for(".evaluation_page", slug=slug), 303)


@blueprint.post(f"{EVALUATION}/follow-up")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def set_follow_up(slug: str) -> Answer:
    event, form = get_event(slug), FollowUpForm()
    if not form.validate():
        return _page(event, form)
    evaluating.set_follow_up(event, form.wanted, by=current_actor())
    if form.wanted and not evaluating.list_items(event.id, When.FOLLOW_UP):
        evaluating.set_items(event, When.FOLLOW_UP, READY_MADE[When.FOLLOW_UP], by=current_actor())
    db.session.commit()
    flash(_("The follow-up is saved."), "good")
    return redirect(url_for(".evaluation_page", slug=slug), 303)


@blueprint.get(ITEMS)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def edit_items(slug: str, when: str) -> Answer:
    event, which = get_event(slug), when_from(when)
    return _items_page(event, which, filled_items(evaluating.list_items(event.id, which)))


@blueprint.post(ITEMS)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def save_items(slug: str, when: str) -> Answer:
    event, which, form = get_event(slug), when_from(when), ItemsForm()
    if not form.validate():
        return _items_page(event, which, form)
    try:
        evaluating.set_items(event, which, form.wanted(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _items_page(get_event(slug), which, form)
    db.session.commit()
    flash(_("The questions are saved."), "good")
    return redirect(url_for(".evaluation_page", slug=slug), 303)


def when_from(text: str) -> When:
    """Which evaluation an address means; raises NotFound."""
    known = {one.value.replace("_", "-"): one for one in When}
    if text not in known:
        raise NotFound
    return known[text]


def address_of(when: When) -> str:
    """How an address names it."""
    return when.value.replace("_", "-")


def _page(event: Event, form: Form) -> Answer:
    plan = plan_of(event.id)
    answered = {when: evaluating.count_sheets(event.id, when) for when in When}
    return answer(
        "assessment/evaluation_page.html",
        form,
        event=event,
        plan=plan,
        whens={when: (address_of(when), WHEN_WORDS[when]) for when in When},
        items={when: evaluating.list_items(event.id, when) for when in When},
        answered=answered,
        invited=len(list_participants(event.id)),
        may_open={when: plan.evaluations[when] is EvaluationState.DRAFT or may_reopen(answered[when]) for when in When},
        states=EVALUATION_STATE_WORDS,
        fewest=FEWEST,
    )


def _items_page(event: Event, when: When, form: ItemsForm) -> Answer:
    if not form.errors:
        form.show_rows()
    is_frozen = plan_of(event.id).evaluations[when] is not EvaluationState.DRAFT
    return answer(
        "assessment/items_page.html",
        form,
        event=event,
        title=WHEN_WORDS[when],
        is_frozen=is_frozen,
    )
