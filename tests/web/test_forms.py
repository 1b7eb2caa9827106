"""The base of every form: cleaned fields, sentences, statuses."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms.validators import DataRequired

from trainreg.kernel.refusals import Invalid, Refused
from trainreg.web.forms import EmailAddressField, Form, LineField, NameField, ParagraphField, fill_texts


class Card(Form):
    """A form with one field of each kind."""

    name = NameField("Name", [DataRequired("Enter the name.")])
    title_en = LineField("Title")
    title_mn = LineField("Title in Mongolian")
    notes = ParagraphField("Notes")
    email = EmailAddressField("E-mail")


class Taken(Refused):
    sentence = _l("Somebody has %(thing)s already.")
    field = "name"


@pytest.fixture
def request_(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", method="POST"):
        yield


def card(**values: str) -> Card:
    """A card as it was typed; the token is somebody else's test."""
    form = Card(formdata=None, meta={"csrf": False})
    for name, value in ({"name": "Бат"} | values).items():
        form[name].process_formdata([value])
        form[name].raw_data = [value]
    return form


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Бат   Болор ", "Бат Болор"), ("и\u0306", "й"), ("Бат\u00a0Болор", "Бат Болор")]
)
def test_a_line_is_cleaned(request_: None, typed: str, kept: str) -> None:
    form = card(name=typed)
    assert form.validate() and form.name.data == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Бат\x00Болор", "cannot be printed"),
        ("Бат\nБолор", "cannot be printed"),
        ("Бат\x85Болор", "cannot be printed"),
        ("Бат\u202eБолор", "writing direction"),
        ("Бат\u200bБолор", "invisible"),
        ("1234", "at least one letter"),
        ("", "Enter the name."),
        ("   ", "Enter the name."),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_its_reason(request_: None, typed: str, sentence: str) -> None:
    form = card(name=typed)
    assert not form.validate()
    assert sentence in " ".join(map(str, form.name.errors))
    assert form.status == 422


def test_a_paragraph_keeps_its_lines(request_: None) -> None:
    form = card(notes=" first \r\nsecond\n\n third\n")
    assert form.validate() and form.notes.data == "first\nsecond\n\nthird"


def test_a_paragraph_with_a_hidden_character_is_refused(request_: None) -> None:
    assert not card(notes="first\nsec\u202eond").validate()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", None),
        ("Bolor@Example.ORG", "bolor@example.org"),
        ("a+b@example.org", "a+b@example.org"),
        ("x@münchen.de", "x@xn--mnchen-3ya.de"),
    ],
)
def test_an_address_is_kept_in_one_spelling(request_: None, typed: str, value: str | None) -> None:
    form = card(email=typed)
    assert form.validate() and form.email.value == value


@pytest.mark.parametrize(
    "typed", ["bolor", "a@b", "a@b@example.org", "болор@example.org", "a@example.org\x00", "a b@example.org", "a@.org"]
)
def test_what_is_no_address_is_refused(request_: None, typed: str) -> None:
    form = card(email=typed)
    assert not form.validate() and form.email.errors


def test_texts_are_read_and_filled_by_language(request_: None) -> None:
    form = card(title_en="Seminar", title_mn="")
    assert form.text("title") == {"en": "Seminar"}
    fill_texts(form, title={"mn": "Семинар"})
    assert (form.title_en.data, form.title_mn.data) == ("", "Семинар")


def test_a_refusal_stands_beside_its_field_and_sets_the_status(request_: None) -> None:
    form = card()
    form.refuse(Taken(thing="a card"))
    assert form.name.errors == ["Somebody has a card already."] and form.status == 409
    form.refuse(Invalid())
    assert form.form_errors == ["Please check what you entered."] and form.status == 422


def test_without_its_token_a_form_says_so_and_answers_400(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"name": "Бат"}):
        form = Card()
        assert not form.validate()
        assert "open for too long" in str(form.form_errors) and form.status == 400


def test_a_lazy_text_is_escaped_like_any_other(app: Flask) -> None:
    with app.test_request_context("/"):
        lazy = _l("Hello %(name)s", name="<b>M&E</b>")
        assert Markup("{}").format(lazy) == "Hello &lt;b&gt;M&amp;E&lt;/b&gt;"
        assert app.jinja_env.from_string("{{ x }}").render(x=lazy) == "Hello &lt;b&gt;M&amp;E&lt;/b&gt;"
