"""The macros of templates/components, read as a browser and a screen reader would."""

from typing import Any

import html5lib
import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, FileField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from trainreg.web.forms import Form

IMPORTS = """
{% from "components/forms.html" import field, error_summary, hidden, submit, post_button, bilingual %}
{% from "components/table.html" import table, td, tick %}
{% from "components/status.html" import registration_status, event_status, attendance_state, certificate_state %}
{% from "components/bars.html" import bar_table %}
{% from "components/dialog.html" import confirm_button %}
"""


class Example(Form):
    name = StringField("Name", validators=[InputRequired("Enter a name.")])
    day = DateField("Day", description="The first one.", validators=[InputRequired("Choose a day.")])
    nickname = StringField("Nickname")
    agency = SelectField("Agency", choices=[("", "Choose"), ("1", "One")], validators=[InputRequired("Choose one.")])
    kind = SelectField("Kind", choices=[("a", "A"), ("b", "B")])
    sex = RadioField("Sex", choices=[("f", "F"), ("m", "M")], validators=[InputRequired("Choose an answer.")])
    needs = SelectMultipleField(
        "Needs",
        choices=[("x", "X"), ("y", "Y")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agrees = BooleanField("I agree", validators=[InputRequired("Agree first.")])
    paper = FileField("Paper")


@pytest.fixture
def draw(app: Flask) -> Any:
    def draw_(source: str, **context: Any) -> Any:
        with app.test_request_context():
            form = Example(MultiDict({"name": "", "nickname": "Ө <b>", "kind": "a"}), meta={"csrf": False})
            form.validate()
            text = render_template_string(IMPORTS + source, form=form, **context)
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parseFragment(text)
        assert parser.errors == []
        return tree

    return draw_


def by_id(tree: Any, name: str) -> Any:
    return next(element for element in tree.iter() if element.get("id") == name)


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_an_error_stands_beside_its_field_and_is_tied_to_it(draw: Any) -> None:
    tree = draw("{{ field(form.day) }}")
    control = by_id(tree, "day")
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "day-hint day-error"
    assert words(by_id(tree, "day-hint")) == "The first one."
    assert words(by_id(tree, "day-error")) == "Choose a day."


def test_the_summary_leads_to_every_field_with_an_error(draw: Any) -> None:
    page = "{{ error_summary(form, sentences=['It is full.']) }}{% for f in form %}{{ field(f) }}{% endfor %}"
    tree = draw(page)
    summary = by_id(tree, "error-summary")
    assert summary.get("role") == "alert"
    assert "It is full." in words(summary)
    targets = [link.get("href") for link in summary.iter("a")]
    assert targets == ["#name", "#day", "#agency", "#sex-0", "#agrees"]
    for target in targets:
        assert by_id(tree, target[1:]).tag in {"input", "select"}


def test_no_summary_without_errors(draw: Any) -> None:
    assert words(draw("{{ error_summary(none) }}")) == ""


def test_only_what_may_stay_empty_says_so(draw: Any) -> None:
    tree = draw("{% for f in form %}{{ field(f) }}{% endfor %}")
    optional = {label.get("for") for label in tree.iter("label") if "optional" in words(label)}
    assert optional == {"nickname", "paper"}
    assert "Needs (optional)" in [words(legend) for legend in tree.iter("legend")]


def test_what_was_typed_is_kept_and_escaped(draw: Any) -> None:
    assert by_id(draw("{{ field(form.nickname) }}"), "nickname").get("value") == "Ө <b>"


def test_every_option_of_a_list_has_its_label(draw: Any) -> None:
    tree = draw("{{ field(form.sex) }}{{ field(form.needs) }}")
    labels = {label.get("for"): words(label) for label in tree.iter("label")}
    assert labels == {"sex-0": "F", "sex-1": "M", "needs-0": "X", "needs-1": "Y"}
    assert by_id(tree, "sex").tag == "fieldset"


@pytest.mark.parametrize(
    ("macro", "values"),
    [
        ("registration_status", "invited nominated requested waitlisted confirmed declined cancelled"),
        ("event_status", "draft open closed cancelled"),
        ("attendance_state", "present late excused absent"),
        ("certificate_state", "issued superseded revoked expired"),
    ],
)
def test_every_state_has_words_of_its_own(draw: Any, macro: str, values: str) -> None:
    shown = [words(draw("{{ " + macro + "(value) }}", value=value)) for value in values.split()]
    assert len(set(shown)) == len(shown)
    assert all(text and text[0].isupper() for text in shown)


def test_cells_repeat_their_column_for_phones(draw: Any) -> None:
    tree = draw("{% call table('T', ['A', 'B']) %}<tr>{{ td('A', 1, head=True) }}{{ td('B', none) }}</tr>{% endcall %}")
    assert [cell.get("data-label") for cell in tree.iter("td")] == ["B"]
    assert next(iter(tree.iter("th"))).get("scope") == "col"
    assert words(next(tree.iter("caption"))) == "T"


def test_bars_stand_beside_their_numbers(draw: Any) -> None:
    rows = [{"label": "One", "value": 30}, {"label": "Two", "value": 15}]
    tree = draw("{{ bar_table('Bars', rows, 'Who', 'How many', total=45) }}", rows=rows)
    widths = [rect.get("width") for rect in tree.iter() if rect.tag.endswith("rect")]
    assert [float(width) for width in widths] == [100, 100, 100, 50]
    assert [words(cell) for cell in tree.iter("td")] == ["30", "15", "45"]


def test_asking_first_works_without_scripts(draw: Any) -> None:
    tree = draw("{% call confirm_button('x', '/gone', 'Go', 'Really?', 'Yes', row=7) %}<p>Why</p>{% endcall %}")
    form = next(tree.iter("form"))
    assert (form.get("method"), form.get("action")) == ("post", "/gone")
    assert {item.get("name") for item in form.iter("input")} == {"csrf_token", "row"}
    assert next(tree.iter("summary")) is not None
