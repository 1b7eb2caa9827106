"""The anonymous form of one person: the link lets in once, and what was answered leads nowhere."""

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.entering import enter
from trainreg.assessment.evaluating import hand_in, has_handed_in, list_items
from trainreg.assessment.evaluation_pages import when_from
from trainreg.assessment.forms import PressForm
from trainreg.assessment.models import EvaluationItem
from trainreg.assessment.opinions import HIGHEST, LONGEST_COMMENT, LOWEST, EvaluationState, ItemKind, When
from trainreg.assessment.queries import plan_of
from trainreg.assessment.words import STEPS, WHEN_WORDS
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.kernel.text import one_line, problem_in
from trainreg.registration.models import Registration
from trainreg.web.access import public
from trainreg.web.forms import PROBLEMS, Form, answer
from trainreg.web.safety import body_limit, keeps_typed

MINE = "/me/t/<reference>/<signature>/evaluation/<when>"
BODY = 128 * 1024  # thirty comments of two thousand letters, as browsers send them
Answer = tuple[str, int] | Response


@blueprint.get(MINE)
@public
def own_evaluation(reference: str, signature: str, when: str) -> Answer:
    return _page(enter(reference, signature), signature, when_from(when), PressForm(), {})


@blueprint.post(MINE)
@public
@keeps_typed
@body_limit(BODY)
def hand_in_evaluation(reference: str, signature: str, when: str) -> Answer:
    registration, which, form = enter(reference, signature), when_from(when), PressForm()
    items = list_items(registration.event_id, which)
    given, typed = {}, {}
    for item in items:
        value, wrong = _sent(item)
        typed[item.id] = value
        if wrong:
            form.form_errors.append(wrong)
        else:
            given[item.id] = value
    if not form.validate() or form.form_errors:
        return _page(registration, signature, which, form, typed)
    try:
        hand_in(registration, which, given)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(enter(reference, signature), signature, which, form, typed)
    db.session.commit()
    return redirect(url_for(".own_evaluation", reference=reference, signature=signature, when=when), 303)


def _sent(item: EvaluationItem) -> tuple[int | str, str]:
    """The answer that came to a question, and what is wrong with it."""
    raw = request.form.get(f"i{item.id}", "")
    if item.kind is ItemKind.SCALE:
        is_step = raw in {str(step) for step in range(LOWEST, HIGHEST + 1)}
        return (int(raw) if is_step else "", "" if is_step or not raw else str(_("Choose one of these.")))
    lines = [one_line(line) for line in raw.replace("\x00", " ").replace("\r\n", "\n").split("\n")]
    problem = next(filter(None, map(problem_in, lines)), None)
    text = "\n".join(lines).strip()
    if len(text) > LONGEST_COMMENT:
        return text, _("This is too long: %(max)d characters at most.") % {"max": LONGEST_COMMENT}
    return text, str(PROBLEMS[problem]) if problem is not None else ""


def _page(registration: Registration, signature: str, when: When, form: Form, typed: dict[int, int | str]) -> Answer:
    event = registration.event
    return answer(
        "assessment/own_evaluation.html",
        form,
        event=event,
        title=WHEN_WORDS[when],
        is_follow_up=when is When.FOLLOW_UP,
        is_open=plan_of(event.id).evaluations[when] is EvaluationState.OPEN,
        is_done=has_handed_in(registration.id, when),
        items=list_items(event.id, when),
        typed=typed,
        steps=STEPS,
        address={"reference": registration.reference, "signature": signature},
    )
