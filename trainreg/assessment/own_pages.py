"""An official's tests by their own link, a question a page: every press saves, a closed telephone loses nothing."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.assessment.attempts import Sitting, Step, hand_in, save_answer, sitting_of
from trainreg.assessment.bank_pages import occasion_from
from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.entering import enter
from trainreg.assessment.forms import PressForm, option_words
from trainreg.assessment.overview import offered_to
from trainreg.assessment.refusals import AlreadyHandedIn, TestIsClosed
from trainreg.assessment.rules import LONGEST_TEXT, Kind, Occasion, Stored, number_from, plain_number
from trainreg.assessment.words import OCCASION_WORDS
from trainreg.kernel.db import db
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.kernel.text import one_line, problem_in
from trainreg.registration.models import Registration
from trainreg.web.access import public
from trainreg.web.forms import PROBLEMS, Form, answer
from trainreg.web.safety import body_limit, keeps_typed

MINE = "/me/t/<reference>/<signature>"
TEST = f"{MINE}/<occasion>"
QUESTION = f"{TEST}/<int(max=1000):place>"
SMALL_BODY = 16 * 1024
Answer = tuple[str, int] | Response


@blueprint.get(MINE)
@public
def own_start(reference: str, signature: str) -> str:
    registration = enter(reference, signature)
    return render_template(
        "assessment/own_start.html",
        event=registration.event,
        offered=offered_to(registration),
        address={"reference": reference, "signature": signature},
    )


@blueprint.get(TEST)
@public
def own_test(reference: str, signature: str, occasion: str) -> Answer:
    """Before the first answer the way in, then what is answered so far, at last that it is handed in."""
    registration = enter(reference, signature)
    return _page("assessment/own_test.html", registration, signature, occasion_from(occasion), PressForm())


@blueprint.get(QUESTION)
@public
def own_question(reference: str, signature: str, occasion: str, place: int) -> Answer:
    registration, which = enter(reference, signature), occasion_from(occasion)
    if not offered_to(registration).is_open(which):  # its questions are nobody's to read before, and after
        return _to_test(reference, signature, which)
    return _question(registration, signature, which, PressForm(), place)


@blueprint.post(QUESTION)
@public
@keeps_typed
@body_limit(SMALL_BODY)
def answer_question(reference: str, signature: str, occasion: str, place: int) -> Answer:
    registration, which, form = enter(reference, signature), occasion_from(occasion), PressForm()
    if not offered_to(registration).plan.is_open(which):
        return _refused(registration, signature, which, form, TestIsClosed())
    step = _step(sitting_of(registration, which), place)
    value, wrong = _sent(step.question.kind)
    if wrong:
        form.form_errors.append(wrong)
    if not form.validate() or wrong:
        return _question(registration, signature, which, form, place, sent=value)
    try:
        save_answer(registration, which, _number(request.form.get("question", "")), value)
    except Refused as refusal:
        db.session.rollback()
        registration = enter(reference, signature)
        if isinstance(refusal, TestIsClosed | AlreadyHandedIn):
            return _refused(registration, signature, which, form, refusal)
        form.refuse(refusal)
        return _question(registration, signature, which, form, place, sent=value)
    db.session.commit()
    following = _following(sitting_of(registration, which), place)
    if following is None:
        return _to_test(reference, signature, which)
    here = url_for(".own_question", reference=reference, signature=signature, occasion=which.value, place=following)
    return redirect(here, 303)


@blueprint.post(f"{TEST}/hand-in")
@public
@body_limit(SMALL_BODY)
def hand_in_test(reference: str, signature: str, occasion: str) -> Answer:
    registration, which = enter(reference, signature), occasion_from(occasion)
    if sitting_of(registration, which).is_handed_in:  # pressed twice, or after the test was closed
        return _to_test(reference, signature, which)
    try:
        hand_in(registration, which)
    except Refused as refusal:
        db.session.rollback()
        return _refused(enter(reference, signature), signature, which, PressForm(), refusal)
    db.session.commit()
    flash(_("Thank you. Your test is handed in."), "success")
    return _to_test(reference, signature, which)


def _sent(kind: Kind) -> tuple[Stored, str]:
    """The answer that came, and what is wrong with it as text."""
    if kind is Kind.SEVERAL_CHOICES:
        return list(dict.fromkeys(request.form.getlist("answer"))) or None, ""
    raw = request.form.get("answer", "")
    problem = problem_in(one_line(raw.replace("\x00", " "))) if kind is Kind.SHORT_TEXT else None
    text = one_line(raw.replace("\x00", " "))
    if problem is not None:
        return text, str(PROBLEMS[problem])
    if kind is Kind.NUMBER and text:
        try:
            text = plain_number(number_from(text))
        except ValueError:
            return text, str(_("Write a number in digits, for example 12 or 0.5."))
    if len(text) > LONGEST_TEXT:
        return text, str(_("This is too long: %(max)d characters at most.") % {"max": LONGEST_TEXT})
    return text or None, ""


def _following(sitting: Sitting, place: int) -> int | None:
    """The next question without an answer, from here on and then from the start; None when all are answered."""
    open_places = [number for number, step in enumerate(sitting.steps, 1) if not step.is_answered]
    return next((number for number in open_places if number > place), None) or next(iter(open_places), None)


def _step(sitting: Sitting, place: int) -> Step:
    if not 1 <= place <= len(sitting.steps):
        raise NotFound
    return sitting.steps[place - 1]


def _number(text: str) -> int:
    return whole_number(text) or 0  # a question that no page of ours showed


def _page(
    template: str, registration: Registration, signature: str, occasion: Occasion, form: Form, **context: object
) -> Answer:
    event = registration.event
    offered = offered_to(registration)
    return answer(
        template,
        form,
        event=event,
        occasion=occasion,
        title=OCCASION_WORDS[occasion],
        sitting=sitting_of(registration, occasion),
        is_open=offered.is_open(occasion),
        address={"reference": registration.reference, "signature": signature},
        **context,
    )


def _question(
    registration: Registration,
    signature: str,
    occasion: Occasion,
    form: Form,
    place: int,
    *,
    sent: Stored = None,
) -> Answer:
    step = _step(sitting_of(registration, occasion), place)
    shown = sent if form.errors else step.value
    return _page(
        "assessment/own_question.html",
        registration,
        signature,
        occasion,
        form,
        step=step,
        place=place,
        options=option_words(step.question),
        given=shown if isinstance(shown, list) else [shown] if shown is not None else [],
    )


def _refused(registration: Registration, signature: str, occasion: Occasion, form: Form, refusal: Refused) -> Answer:
    """The test's own page, which shows no question of a test that is not open."""
    form.refuse(refusal)
    return _page("assessment/own_test.html", registration, signature, occasion, form)


def _to_test(reference: str, signature: str, occasion: Occasion) -> Response:
    here = url_for(".own_test", reference=reference, signature=signature, occasion=occasion.value)
    return redirect(here, 303)
