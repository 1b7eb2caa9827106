"""The forms with which an organizer makes a form."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, HiddenField
from wtforms import Form as PlainForm
from wtforms.validators import Length

from trainreg.kernel.languages import LANGUAGES, in_language
from trainreg.kernel.refusals import Refused
from trainreg.questions.details import QuestionDetails
from trainreg.questions.refusals import BadCondition
from trainreg.questions.rules import (
    LONGEST,
    LONGEST_CHOICE,
    LONGEST_HINT,
    LONGEST_LABEL,
    MOST_CHOICES,
    Asked,
    Asking,
    Choice,
    Condition,
    FormSpec,
    Kind,
    StandardField,
    number_from,
    plain_number,
)
from trainreg.questions.words import ASKING_WORDS, STANDARD_WORDS, choice_words
from trainreg.web.fields import OptionsField, RowsField, TicksField, day_from, whole_from
from trainreg.web.forms import Form, LineField, ParagraphField
from trainreg.web.locale import current_language

_TOO_LONG = _l("This is too long: %(max)d characters at most.")
_LABEL = [Length(max=LONGEST_LABEL, message=_TOO_LONG)]
_HINT = [Length(max=LONGEST_HINT, message=_TOO_LONG)]
_CHOICE = [Length(max=LONGEST_CHOICE, message=_TOO_LONG)]
FEWEST_ROWS, MORE_ROWS = 4, 4
ASKINGS = [(asking.value, ASKING_WORDS[asking]) for asking in Asking]
NOT_REQUIRED = [(asking.value, ASKING_WORDS[asking]) for asking in Asking if asking is not Asking.REQUIRED]
BOUND_LABELS: dict[Kind, tuple[Any, Any]] = {
    Kind.SHORT_TEXT: (_l("Shortest answer, in characters"), _l("Longest answer, in characters")),
    Kind.LONG_TEXT: (_l("Shortest answer, in characters"), _l("Longest answer, in characters")),
    Kind.NUMBER: (_l("Smallest number"), _l("Largest number")),
    Kind.DATE: (_l("First day"), _l("Last day")),
    Kind.SEVERAL_CHOICES: (_l("Fewest choices"), _l("Most choices")),
}
_NOT_UNDERSTOOD: dict[Kind, Any] = {
    Kind.NUMBER: _l("Write a number in digits, for example 12 or 0.5."),
    Kind.DATE: _l("This day is not in the calendar. Write year, month and day, for example 2026-03-05."),
}


class StandardForm(Form):
    """For each standard field: off, may be answered, must be answered."""

    position = OptionsField(STANDARD_WORDS[StandardField.POSITION], choices=ASKINGS)
    level = OptionsField(STANDARD_WORDS[StandardField.LEVEL], choices=ASKINGS)
    province = OptionsField(STANDARD_WORDS[StandardField.PROVINCE], choices=ASKINGS)
    age_band = OptionsField(STANDARD_WORDS[StandardField.AGE_BAND], choices=NOT_REQUIRED)
    phone = OptionsField(STANDARD_WORDS[StandardField.PHONE], choices=ASKINGS)
    dietary_needs = OptionsField(STANDARD_WORDS[StandardField.DIETARY_NEEDS], choices=ASKINGS)
    access_needs = OptionsField(STANDARD_WORDS[StandardField.ACCESS_NEEDS], choices=ASKINGS)

    def wanted(self) -> dict[StandardField, Asking]:
        """What was chosen, after validation."""
        return {name: Asking(self[name.value].data) for name in StandardField}


def standard_form(spec: FormSpec) -> StandardForm:
    """The form as the event's form is now."""
    return StandardForm(formdata=None, data={name.value: asking.value for name, asking in spec.standard.items()})


class ChoiceForm(PlainForm):
    """One choice; a row that was left empty is none."""

    key = HiddenField()
    label_en = LineField(_l("Choice in English"), _CHOICE)
    label_mn = LineField(_l("Choice in Mongolian"), _CHOICE)

    @property
    def is_empty(self) -> bool:
        return not (self.label_en.data or self.label_mn.data)

    def choice(self) -> Choice:
        label = {code: self[f"label_{code}"].data for code in LANGUAGES if self[f"label_{code}"].data}
        return Choice((self.key.data or "")[:20], label)


class QuestionForm(Form):
    """One question. Which of the fields are shown depends on its kind."""

    label_en = LineField(_l("Question in English"), _LABEL)
    label_mn = LineField(_l("Question in Mongolian"), _LABEL)
    hint_en = ParagraphField(_l("Hint in English"), _HINT)
    hint_mn = ParagraphField(_l("Hint in Mongolian"), _HINT)
    is_required = BooleanField(_l("Must be answered"))
    is_personal = BooleanField(_l("Only staff who may see contacts read the answers"))
    least = LineField()
    most = LineField()
    choices = RowsField(FormField(ChoiceForm), max_entries=MOST_CHOICES + MORE_ROWS)
    only_if = TicksField(_l("Ask only if"))

    def __init__(self, kind: Kind, before: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind
        self.read: dict[str, str | None] = {}
        if kind in BOUND_LABELS:
            self.least.label.text, self.most.label.text = map(str, BOUND_LABELS[kind])
        language = current_language()
        self.only_if.choices = [
            (f"{one.id}:{key}", f"{in_language(one.label, language)} — {words}")
            for one in before
            if one.kind.decides and not one.is_retired
            for key, words in choice_words(one, language).items()
            if key in one.keys
        ]

    def show_rows(self, more: int = 0) -> None:
        """Leave room for further choices."""
        rows = min(max(len(self.choices) + more, FEWEST_ROWS), MOST_CHOICES)
        while self.kind.has_choices and len(self.choices) < rows:
            self.choices.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form, with bounds read as the kind of answer wants."""
        super().validate(extra_validators)
        for name in ("least", "most"):
            self.read[name] = None
            field = self[name]
            if self.kind.has_bounds and field.data and not field.errors:
                try:
                    self.read[name] = _bound(self.kind, field.data)
                except ValueError:
                    field.errors = [str(_NOT_UNDERSTOOD.get(self.kind, _l("Write a whole number in digits.")))]
        return not self.errors

    def refuse(self, refusal: Refused) -> None:
        """What is wrong with the choices as a whole is told at the top: a row has no place for it."""
        if refusal.field == "choices":
            self.status = refusal.status
            self.form_errors.append(f"{_('Choices')}: {refusal}")
        else:
            super().refuse(refusal)

    def details(self) -> QuestionDetails:
        """The question as written, after validation; raises BadCondition."""
        rows = [entry.form for entry in self.choices] if self.kind.has_choices else []
        return QuestionDetails(
            kind=self.kind,
            label=self.text("label"),
            hint=self.text("hint"),
            is_required=bool(self.is_required.data),
            is_personal=bool(self.is_personal.data) or self.kind is Kind.FILE,
            choices=tuple(row.choice() for row in rows if not row.is_empty),
            least=self.read.get("least"),
            most=self.read.get("most"),
            condition=self._condition(),
        )

    def _condition(self) -> Condition | None:
        ticked = [text.partition(":") for text in self.only_if.data or [] if text]
        deciding = {question_id for question_id, _colon, _key in ticked}
        if len(deciding) > 1:
            raise BadCondition
        keys = frozenset(key for _question, _colon, key in ticked)
        return Condition(int(deciding.pop()), keys) if deciding else None


def filled_question(question: Asked, kind: Kind, before: Sequence[Asked]) -> QuestionForm:
    """The form of a question that is there."""
    condition = question.condition
    ticked = [f"{condition.question_id}:{key}" for key in sorted(condition.keys)] if condition is not None else []
    same_kind = kind is question.kind
    data: dict[str, Any] = {
        "is_required": question.is_required,
        "is_personal": question.is_personal,
        "least": question.least if same_kind else "",
        "most": question.most if same_kind else "",
        "only_if": ticked,
        "choices": [{"key": one.key if same_kind else "", **_labels(one)} for one in question.offered],
    }
    for code in LANGUAGES:
        data |= {f"label_{code}": question.label.get(code, ""), f"hint_{code}": question.hint.get(code, "")}
    return QuestionForm(kind, before, formdata=None, data=data)


def _labels(choice: Choice) -> dict[str, str]:
    return {f"label_{code}": choice.label.get(code, "") for code in LANGUAGES}


def _bound(kind: Kind, text: str) -> str:
    """A bound as it is kept; raises ValueError."""
    if kind is Kind.NUMBER:
        return plain_number(number_from(text))
    if kind is Kind.DATE:
        return day_from(text).isoformat()
    number = whole_from(text)
    if number > LONGEST.get(kind, MOST_CHOICES):
        raise ValueError
    return str(number)
