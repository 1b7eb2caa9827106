"""The forms with which an organizer makes a test."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField
from wtforms import Form as PlainForm
from wtforms.validators import Length
from wtforms.widgets import TextInput

from trainreg.assessment.details import Plan, QuestionDetails
from trainreg.assessment.models import TestQuestion
from trainreg.assessment.rules import (
    FALSE,
    LONGEST_CHOICE,
    LONGEST_LABEL,
    MOST_CHOICES,
    MOST_POINTS,
    TRUE,
    Kind,
    number_from,
    plain_number,
)
from trainreg.assessment.words import TRUE_FALSE_WORDS
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.types import Text
from trainreg.web.fields import ReadField, RowsField, WholeField
from trainreg.web.forms import Form, LineField, ParagraphField

_TOO_LONG = _l("This is too long: %(max)d characters at most.")
FEWEST_ROWS = 4


class PressForm(Form):
    """A button, and nothing to fill in."""


class NumberField(ReadField):
    """A number, also below zero."""

    widget = TextInput()
    read = staticmethod(number_from)
    not_understood = _l("Write a number in digits, for example 12 or 0.5.")


class TestChoiceForm(PlainForm):
    """One choice; a row that was left empty is none."""

    __test__ = False

    label_en = LineField(_l("Choice in English"), [Length(max=LONGEST_CHOICE, message=_TOO_LONG)])
    label_mn = LineField(_l("Choice in Mongolian"), [Length(max=LONGEST_CHOICE, message=_TOO_LONG)])
    is_right = BooleanField(_l("This is right"))

    @property
    def label(self) -> Text:
        return {code: self[f"label_{code}"].data for code in LANGUAGES if self[f"label_{code}"].data}


class TestQuestionForm(Form):
    """One question of a test. Which of the fields are shown depends on its kind."""

    __test__ = False

    label_en = ParagraphField(_l("Question in English"), [Length(max=LONGEST_LABEL, message=_TOO_LONG)])
    label_mn = ParagraphField(_l("Question in Mongolian"), [Length(max=LONGEST_LABEL, message=_TOO_LONG)])
    points = WholeField(_l("Points"))
    in_pre = BooleanField(_l("Asked before the event"), default=True)
    in_post = BooleanField(_l("Asked after the event"), default=True)
    choices = RowsField(FormField(TestChoiceForm), max_entries=MOST_CHOICES)
    is_true = BooleanField(_l("The statement is true"))
    number = NumberField(_l("Right number"))
    tolerance = NumberField(_l("May be off by"))

    def __init__(self, kind: Kind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def show_rows(self) -> None:
        """Leave room for further choices."""
        rows = min(max(len(self.choices), FEWEST_ROWS), MOST_CHOICES)
        while self.kind.has_choices and len(self.choices) < rows:
            self.choices.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form, with points and tolerance in their bounds."""
        super().validate(extra_validators)
        if not self.points.errors and not 1 <= _or_one(self.points.value) <= MOST_POINTS:
            self.points.errors = [str(_("Points are a number from 1 to %(most)s.", most=MOST_POINTS))]
        if not self.tolerance.errors and (self.tolerance.value or 0) < 0:
            self.tolerance.errors = [str(_("Write how far off an answer may be as a number of 0 or more."))]
        return not self.errors

    def details(self) -> QuestionDetails:
        """The question as written, after validation."""
        right: tuple[str, ...] = ()
        if self.kind is Kind.TRUE_FALSE:
            right = (TRUE if self.is_true.data else FALSE,)
        elif self.kind is Kind.NUMBER and self.number.value is not None:
            right = (plain_number(self.number.value),)
        rows = [entry.form for entry in self.choices] if self.kind.has_choices else []
        return QuestionDetails(
            kind=self.kind,
            label=self.text("label"),
            choices=tuple((row.label, bool(row.is_right.data)) for row in rows if row.label),
            right=right,
            tolerance=self.tolerance.value or Decimal(0),
            points=self.points.value or 1,
            in_pre=bool(self.in_pre.data),
            in_post=bool(self.in_post.data),
        )


def fresh_question(kind: Kind) -> TestQuestionForm:
    """The form of a new question."""
    return TestQuestionForm(kind, formdata=None, data={"points": "1", "tolerance": "0"})


def filled_question(question: TestQuestion, kind: Kind) -> TestQuestionForm:
    """The form of a question that is there."""
    data: dict[str, Any] = {
        "points": str(question.points),
        "in_pre": question.in_pre,
        "in_post": question.in_post,
        "choices": [
            {f"label_{code}": choice["label"].get(code, "") for code in LANGUAGES}
            | {"is_right": choice["key"] in question.right}
            for choice in question.choices
        ],
        "is_true": TRUE in question.right,
        "number": question.right[0] if question.kind is Kind.NUMBER and question.right else "",
        "tolerance": question.tolerance,
    }
    data |= {f"label_{code}": question.label.get(code, "") for code in LANGUAGES}
    return TestQuestionForm(kind, formdata=None, data=data)


class ConditionsForm(Form):
    """What a certificate asks for beside attendance."""

    pass_mark = WholeField(
        _l("Post-test passed from"), description=_l("Per cent of its points. Empty: no test is asked for.")
    )
    needs_evaluation = BooleanField(_l("The evaluation must be handed in"))

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form, with a share between 1 and 100 per cent."""
        super().validate(extra_validators)
        if not self.pass_mark.errors and not 1 <= _or_one(self.pass_mark.value) <= 100:
            self.pass_mark.errors = [str(_("Write a number from 1 to 100."))]
        return not self.errors

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.pass_mark.value) / 100 if self.pass_mark.value else None


def conditions_form(plan: Plan) -> ConditionsForm:
    """The form as the conditions are now."""
    percent = "" if plan.pass_mark is None else str(int(plan.pass_mark * 100))
    return ConditionsForm(formdata=None, data={"pass_mark": percent, "needs_evaluation": plan.needs_evaluation})


def _or_one(number: int | None) -> int:
    return 1 if number is None else number


def option_words(question: TestQuestion) -> dict[str, Any]:
    """The words of each choice by its key: a text in several languages, or a sentence of ours."""
    if question.kind is Kind.TRUE_FALSE:
        return dict(TRUE_FALSE_WORDS)
    return {choice["key"]: choice["label"] for choice in question.choices}
