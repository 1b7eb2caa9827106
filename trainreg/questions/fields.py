"""Fields whose answers are read: `answer` is what was answered, None when nothing was."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField
from wtforms.validators import ValidationError
from wtforms.widgets import FileInput, TextInput

from trainreg.questions.rules import is_phone, number_from
from trainreg.questions.uploads import ACCEPT, LARGEST, BadFile, Upload, judged
from trainreg.questions.words import FILE_PROBLEM_WORDS
from trainreg.web.fields import DayField, ReadField, TicksField
from trainreg.web.forms import LineField, ParagraphField


class ShortAnswer(LineField):
    @property
    def answer(self) -> str | None:
        return self.data or None


class LongAnswer(ParagraphField):
    @property
    def answer(self) -> str | None:
        return self.data or None


class NumberAnswer(ReadField):
    widget = TextInput()
    read = staticmethod(number_from)
    not_understood = _l("Write a number in digits, for example 12 or 0.5.")

    @property
    def answer(self) -> Any:
        return self.value


class DayAnswer(DayField):
    @property
    def answer(self) -> Any:
        return self.value


class PhoneAnswer(LineField):
    """A telephone number, lightly checked: the world writes them in many ways."""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not is_phone(self.data):
            raise ValidationError(_("This is not a telephone number. Write it in digits, for example +976 9911 2233."))

    @property
    def answer(self) -> str | None:
        return self.data or None


class OneAnswer(RadioField):
    """One of a few, all in sight; what was not on the page is refused by the rules."""

    def pre_validate(self, form: Any) -> None:
        """The rules judge it, once it is known whether the question was asked."""

    @property
    def answer(self) -> str | None:
        return self.data or None


class OneOfMany(SelectField):
    """One of a list."""

    def pre_validate(self, form: Any) -> None:
        """As above."""

    @property
    def answer(self) -> str | None:
        return self.data or None


class SomeAnswers(TicksField):
    """Some of a list, each with a tick."""

    def pre_validate(self, form: Any) -> None:
        """As above."""

    @property
    def answer(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for text in self.data or () if text))


class FileAnswer(Field):
    """A file. No page can put a file back into its field: a form that is shown again asks to choose it again."""

    widget = FileInput()
    answer: Upload | None = None
    was_chosen = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.render_kw = {"accept": ACCEPT}

    def _value(self) -> bool:
        return False

    def process_formdata(self, valuelist: list[Any]) -> None:
        """The file of that name; text under the name is nothing that a page of ours sends."""
        sent = [file for file in request.files.getlist(self.name) if file.filename]
        self.data = sent[0] if sent else None
        self.was_chosen = bool(sent) or any(valuelist)

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            if self.was_chosen:
                raise ValidationError(_("The file did not arrive. Choose it again."))
            return
        try:
            self.answer = judged(self.data.filename, self.data.stream.read(LARGEST + 1))
        except BadFile as error:
            raise ValidationError(str(FILE_PROBLEM_WORDS[error.problem])) from error
