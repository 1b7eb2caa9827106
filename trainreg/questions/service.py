"""Make the form of an event: which standard fields it asks, and its own questions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.refusals import EventIsCalledOff
from trainreg.events.rules import EventStatus
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language
from trainreg.kernel.refusals import NotFound
from trainreg.questions.answering import erase_answers, hand_out_file, store_answers
from trainreg.questions.checks import ensure_question, ensure_room
from trainreg.questions.details import QuestionDetails
from trainreg.questions.models import EventForm, Question
from trainreg.questions.queries import asked_from, find_form, has_answers, spec_of
from trainreg.questions.refusals import (
    AlreadyAnswered,
    ConditionIsRetired,
    KindIsFixed,
    NobodyMustSay,
    OthersHang,
    UnknownChoice,
    WouldComeTooEarly,
)
from trainreg.questions.rules import VOLUNTARY, Asked, Asking, Choice, StandardField, hanging_on, order_problem

__all__ = ["erase_answers", "hand_out_file", "store_answers"]

audit.describes(
    {
        "form.standard_changed": _l("Standard fields of the form changed"),
        "form.question_added": _l("Question added to the form: %(question)s"),
        "form.question_changed": _l("Question of the form changed: %(question)s"),
        "form.question_moved": _l("Question of the form moved: %(question)s"),
        "form.question_retired": _l("Question of the form retired: %(question)s"),
        "form.question_restored": _l("Question of the form asked again: %(question)s"),
        "form.question_removed": _l("Question removed from the form: %(question)s"),
    }
)


def set_standard(
    event: Event, asking: Mapping[StandardField, Asking], *, by: Actor, at: datetime | None = None
) -> EventForm:
    """Say for each standard field whether it is asked; what is not named stays as it is.

    `at` is the moment it happened, for records of the past.
    """
    if any(asking.get(name) is Asking.REQUIRED for name in VOLUNTARY):
        raise NobodyMustSay
    event, form = _form_to_change(event)
    changed = {name: value for name, value in asking.items() if getattr(form, name.value) is not value}
    for name, value in changed.items():
        setattr(form, name.value, value)
    if changed:
        form.version += 1
        audit.record("form.standard_changed", event, by=by, project_id=event.project_id, at=at)
    return form


def add_question(event: Event, details: QuestionDetails, *, by: Actor, at: datetime | None = None) -> Question:
    """Put a question at the end of the form."""
    event, form = _form_to_change(event)
    spec = spec_of(form)
    ensure_room(spec, details.kind)
    ensure_question(details, spec.questions)
    question = Question(place=max((one.place for one in form.questions), default=0) + 1, is_retired=False)
    _write(question, details, _numbered(details.choices, ()))
    form.questions.append(question)
    _changed("form.question_added", event, form, question, by=by, at=at)
    return question


def edit_question(event: Event, question_id: int, details: QuestionDetails, *, by: Actor) -> Question:
    """Reword a question, or change its bounds, choices and condition; its kind only while nobody answered.

    A choice left out is no longer offered; where somebody answered it stays readable.
    """
    event, form = _form_to_change(event)
    question, spec = _question_of(form, question_id), spec_of(form)
    is_answered, has_other_kind = has_answers(question_id), details.kind is not question.kind
    if has_other_kind:
        if is_answered:
            raise KindIsFixed
        if not question.is_retired:
            ensure_room(spec, details.kind, besides=question_id)
    ensure_question(details, _before(spec.questions, question_id))
    known = () if has_other_kind else asked_from(question).choices
    choices = _numbered(details.choices, known, keep_left_out=is_answered)
    would_be = replace(asked_from(question), kind=details.kind, choices=choices)
    for other in hanging_on(spec.questions, question_id):
        if other.condition is not None and not (would_be.kind.decides and other.condition.keys <= would_be.keys):
            raise OthersHang(other=_label(other.label))
    _write(question, details, choices)
    _changed("form.question_changed", event, form, question, by=by)
    return question


def move_question(event: Event, question_id: int, steps: int, *, by: Actor) -> Question:
    """Move a question up (-1) or down (1), never before the one it depends on."""
    event, form = _form_to_change(event)
    question = _question_of(form, question_id)
    ordered = list(form.questions)
    at = ordered.index(question)
    to = min(max(at + steps, 0), len(ordered) - 1)
    ordered.insert(to, ordered.pop(at))
    early = order_problem([asked_from(one) for one in ordered])
    if early is not None:
        raise WouldComeTooEarly(other=_label(early.label))
    if to == at:
        return question
    for place, one in enumerate(ordered, 1):
        one.place = place
    _changed("form.question_moved", event, form, question, by=by)
    return question


def retire_question(event: Event, question_id: int, *, by: Actor) -> Question:
    """Ask a question no more; what was answered stays readable."""
    event, form = _form_to_change(event)
    question = _question_of(form, question_id)
    if not question.is_retired:
        _ensure_nothing_hangs(form, question_id)
        question.is_retired = True
        _changed("form.question_retired", event, form, question, by=by)
    return question


def restore_question(event: Event, question_id: int, *, by: Actor) -> Question:
    """Ask a retired question again."""
    event, form = _form_to_change(event)
    question = _question_of(form, question_id)
    if question.is_retired:
        ensure_room(spec_of(form), question.kind)
        deciding = next((one for one in form.questions if one.id == question.condition_id), None)
        if deciding is not None and deciding.is_retired:
            raise ConditionIsRetired
        question.is_retired = False
        _changed("form.question_restored", event, form, question, by=by)
    return question


def remove_question(event: Event, question_id: int, *, by: Actor) -> None:
    """Take a question out that nobody answered; an answered one can only be retired."""
    event, form = _form_to_change(event)
    question = _question_of(form, question_id)
    if has_answers(question_id):
        raise AlreadyAnswered
    _ensure_nothing_hangs(form, question_id, retired_too=True)
    form.questions.remove(question)
    _changed("form.question_removed", event, form, question, by=by)


def copy_form(event: Event, copy: Event) -> None:
    """Give the copy of an event the same form, without what is retired."""
    form = find_form(event.id)
    if form is None:
        return
    same = EventForm(event_id=copy.id, **{name.value: getattr(form, name.value) for name in StandardField})
    db.session.add(same)
    copied: dict[int, Question] = {}
    for question in form.questions:
        if question.is_retired:
            continue
        names = ("place", "kind", "label", "hint", "is_required", "is_personal", "least", "most", "condition_keys")
        deciding = copied.get(question.condition_id) if question.condition_id is not None else None
        choices = [choice for choice in question.choices if choice["is_offered"]]
        values = {name: getattr(question, name) for name in names}
        copied[question.id] = Question(choices=choices, is_retired=False, **values)
        copied[question.id].condition_id = deciding.id if deciding is not None else None
        same.questions.append(copied[question.id])
        db.session.flush()  # a question that hangs on this one needs its id


def _form_to_change(event: Event) -> tuple[Event, EventForm]:
    """The event under its lock, and its form, made where the event asked the usual until now."""
    event = lock_row(Event, event.id)
    if event.status is EventStatus.CANCELLED:
        raise EventIsCalledOff
    form = find_form(event.id)
    if form is None:
        form = EventForm(event_id=event.id, version=0, questions=[])
        db.session.add(form)
        db.session.flush()
    return event, form


def _question_of(form: EventForm, question_id: int) -> Question:
    question = next((one for one in form.questions if one.id == question_id), None)
    if question is None:
        raise NotFound
    return question


def _before(questions: Sequence[Asked], question_id: int) -> list[Asked]:
    ids = [question.id for question in questions]
    return list(questions[: ids.index(question_id)])


def _ensure_nothing_hangs(form: EventForm, question_id: int, *, retired_too: bool = False) -> None:
    for other in form.questions:
        if other.condition_id == question_id and (retired_too or not other.is_retired):
            raise OthersHang(other=_label(other.label))


def _numbered(wanted: Sequence[Choice], known: Sequence[Choice], *, keep_left_out: bool = False) -> tuple[Choice, ...]:
    """The choices in the order wanted, new ones with keys never used before; those left out last, no longer offered."""
    keys = [choice.key for choice in known]
    named = [choice.key for choice in wanted if choice.key]
    if not set(named) <= set(keys) or len(set(named)) != len(named):
        raise UnknownChoice
    last = max((int(key[1:]) for key in keys), default=0)
    choices = []
    for choice in wanted:
        last += not choice.key
        choices.append(Choice(choice.key or f"c{last}", choice.label))
    if keep_left_out:
        choices += [replace(choice, is_offered=False) for choice in known if choice.key not in named]
    return tuple(choices)


def _write(question: Question, details: QuestionDetails, choices: Sequence[Choice]) -> None:
    condition = details.condition
    question.kind, question.label, question.hint = details.kind, details.label, details.hint
    question.is_required, question.is_personal = details.is_required, details.is_personal
    question.least = (details.least or None) if details.kind.has_bounds else None
    question.most = (details.most or None) if details.kind.has_bounds else None
    question.choices = [asdict(choice) for choice in choices] if details.kind.has_choices else []
    question.condition_id = condition.question_id if condition is not None else None
    question.condition_keys = sorted(condition.keys) if condition is not None else []


def _changed(
    action: str, event: Event, form: EventForm, question: Question, *, by: Actor, at: datetime | None = None
) -> None:
    form.version += 1
    db.session.flush()
    db.session.expire(form, ["questions"])
    audit.record(action, event, by=by, project_id=event.project_id, at=at, question=_label(question.label))


def _label(text: Mapping[str, str]) -> str:
    return in_language(text, DEFAULT_LANGUAGE)
