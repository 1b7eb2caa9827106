"""What no page of ours sends, and what should not be sent: a sentence, 4xx, and nothing written."""

import io
import re
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.attacks.test_form_fields import HIDDEN
from tests.pages import Page, Pages
from tests.questions.asking import PDF, ask, docx, file, png, stored
from tests.registration.forms import filled
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.events.queries import get_event
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.people.service import PersonDetails
from trainreg.questions.details import Answers
from trainreg.questions.models import AnswerFile, Question
from trainreg.questions.refusals import FormChanged
from trainreg.questions.rules import Kind
from trainreg.registration.intake import PublicRegistration, register
from trainreg.registration.models import Registration

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def asked(world: World) -> dict[Kind, Question]:
    return {kind: ask(world.event, kind) for kind in Kind}


def send(pages: Pages, world: World, **values: Any) -> Page:
    return pages.post(f"/e/{world.event.slug}/register", filled(world.ministry, **values))


def assert_nothing_written() -> None:
    for model in (Registration, AnswerFile):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2, "Bolor and Tuya, as before"
    assert stored() == {}


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (Kind.NUMBER, "9" * 5000, "Write a number in digits"),
        (Kind.NUMBER, "1e309", "Write a number in digits"),
        (Kind.NUMBER, "NaN", "Write a number in digits"),
        (Kind.DATE, "9999-99-99", "This day is not in the calendar."),
        (Kind.DATE, "0001-01-01", "This day is not in the calendar."),
        (Kind.SHORT_TEXT, "x" * 201, "at most 200 characters"),
        (Kind.LONG_TEXT, "x" * 2001, "at most 2000 characters"),
        (Kind.YES_NO, "perhaps", "Choose one of these."),
        (Kind.ONE_CHOICE, "c99", "Choose one of these."),
        (Kind.ONE_CHOICE, "\x00", "Choose one of these."),
        (Kind.SEVERAL_CHOICES, ["c1", "c99"], "Choose one of these."),
        (Kind.SEVERAL_CHOICES, ["c1'; DROP TABLE answer; --"], "Choose one of these."),
        (Kind.FILE, "a text", "The file did not arrive."),
        (Kind.FILE, file(b"MZ\x90\x00" * 10, "letter.pdf"), "This is no PDF"),
        (Kind.FILE, file(b"<script>alert(1)</script>", "letter.png"), "This is no PDF"),
        (Kind.FILE, file(docx("[Content_Types].xml", "xl/workbook.xml"), "letter.docx"), "This is no PDF"),
        (Kind.FILE, file(png(50_000, 50_000), "photo.png"), "too many pixels"),
        (Kind.FILE, file(b"", "letter.pdf"), "This file is empty."),
        (Kind.FILE, file(PDF + b"0" * 6_000_000), "This file is too large: 5 MB at most."),
    ],
)
def test_a_sentence_beside_the_field(
    pages: Pages, world: World, asked: dict[Kind, Question], kind: Kind, value: Any, sentence: str
) -> None:
    if isinstance(value, tuple):
        value[0].seek(0)
        value = (io.BytesIO(value[0].read()), value[1])
    page = send(pages, world, **{f"q{asked[kind].id}": value})
    assert page.status == 422 and page.text.count(sentence) >= 2, "beside the field and at the top"
    assert page.find_all("a", href=f"#q{asked[kind].id}") or page.find_all("a", href=f"#q{asked[kind].id}-0")
    assert page.value_of("given_name") == "Саран"
    assert_nothing_written()


@pytest.mark.parametrize("problem", HIDDEN)
def test_hidden_characters(pages: Pages, world: World, asked: dict[Kind, Question], problem: str) -> None:
    for kind in (Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.DATE, Kind.ONE_CHOICE, Kind.SEVERAL_CHOICES):
        page = send(pages, world, given_name="Номин", **{f"q{asked[kind].id}": HIDDEN[problem]})
        harmless = kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT}
        assert page.status == 422 or (harmless and page.status == 303), kind
        assert not re.search("[\u202e\u2067\u200b\x00\x1b]", str(stored()))


def test_forged_and_foreign_questions_are_told(pages: Pages, world: World, asked: dict[Kind, Question]) -> None:
    foreign = ask(world.other_event, Kind.SHORT_TEXT)
    for name in (f"q{foreign.id}", "q999999", "q0", "q" + "9" * 20):
        page = send(pages, world, **{name: "x"})
        assert page.status == 422 and "The questions were changed" in page.text, name
        assert_nothing_written()
    page = send(pages, world, **{f"q{foreign.id}": file(PDF)})
    assert page.status == 422
    assert_nothing_written()


@pytest.mark.slow
def test_odd_shapes_never_break_it(pages: Pages, world: World, asked: dict[Kind, Question]) -> None:
    for question in asked.values():
        name = f"q{question.id}"
        for value in (["a", "b"], [file(PDF), file(PDF)], "null", "[]", "{}", "-1", str(2**63), "\u0301" * 300):
            assert send(pages, world, given_name="Номин", **{name: value}).status in {303, 422}, (question.kind, value)
        assert send(pages, world, **{f"{name}[]": "x", f"{name}-0": "y", f"{name}[$ne]": ""}).status in {303, 422}


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def readable(self) -> bool:
        return True

    def read(self, _size: int = -1) -> bytes:
        raise AssertionError("this was refused by its length already")


@pytest.mark.parametrize(
    ("asks_file", "content_type", "length"),
    [
        (True, "multipart/form-data; boundary=x", 100_000_000),
        (True, "multipart/form-data; boundary=x", 17_000_000),
        (True, FORM, 600_000),
        (False, "multipart/form-data; boundary=x", 40_000),
        (False, FORM, 40_000),
    ],
)
def test_large_bodies_are_refused_unread(
    pages: Pages, world: World, asks_file: bool, content_type: str, length: int
) -> None:
    if asks_file:
        ask(world.event, Kind.FILE)
    answer = pages.client.post(
        f"/e/{world.event.slug}/register",
        content_type=content_type,
        environ_overrides={"CONTENT_LENGTH": str(length), "wsgi.input": Unread()},
    )
    assert answer.status_code == 413 and "larger than this page accepts" in answer.get_data(as_text=True)
    assert_nothing_written()


def test_a_form_without_files_takes_long_answers_and_asks_nothing_more(pages: Pages, world: World) -> None:
    texts = [ask(world.event, Kind.LONG_TEXT, f"Text {number}") for number in range(4)]
    answers = {f"q{question.id}": "Ж" * 2000 for question in texts}
    assert send(pages, world, **answers).status == 303, "48 kB on the way"
    with counted_statements() as statements:
        pages.client.get(f"/e/{world.event.slug}/register")
    assert sum("FROM event_form" in one for one in statements) == 1


def test_answers_to_an_older_form_are_not_stored(pages: Pages, world: World, asked: dict[Kind, Question]) -> None:
    """Between reading the form and the event's lock an organizer may be quicker."""
    event, text = get_event(world.event.slug), asked[Kind.SHORT_TEXT]
    answers = Answers(1, {}, {text.id: "x"})
    typed = PublicRegistration(PersonDetails("Саран"), world.ministry.code, answers=answers)
    with pytest.raises(FormChanged):
        register(event, typed, key="k" * 36, language="en")
    db.session.rollback()
    assert_nothing_written()
