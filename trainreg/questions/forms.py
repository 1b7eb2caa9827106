"""The part of a registration form that an organizer shapes: standard fields and free questions."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import Length

from trainreg.kernel.languages import in_language
from trainreg.people.provinces import PROVINCES, list_provinces
from trainreg.people.rules import AgeBand
from trainreg.people.words import AGE_BAND_WORDS
from trainreg.questions.details import Answers
from trainreg.questions.fields import (
    DayAnswer,
    FileAnswer,
    LongAnswer,
    NumberAnswer,
    OneAnswer,
    OneOfMany,
    PhoneAnswer,
    ShortAnswer,
    SomeAnswers,
)
from trainreg.questions.refusals import FormChanged
from trainreg.questions.rules import (
    LONGEST,
    LONGEST_NEEDS,
    PERSONAL,
    PLAIN,
    Asked,
    Asking,
    FormSpec,
    Kind,
    Problem,
    StandardField,
    asked_of,
    kept,
    problem_of,
)
from trainreg.questions.words import PROBLEM_WORDS, choice_words, condition_words
from trainreg.web.forms import Form
from trainreg.web.locale import current_language, format_day

AnyForm = TypeVar("AnyForm", bound="QuestionsForm")
RADIO_BUTTONS = 6  # more choices than this become a list
# Standard fields whose answer is one of a list.
_OFFERED: Mapping[StandardField, Collection[str]] = {
    StandardField.PROVINCE: PROVINCES,
    StandardField.AGE_BAND: frozenset(AgeBand),
}
_QUESTION = re.compile(r"q[0-9]{1,20}")
_TOO_LONG = _l("This is too long: %(max)d characters at most.")
_NEEDS = [Length(max=LONGEST_NEEDS, message=_TOO_LONG)]


class QuestionsForm(Form):
    """A form that asks what the event asks; see `asking`."""

    spec: ClassVar[FormSpec] = PLAIN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        required = {question.name for question in self.spec.asked if question.is_required}
        required |= {name.value for name in StandardField if self.spec.standard[name] is Asking.REQUIRED}
        for name in required & self._fields.keys():
            self._fields[name].flags.required = True

    @property
    def is_multipart(self) -> bool:
        return self.spec.asks_files

    @property
    def has_conditions(self) -> bool:
        return any(question.condition is not None for question in self.spec.asked)

    def question_fields(self) -> list[tuple[Asked, Field, str]]:
        """Each question with its field and the sentence that says when it is asked."""
        language = current_language()
        return [(one, self._fields[one.name], condition_words(one, self.spec, language)) for one in self.spec.asked]

    def typed(self, name: str) -> str:
        """What a field holds; nothing where this event does not ask it."""
        field = self._fields.get(name)
        return (field.data or "") if field is not None else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form; then every question that was asked is judged, and no other."""
        super().validate(extra_validators)
        if self.spec is not PLAIN:
            self._judge_standard()
            self._judge_questions()
        if self._holds_other_questions():
            self.form_errors.append(str(FormChanged()))
        return not self.errors

    def answers(self) -> Answers:
        """The answers to keep, after validation."""
        if self.spec is PLAIN:
            return Answers()
        needs = {name: self.typed(name.value) for name in PERSONAL if self.typed(name.value)}
        return Answers(self.spec.version, needs, kept(self.spec.asked, self._answered()))

    def province_code(self) -> str | None:
        """The code of the province, None where none was said."""
        return self.typed("province") or None

    def _answered(self) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for question in self.spec.asked:
            field: Any = self._fields[question.name]
            found[question.id] = field.answer
        return found

    def _judge_standard(self) -> None:
        for name, asking in self.spec.standard.items():
            field = self._fields.get(name.value)
            if field is None:
                continue
            offered = _OFFERED.get(name)
            if offered is not None and field.data and field.data not in offered:
                field.errors = [str(PROBLEM_WORDS[Problem.NOT_OFFERED])]
            elif asking is Asking.REQUIRED and not field.data and not field.errors:
                field.errors = [str(PROBLEM_WORDS[Problem.MISSING])]

    def _judge_questions(self) -> None:
        """What was not asked has no errors: without scripts its field was in sight all the same."""
        answered = self._answered()
        asked = {question.id for question in asked_of(self.spec.asked, answered)}
        for question in self.spec.asked:
            field = self._fields[question.name]
            if question.id not in asked:
                field.errors = []
            elif not field.errors:
                problem = problem_of(question, answered[question.id])
                field.errors = [_sentence(problem, question)] if problem is not None else []

    def _holds_other_questions(self) -> bool:
        """Whether an answer came to a question that this form does not ask (any more)."""
        names = {name for name in (*request.form, *request.files) if _QUESTION.fullmatch(name)}
        return not names <= self._fields.keys()


def asking(kind: type[AnyForm], spec: FormSpec) -> type[AnyForm]:
    """The form with the fields that this event asks; the usual form where nobody changed it."""
    if spec is PLAIN:
        return kind
    language = current_language()
    own: dict[str, Any] = {"spec": spec}
    own |= {question.name: _field_of(question, language) for question in spec.asked}
    for name, asked in spec.standard.items():
        if asked is Asking.OFF:
            own[name.value] = None
        elif name in _STANDARD_FIELDS:
            own[name.value] = _STANDARD_FIELDS[name](language)
    make: Any = type(kind)
    made: type[AnyForm] = make(kind.__name__, (kind,), own)
    return made


def _province_field(language: str) -> Any:
    choices = [("", _l("Choose the province")), *list_provinces(language)]
    return SelectField(_l("Province"), choices=choices, validate_choice=False, default="")


def _age_band_field(_language: str) -> Any:
    bands = [(band.value, AGE_BAND_WORDS[band]) for band in AgeBand if band is not AgeBand.NOT_STATED]
    choices = [("", AGE_BAND_WORDS[AgeBand.NOT_STATED]), *bands]
    hint = _l("For the figures of the project’s reports. Your day of birth is not asked.")
    return SelectField(_l("Age"), choices=choices, validate_choice=False, default="", description=hint)


_STANDARD_FIELDS: Mapping[StandardField, Any] = {
    StandardField.PROVINCE: _province_field,
    StandardField.AGE_BAND: _age_band_field,
    StandardField.PHONE: lambda _language: PhoneAnswer(
        _l("Telephone number"), [Length(max=40, message=_TOO_LONG)], description=_l("Only the organizers see it.")
    ),
    StandardField.DIETARY_NEEDS: lambda _language: LongAnswer(
        _l("Is there anything you cannot eat?"), _NEEDS, description=_l("For the meals. Only the organizers see it.")
    ),
    StandardField.ACCESS_NEEDS: lambda _language: LongAnswer(
        _l("Is there anything you need to take part?"),
        _NEEDS,
        description=_l("For example a ramp, a sign language interpreter or large print. Only the organizers see it."),
    ),
}


def _field_of(question: Asked, language: str) -> Any:
    label, hint = in_language(question.label, language), in_language(question.hint, language)
    words = choice_words(question, language)
    choices = [(key, text) for key, text in words.items() if key in question.keys]
    if question.kind in {Kind.YES_NO, Kind.ONE_CHOICE}:
        if len(choices) > RADIO_BUTTONS:
            choices = [("", str(_l("Choose one"))), *choices]
            return OneOfMany(label, choices=choices, validate_choice=False, description=hint, default="")
        return OneAnswer(label, choices=choices, validate_choice=False, description=hint)
    if question.kind is Kind.SEVERAL_CHOICES:
        return SomeAnswers(label, choices=choices, validate_choice=False, description=hint)
    return _PLAIN_FIELDS[question.kind](label, description=hint)


_PLAIN_FIELDS: Mapping[Kind, Any] = {
    Kind.SHORT_TEXT: ShortAnswer,
    Kind.LONG_TEXT: LongAnswer,
    Kind.NUMBER: NumberAnswer,
    Kind.DATE: DayAnswer,
    Kind.FILE: FileAnswer,
}


def _sentence(problem: Problem, question: Asked) -> str:
    bounds: dict[str, Any] = {"least": question.least, "most": question.most or LONGEST.get(question.kind)}
    if question.kind is Kind.DATE:
        bounds = {name: format_day(date.fromisoformat(text)) if text else "" for name, text in bounds.items()}
    return str(PROBLEM_WORDS[problem]) % bounds
