"""Read forms, and what people answered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import selectinload

from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.refusals import NotFound
from trainreg.questions.models import AnswerFile, EventForm, Question, StoredAnswer
from trainreg.questions.rules import PLAIN, Asked, Asking, Choice, Condition, FormSpec, Kind, StandardField
from trainreg.questions.words import STANDARD_WORDS, readable
from trainreg.web.locale import current_language


@dataclass(frozen=True)
class ReadableAnswer:
    """An answer as a page shows it; `file_of` is the question's id where a file can be handed out."""

    label: str
    text: str
    file_of: int | None = None


_FORM = select(EventForm).where(EventForm.event_id == bindparam("event_id")).options(selectinload(EventForm.questions))


def find_form(event_id: int) -> EventForm | None:
    return db.session.scalar(_FORM, {"event_id": event_id})


def form_of(event_id: int) -> FormSpec:
    """What the event asks; one statement where nobody changed the usual form."""
    form = find_form(event_id)
    return PLAIN if form is None else spec_of(form)


def version_of(event_id: int) -> int | None:
    """Which state the event's form is in."""
    return db.session.scalar(select(EventForm.version).where(EventForm.event_id == event_id))


def standard_fields_of(event_id: int) -> dict[StandardField, Asking]:
    """Which standard fields the event asks, for others."""
    return dict(form_of(event_id).standard)


def asks_age(event_id: int) -> bool:
    """Whether the event asks people for their age band: where it does, whoever enters them may note it."""
    return form_of(event_id).standard[StandardField.AGE_BAND] is not Asking.OFF


def spec_of(form: EventForm) -> FormSpec:
    """The form as the rules see it."""
    return FormSpec(
        version=form.version,
        standard={name: getattr(form, name.value) for name in StandardField},
        questions=tuple(asked_from(question) for question in form.questions),
    )


def asked_from(question: Question) -> Asked:
    """A question as the rules see it."""
    condition = None
    if question.condition_id is not None:
        condition = Condition(question.condition_id, frozenset(question.condition_keys))
    return Asked(
        id=question.id,
        kind=question.kind,
        label=question.label,
        hint=question.hint,
        is_required=question.is_required,
        is_personal=question.is_personal,
        choices=tuple(Choice(**choice) for choice in question.choices),
        least=question.least,
        most=question.most,
        condition=condition,
        is_retired=question.is_retired,
    )


def has_answers(question_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(StoredAnswer.question_id == question_id))))


def answered_ids(event_id: int) -> frozenset[int]:
    """The event's questions that somebody answered."""
    statement = select(Question.id).join(Question.form).where(EventForm.event_id == event_id)
    answered = exists().where(StoredAnswer.question_id == Question.id)
    return frozenset(db.session.scalars(statement.where(answered)))


def answers_of(registration_ids: Collection[int], *, personal: bool) -> dict[int, list[tuple[str, str]]]:
    """Label and answer, in the order of the form, for each registration that has any; one statement for all.

    `personal` adds what only staff who may see contacts read: telephone, needs, files, questions marked so.
    """
    shown = list_answers(registration_ids, personal=personal)
    return {key: [(answer.label, answer.text) for answer in answers] for key, answers in shown.items()}


def list_answers(registration_ids: Collection[int], *, personal: bool) -> dict[int, list[ReadableAnswer]]:
    """As `answers_of`, with the way to the files."""
    found: dict[int, list[ReadableAnswer]] = {}
    for answer, asked in _answers(registration_ids, personal=personal) if registration_ids else ():
        found.setdefault(answer.registration_id, []).append(_readable(answer, asked))
    return found


@dataclass(frozen=True)
class AnswerColumns:
    """Answers as columns of a list: their labels in the order of the form, and the texts of each registration."""

    labels: list[str]
    texts: dict[int, list[str]]

    def of(self, registration_id: int) -> list[str]:
        """The texts of one registration, empty where it has no answer."""
        return self.texts.get(registration_id) or [""] * len(self.labels)


def answer_columns(registration_ids: Select[int], *, personal: bool) -> AnswerColumns:
    """What was answered in any of these registrations, a column for each question; one statement for all."""
    labels: dict[int | StandardField | None, str] = {}
    found: dict[int, dict[int | StandardField | None, str]] = {}
    for answer, asked in _answers(registration_ids, personal=personal):
        key, shown = answer.question_id or answer.standard, _readable(answer, asked)
        labels.setdefault(key, shown.label)
        found.setdefault(answer.registration_id, {})[key] = shown.text
    texts = {one: [answers.get(key, "") for key in labels] for one, answers in found.items()}
    return AnswerColumns(list(labels.values()), texts)


def _answers(
    registration_ids: Collection[int] | Select[int], *, personal: bool
) -> Iterator[tuple[StoredAnswer, Asked | None]]:
    """The answers of these registrations in the order of the form, each with its question (None: a standard field)."""
    statement = (
        select(StoredAnswer, Question)
        .outerjoin(Question, StoredAnswer.question_id == Question.id)
        .where(StoredAnswer.registration_id.in_(registration_ids))
        .order_by(Question.place.is_not(None), Question.place, Question.id, StoredAnswer.id)
    )
    known: dict[int, Asked] = {}
    for answer, question in db.session.execute(statement):
        asked = None
        if question is not None:
            asked = known[question.id] = known.get(question.id) or asked_from(question)
        if personal or not _is_personal(asked):
            yield answer, asked


def _is_personal(question: Asked | None) -> bool:
    return question is None or question.is_personal or question.kind is Kind.FILE


def _readable(answer: StoredAnswer, question: Asked | None) -> ReadableAnswer:
    if question is None:
        words: Any = STANDARD_WORDS[answer.standard] if answer.standard is not None else ""
        return ReadableAnswer(str(words), str(answer.value))
    language = current_language()
    return ReadableAnswer(
        in_language(question.label, language),
        readable(question, answer.value, language),
        question.id if question.kind is Kind.FILE else None,
    )


def get_file(registration_id: int, question_id: int) -> AnswerFile:
    """The file that somebody sent; raises NotFound."""
    statement = select(AnswerFile).join(StoredAnswer, AnswerFile.answer_id == StoredAnswer.id)
    mine = (StoredAnswer.registration_id == registration_id, StoredAnswer.question_id == question_id)
    file = db.session.scalar(statement.where(*mine))
    if file is None:
        raise NotFound
    return file
