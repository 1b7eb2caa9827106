"""The scripts of static/js, each on a small page made of the real components."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Browser, Page, Route, expect
from wtforms import SelectField, StringField

from tests.journeys.conftest import check
from trainreg.web.forms import Form

pytestmark = pytest.mark.slow
STATIC = Path(__file__).parents[2] / "static"
Show = Callable[..., Page]


class AgencyForm(Form):
    agency = SelectField(
        "Agency",
        choices=[("", "Choose"), ("1", "Statistical Office"), ("2", "Border Office"), ("3", "Өмнөговь аймаг")],
    )
    notes = StringField("Notes")


@pytest.fixture
def show(browser: Browser, app: Flask) -> Iterator[Show]:
    """Show a page of components; `scripts=False` is a browser without them."""
    contexts = []

    def show_(content: str, script: str, scripts: bool = True) -> Page:
        source = (
            '{% extends "layouts/desk.html" %}{% from "components/forms.html" import field, csrf, submit %}'
            '{% from "components/table.html" import table, td, tick, bulk_bar %}'
            '{% from "components/dialog.html" import confirm_button %}'
            f'{{% set scripts = ["{script}"] %}}{{% block title %}}Page{{% endblock %}}'
            f"{{% block content %}}{content}{{% endblock %}}"
        )
        with app.test_request_context():
            html = render_template_string(source, form=AgencyForm(meta={"csrf": False}))

        def answer(route: Route) -> None:
            path = route.request.url.split("?")[0].removeprefix("http://localhost/")
            if path.startswith("static/"):
                route.fulfill(path=STATIC / path.removeprefix("static/"))
            else:
                route.fulfill(body=html, content_type="text/html")

        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1000, "height": 700})
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", answer)
        page.goto("http://localhost/page")
        return page

    yield show_
    for context in contexts:
        context.close()


COMBO = '<form method="post">{{ csrf() }}{{ field(form.agency, combo=True) }}{{ field(form.notes) }}</form>'


def test_typing_filters_the_list_and_enter_chooses(show: Show) -> None:
    page = show(COMBO, "combo")
    box = page.get_by_role("combobox", name="Agency")
    box.focus()
    page.keyboard.type("office")
    expect(page.get_by_role("option")).to_have_text(["Statistical Office", "Border Office"])
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-activedescendant", "agency-option-0")
    check(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Border Office")
    expect(page.locator("#agency")).to_have_value("2")
    expect(page.get_by_role("option")).to_have_count(0)


def test_look_alike_letters_find_the_same(show: Show) -> None:
    page = show(COMBO, "combo")
    box = page.get_by_role("combobox", name="Agency")
    box.fill("Ємнєговь")
    page.keyboard.press("Tab")
    expect(box).to_have_value("Өмнөговь аймаг")


def test_what_matches_nothing_is_said_and_the_answer_kept(show: Show) -> None:
    page = show(COMBO, "combo")
    box = page.get_by_role("combobox", name="Agency")
    box.fill("border")
    page.keyboard.press("Enter")
    box.fill("zzz")
    expect(page.locator(".combo [role=status]")).to_have_text("Nothing matches")
    page.keyboard.press("Escape")
    expect(box).to_have_value("Border Office")


def test_without_scripts_the_list_is_a_plain_select(show: Show) -> None:
    page = show(COMBO, "combo", scripts=False)
    page.get_by_label("Agency").select_option("Statistical Office")
    expect(page.get_by_label("Agency")).to_have_value("1")


BULK = (
    '<form method="post" data-bulk>{{ csrf() }}'
    '{% call table("Rows", [{"label": "Select", "select_all": True}, "Name"]) %}'
    '{% for n in "abcde" %}<tr>{{ tick("row", n, n) }}{{ td("Name", n) }}</tr>{% endfor %}{% endcall %}'
    '{% call bulk_bar() %}{{ submit("Confirm") }}{% endcall %}</form>'
)


def test_one_box_ticks_all_and_shift_ticks_a_range(show: Show) -> None:
    page = show(BULK, "select-all")
    every, count = page.locator("[data-select-all]"), page.locator("[data-selected-count]")
    every.check()
    expect(count).to_have_text("5 selected")
    every.uncheck()
    expect(count).to_have_text("With the ticked rows")
    boxes = page.locator("tbody input")
    boxes.nth(1).check()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(count).to_have_text("3 selected")
    assert every.evaluate("box => box.indeterminate")


DIALOG = (
    "{% call confirm_button('gone', '/gone', 'Call off', 'Call it off?', 'Yes') %}<p>Nobody comes.</p>{% endcall %}"
)


def test_a_dialog_opens_on_the_safe_answer_and_gives_the_focus_back(show: Show) -> None:
    page = show(DIALOG, "app")
    page.get_by_role("button", name="Call off").click()
    expect(page.get_by_role("dialog", name="Call it off?")).to_be_visible()
    expect(page.get_by_role("button", name="Keep as it is")).to_be_focused()
    check(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Call off")).to_be_focused()


def test_without_scripts_the_question_opens_in_place(show: Show) -> None:
    page = show(DIALOG, "app", scripts=False)
    page.get_by_text("Call off", exact=True).click()
    expect(page.get_by_role("button", name="Yes")).to_be_visible()


GRID = (
    "<table data-grid>{% for r in range(3) %}<tr>{% for c in range(3) %}"
    '<td><input type="checkbox" aria-label="{{ r }}{{ c }}" data-cell'
    ' {{ "disabled" if (r, c) == (1, 0) }}></td>{% endfor %}</tr>{% endfor %}</table>'
)


def test_arrow_keys_walk_the_grid_and_pass_over_gaps(show: Show) -> None:
    page = show(GRID, "grid")
    page.get_by_label("00").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("20")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("21")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_label("22")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("22")).to_be_focused()
