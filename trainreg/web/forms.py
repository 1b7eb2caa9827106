"""Forms: one base, cleaned fields, and one way to answer a form that was refused."""

from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import category

from email_validator import EmailNotValidError, validate_email
from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from trainreg.kernel.languages import CONTENT_LANGUAGES, LANGUAGES
from trainreg.kernel.refusals import Refused
from trainreg.kernel.text import TextProblem, one_line, problem_in, problem_in_name
from trainreg.kernel.types import Text

PROBLEMS: Mapping[TextProblem, Any] = {
    TextProblem.CONTROL: _l("This holds a character that cannot be printed. Type it again by hand."),
    TextProblem.DIRECTION: _l("This holds a hidden character that turns the writing direction. Type it again by hand."),
    TextProblem.INVISIBLE: _l("This holds an invisible character. Type it again by hand."),
    TextProblem.SURROGATE: _l("This holds a broken character. Type it again by hand."),
    TextProblem.NO_LETTER: _l("A name needs at least one letter."),
}
BUILT_IN: Mapping[str, Any] = {
    "": _l("Please check what you entered."),
    "This field is required.": _l("Please fill this in."),
    "Not a valid choice.": _l("Choose one of these."),
    "Field cannot be longer than %(max)d character.": _l("This is too long: %(max)d characters at most."),
}


class LineField(StringField):
    """A single line of text: trimmed, NFC, without characters that cannot be printed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = one_line(_without_nul(valuelist[0])) if valuelist else ""
        self._raw = valuelist[0] if valuelist else ""

    def _value(self) -> str:
        return _showable(self.data)

    def pre_validate(self, form: Any) -> None:
        problem = problem_in(self.data or "") or problem_in(getattr(self, "_raw", "").strip())
        if problem is not None:
            raise ValidationError(str(PROBLEMS[problem]))


class NameField(LineField):
    """A name of a person: a line with at least one letter."""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        problem = problem_in_name(self.data) if self.data else None
        if problem is not None:
            raise ValidationError(str(PROBLEMS[problem]))


class EmailAddressField(LineField):
    """An e-mail address, or nothing. `value` is the address as it is kept; no question is asked of the network."""

    value: str | None = None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if not self.data:
            return
        try:
            checked = validate_email(self.data, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise ValidationError(_("This is not an e-mail address. It should look like name@example.org.")) from error
        self.value = (checked.ascii_email or checked.normalized).casefold()


class ParagraphField(TextAreaField):
    """Text of several lines, without characters that cannot be printed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = _without_nul(valuelist[0]) if valuelist else ""
        self.data = "\n".join(one_line(line) for line in typed.replace("\r\n", "\n").split("\n")).strip()

    def _value(self) -> str:
        return _showable(self.data)

    def pre_validate(self, form: Any) -> None:
        for line in (self.data or "").split("\n"):
            problem = problem_in(line)
            if problem is not None:
                raise ValidationError(str(PROBLEMS[problem]))


def _showable(text: str | None) -> str:
    """What a page may show again of what was typed: line ends, but no other control, and nothing that is no letter."""
    return "".join(one for one in text or "" if one == "\n" or category(one) not in {"Cc", "Cn", "Cs"})


def _without_nul(text: str) -> str:
    # PostgreSQL stores no NUL: a space keeps the words apart, and `problem_in` judged the raw text already.
    return text.replace("\x00", " ")


class OwnSentences:
    """What WTForms says by itself, in our words: its own catalogues know neither our tone nor Mongolian."""

    def gettext(self, sentence: str) -> str:
        return str(BUILT_IN.get(sentence, BUILT_IN[""]))

    def ngettext(self, singular: str, _plural: str, _number: int) -> str:
        return self.gettext(singular)


class Form(FlaskForm):
    """The base of every form.

    `status` says how an unaccepted form is answered, `spoken` in which languages its texts are asked for.
    """

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> OwnSentences:
            return OwnSentences()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Typed text only: a file or JSON under a field's name is nothing that a page of ours sends."""
            if formdata is not None and not isinstance(formdata, MultiDict):
                formdata = request.form if request and request.method == "POST" else None
            return super().wrap_formdata(form, formdata)

    status = 422
    spoken: Iterable[str] = LANGUAGES

    def refuse(self, refusal: Refused) -> None:
        """Put a refusal's sentence beside the field it names, else at the top of the form."""
        self.status = refusal.status
        field: Field | None = self._fields.get(refusal.field) if refusal.field else None
        if field is not None:
            field.errors = [*field.errors, str(refusal)]
        else:
            self.form_errors.append(str(refusal))

    def validate(self, extra_validators: Any = None) -> bool:
        """As WTForms, with a stale token told as a sentence of its own and answered 400."""
        accepted = bool(super().validate(extra_validators))
        token = self._fields.get("csrf_token")
        if token is not None and token.errors:
            token.errors = []
            self.form_errors.append(
                _("The page was open for too long, so we could not be sure it was you. Check it and press again.")
            )
            self.status = 400
        return accepted

    def text(self, name: str) -> Text:
        """The fields `<name>_en`, `<name>_mn`, ... as one translated text."""
        return text_of(self, name, self.spoken)

    def told(self, name: str) -> Text:
        """The same for `with_others`: a language whose field was sent empty has no words."""
        return told_of(self, name, self.spoken)


class InAllLanguages(Form):
    """A form whose texts are asked for in every language of reports."""

    spoken = CONTENT_LANGUAGES


def text_of(form: BaseForm, name: str, spoken: Iterable[str] = CONTENT_LANGUAGES) -> Text:
    """The fields `<name>_en`, `<name>_mn`, ... of a form or of a row as one translated text."""
    return {code: form[f"{name}_{code}"].data for code in spoken if form[f"{name}_{code}"].data}


def told_of(form: BaseForm, name: str, spoken: Iterable[str] = CONTENT_LANGUAGES) -> Text:
    """The same, with no words for each language whose field was sent empty; what was not sent is not told."""
    fields = {code: form[f"{name}_{code}"] for code in spoken}
    return {code: field.data or "" for code, field in fields.items() if field.data or field.raw_data}


def answer(template: str, form: Form, **context: Any) -> tuple[str, int]:
    """The form's page: 200 for a fresh form, else the status its errors ask for."""
    status = form.status if form.errors else 200
    return render_template(template, form=form, **context), status


def fill_texts(form: Form, **texts: Text | None) -> None:
    """Fill the fields `<name>_<language>` from translated texts."""
    for name, text in texts.items():
        for code in form.spoken:
            form[f"{name}_{code}"].data = (text or {}).get(code, "")
