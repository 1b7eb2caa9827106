"""An organizer makes the form of an event, at the desk and without scripts."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import STAFF
from tests.pages import Page, Pages
from tests.questions.asking import PDF, ask, file, only_if, stored
from tests.registration.forms import filled
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.events.rules import EventStatus
from trainreg.events.service import copy_event
from trainreg.kernel.db import db
from trainreg.questions import service
from trainreg.questions.models import Question
from trainreg.questions.queries import answers_of, form_of
from trainreg.questions.rules import Asking, Kind, StandardField
from trainreg.registration.models import Registration

CHOICES = {"choices-0-label_en": "Bus", "choices-0-label_mn": "Автобус", "choices-1-label_en": "Train"}


@pytest.fixture
def desk(pages: Pages, world: World) -> Pages:
    return pages.sign_in(world.organizer)


def form_path(world: World) -> str:
    return f"/desk/events/{world.event.slug}/form"


def new(desk: Pages, world: World, kind: Kind, **values: Any) -> Page:
    data = {"label_en": "How will you come?", "label_mn": "Яаж ирэх вэ?", "press": "save"} | values
    return desk.post(f"{form_path(world)}/questions/new?kind={kind.value}", data)


def act(desk: Pages, world: World, question: Question, action: str) -> Page:
    return desk.post(f"{form_path(world)}/questions/{question.id}/do", {"action": action})


def labels(world: World) -> list[str]:
    return [question.label["en"] for question in form_of(world.event.id).asked]


def test_standard_fields_are_switched_on(desk: Pages, world: World) -> None:
    page = desk.get(form_path(world))
    assert (page.value_of("position"), page.value_of("phone")) == ("optional", "off")
    wanted = {name.value: "off" for name in StandardField} | {"phone": "required"}
    assert desk.post(form_path(world), wanted).status == 303
    assert form_of(world.event.id).standard[StandardField.PHONE] is Asking.REQUIRED
    assert desk.get(form_path(world)).value_of("phone") == "required"
    assert "Standard fields of the form changed" in [entry.sentence for entry in history_of(world.event)]
    assert desk.post(form_path(world), wanted | {"phone": "perhaps"}).status == 422


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_of_each_kind_is_added_edited_and_previewed(desk: Pages, world: World, kind: Kind) -> None:
    assert desk.get(f"{form_path(world)}/questions/new?kind={kind.value}").status == 200
    assert new(desk, world, kind, **CHOICES, is_required="y").status == 303
    question = form_of(world.event.id).asked[0]
    assert (question.kind, question.label["mn"], question.is_required) == (kind, "Яаж ирэх вэ?", True)
    assert [choice.label["en"] for choice in question.choices] == (["Bus", "Train"] if kind.has_choices else [])
    edit = f"{form_path(world)}/questions/{question.id}"
    page = desk.get(edit)
    assert page.value_of("label_en") == "How will you come?" and page.value_of("is_required") == "y"
    again = {"label_en": "How do you travel?", "choices-0-key": "c1", "choices-1-key": "c2", **CHOICES}
    assert desk.post(edit, again).status == 303
    assert "How do you travel?" in desk.get(f"{form_path(world)}/preview").text
    assert "How do you travel?" in desk.get(form_path(world)).text
    assert "How do you travel?" in Pages(desk.app).get(f"/e/{world.event.slug}/register").text


def test_questions_are_put_in_order(desk: Pages, world: World) -> None:
    first, second, _third = (ask(world.event, Kind.YES_NO, label) for label in ("First", "Second", "Third"))
    assert act(desk, world, second, "up").status == 303
    assert labels(world) == ["Second", "First", "Third"]
    act(desk, world, first, "down")
    act(desk, world, first, "down")
    assert labels(world) == ["Second", "Third", "First"]


def test_a_condition_is_ticked_and_kept_in_order(desk: Pages, world: World) -> None:
    stay = ask(world.event, Kind.YES_NO, "Will you stay?")
    page = desk.get(f"{form_path(world)}/questions/new?kind=number")
    assert "Will you stay? — Yes" in page.text
    assert new(desk, world, Kind.NUMBER, only_if=f"{stay.id}:yes").status == 303
    nights = form_of(world.event.id).asked[1]
    assert nights.condition == only_if(stay, "yes")
    page = act(desk, world, stay, "down")
    assert page.status == 409 and "must stand after that question" in page.text
    for action in ("retire", "remove"):
        page = act(desk, world, stay, action)
        assert page.status == 409 and "depends on this one" in page.text
    assert len(form_of(world.event.id).asked) == 2


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        (Kind.SHORT_TEXT, {"label_en": "", "label_mn": ""}, "in at least one language"),
        (Kind.SHORT_TEXT, {"label_en": "x" * 301}, "300 characters at most"),
        (Kind.SHORT_TEXT, {"label_en": "a\u202eb"}, "turns the writing direction"),
        (Kind.SHORT_TEXT, {"most": "many"}, "Write a whole number in digits."),
        (Kind.SHORT_TEXT, {"most": "9" * 30}, "Write a whole number in digits."),
        (Kind.SHORT_TEXT, {"least": "9", "most": "3"}, "must not be below the one before it"),
        (Kind.NUMBER, {"least": "1e9"}, "Write a number in digits"),
        (Kind.DATE, {"most": "2026-02-30"}, "This day is not in the calendar."),
        (Kind.ONE_CHOICE, {}, "Give at least two choices."),
        (Kind.ONE_CHOICE, {"choices-0-label_en": "Bus", "choices-0-key": "c7"} | CHOICES, "did not arrive whole"),
        (Kind.YES_NO, {"only_if": "1:yes"}, "no longer on the list"),
        (Kind.YES_NO, {"only_if": "\x00"}, "no longer on the list"),
    ],
)
def test_bad_questions_are_told_and_kept(
    desk: Pages, world: World, kind: Kind, values: dict[str, str], sentence: str
) -> None:
    page = new(desk, world, kind, hint_en="typed", **values)
    assert page.status == 422 and sentence in page.text
    assert page.value_of("hint_en") == "typed"
    assert db.session.scalar(select(func.count()).select_from(Question)) == 0


def test_more_choices_can_be_asked_for(desk: Pages, world: World) -> None:
    page = new(desk, world, Kind.ONE_CHOICE, press="more", **CHOICES)
    assert page.status == 200 and page.value_of("choices-0-label_en") == "Bus"
    assert page.find_all("input", name="choices-5-label_mn")


def test_what_was_answered_is_reworded_and_retired_but_stays_readable(desk: Pages, world: World) -> None:
    colour = ask(world.event, Kind.ONE_CHOICE, "Colour?")
    visitor = Pages(desk.app)
    visitor.post(f"/e/{world.event.slug}/register", filled(world.ministry, **{f"q{colour.id}": "c1"}))
    edit = f"{form_path(world)}/questions/{colour.id}"
    assert "There are answers already" in desk.get(edit).text
    assert desk.post(f"{edit}?kind=number", {"label_en": "Colour?"}).status == 409
    assert act(desk, world, colour, "remove").status == 409
    reworded = {"label_en": "Which colour?", "choices-0-key": "c2", "choices-0-label_en": "Leaf green"}
    reworded |= {"choices-1-label_en": "Yellow"}
    assert desk.post(edit, reworded).status == 303
    assert [(one.key, one.is_offered) for one in form_of(world.event.id).asked[0].choices] == [
        *(("c2", True), ("c4", True), ("c1", False), ("c3", False)),
    ]
    assert "No longer offered: Red, Blue" in desk.get(edit).text
    assert act(desk, world, colour, "retire").status == 303
    assert labels(world) == []
    registration = db.session.scalars(select(Registration)).one()
    assert answers_of([registration.id], personal=False) == {registration.id: [("Which colour?", "Red")]}
    assert act(desk, world, colour, "restore").status == 303
    assert labels(world) == ["Which colour?"]


def test_a_form_asks_for_three_files_at_most(desk: Pages, world: World) -> None:
    for _number in range(3):
        assert new(desk, world, Kind.FILE).status == 303
    page = new(desk, world, Kind.FILE)
    assert page.status == 409 and "at most 3 files" in page.text
    assert len(form_of(world.event.id).asked) == 3


def test_a_copy_takes_the_form_along_and_no_answer(desk: Pages, world: World) -> None:
    gone, stay = ask(world.event, Kind.SHORT_TEXT, "Gone"), ask(world.event, Kind.YES_NO, "Stay?")
    ask(world.event, Kind.FILE, "Letter", condition=only_if(stay, "yes"))
    service.retire_question(world.event, gone.id, by=STAFF)
    service.set_standard(world.event, {StandardField.PHONE: Asking.REQUIRED}, by=STAFF)
    copy = copy_event(world.event, by=STAFF)
    db.session.commit()
    spec = form_of(copy.id)
    assert [question.label["en"] for question in spec.questions] == ["Stay?", "Letter"]
    condition = spec.asked[1].condition
    assert condition is not None and condition.question_id == spec.asked[0].id != stay.id
    assert spec.standard[StandardField.PHONE] is Asking.REQUIRED


def test_an_event_called_off_keeps_its_form(desk: Pages, world: World) -> None:
    question = ask(world.event, Kind.YES_NO)
    world.event.status = EventStatus.CANCELLED
    db.session.commit()
    assert desk.get(form_path(world)).status == 200
    assert act(desk, world, question, "remove").status == 409
    assert new(desk, world, Kind.YES_NO).status == 409


def test_questions_of_another_event_are_not_found(desk: Pages, world: World) -> None:
    other = ask(world.other_event, Kind.YES_NO, "Other")
    edit = f"{form_path(world)}/questions/{other.id}"
    assert desk.get(edit).status == desk.post(edit, {"label_en": "Mine"}).status == 404
    for action in ("up", "remove", "retire", "nonsense"):
        assert act(desk, world, other, action).status == 404
    page = new(desk, world, Kind.YES_NO, only_if=f"{other.id}:yes")
    assert page.status == 422
    assert labels(world) == []


def test_a_form_changed_in_the_middle_is_shown_again(desk: Pages, world: World) -> None:
    letter, text = ask(world.event, Kind.FILE), ask(world.event, Kind.SHORT_TEXT)
    service.retire_question(world.event, text.id, by=STAFF)
    db.session.commit()
    data = filled(world.ministry, **{f"q{letter.id}": file(PDF), f"q{text.id}": "too late"})
    page = Pages(desk.app).post(f"/e/{world.event.slug}/register", data)
    assert page.status == 422 and "The questions were changed" in page.text
    assert "Choose the file again." in page.text and page.value_of("given_name") == "Саран"
    assert stored() == {}
