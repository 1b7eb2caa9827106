"""Questions that come and go with an answer, in a real browser: with the script, and without it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import check
from trainreg.questions.forms import QuestionsForm, asking
from trainreg.questions.rules import Asked, Choice, Condition, FormSpec, Kind

pytestmark = pytest.mark.slow
STATIC = Path(__file__).parents[2] / "static"
Show = Callable[..., Page]
BUS, TRAIN = Choice("c1", {"en": "Bus"}), Choice("c2", {"en": "Train"})
STAYS = Condition(1, frozenset({"yes"}))
SPEC = FormSpec(
    1,
    questions=(
        Asked(1, Kind.YES_NO, {"en": "Will you stay?"}),
        Asked(2, Kind.SEVERAL_CHOICES, {"en": "How do you come?"}, choices=(BUS, TRAIN), condition=STAYS),
        Asked(3, Kind.NUMBER, {"en": "Which carriage?"}, condition=Condition(2, frozenset({"c2"}))),
    ),
)
SOURCE = (
    '{% extends "layouts/public.html" %}{% from "questions/fields.html" import question_fields %}'
    '{% set scripts = ["conditions"] %}{% block title %}Form{% endblock %}'
    "{% block content %}<form>{{ question_fields(form) }}</form>{% endblock %}"
)


@pytest.fixture
def show(browser: Browser, app: Flask) -> Iterator[Show]:
    """Show a form of three questions, each hanging on the one before it."""
    contexts = []

    def show_(*, scripts: bool = True) -> Page:
        with app.test_request_context():
            form = asking(QuestionsForm, SPEC)(formdata=None, meta={"csrf": False})
            html = render_template_string(SOURCE, form=form)

        def answer(route: Route) -> None:
            path = route.request.url.split("?")[0].removeprefix("http://localhost/")
            if path.startswith("static/"):
                route.fulfill(path=STATIC / path.removeprefix("static/"))
            else:
                route.fulfill(body=html, content_type="text/html")

        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740})
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", answer)
        page.goto("http://localhost/page")
        return page

    yield show_
    for context in contexts:
        context.close()


def test_a_question_comes_with_the_answer_it_hangs_on_and_goes_with_it(show: Show) -> None:
    page = show()
    ways, carriage = page.get_by_role("group", name="How do you come?"), page.get_by_label("Which carriage?")
    expect(ways).to_be_hidden()
    expect(carriage).to_be_hidden()
    page.get_by_label("Yes").check()
    expect(ways).to_be_visible()
    expect(page.get_by_text("Only if you answered")).to_have_count(2)
    expect(page.get_by_text("Only if you answered").first).to_be_hidden()
    page.get_by_label("Bus").check()
    expect(carriage).to_be_hidden()
    page.get_by_label("Train").check()
    expect(carriage).to_be_visible()
    check(page)
    page.get_by_label("No", exact=True).check()
    expect(ways).to_be_hidden()
    expect(carriage).to_be_hidden()  # what it hangs on is ticked, and yet not asked any more
    page.get_by_label("Yes").check()
    expect(carriage).to_be_visible()
    expect(page.get_by_label("Train")).to_be_checked()


def test_the_keyboard_walks_past_what_is_not_asked(show: Show) -> None:
    page = show()
    page.get_by_label("Yes").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Bus")).to_be_focused()


def test_without_scripts_every_question_says_when_it_is_asked(show: Show) -> None:
    page = show(scripts=False)
    expect(page.get_by_role("group", name="How do you come?")).to_be_visible()
    expect(page.get_by_label("Which carriage?")).to_be_visible()
    expect(page.get_by_text("Only if you answered “Will you stay?” with “Yes”.")).to_be_visible()
    expect(page.get_by_text("Only if you answered “How do you come?” with “Train”.")).to_be_visible()
