"""People answer on the public form, and the desk reads it."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import STAFF
from tests.pages import Page, Pages
from tests.questions.asking import PDF, ask, file, newest, only_if, png, stored
from tests.registration.forms import filled
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db
from trainreg.questions import service
from trainreg.questions.models import AnswerFile
from trainreg.questions.queries import answers_of, form_of, standard_fields_of
from trainreg.questions.rules import PLAIN, VOLUNTARY, Asking, Kind, StandardField
from trainreg.registration.models import Registration

ALL_REQUIRED = dict.fromkeys(StandardField, Asking.REQUIRED) | dict.fromkeys(VOLUNTARY, Asking.OPTIONAL)


def send(pages: Pages, world: World, **values: Any) -> Page:
    return pages.post(f"/e/{world.event.slug}/register", filled(world.ministry, **values))


def test_every_kind_of_answer_is_kept_and_read(pages: Pages, world: World) -> None:
    kinds = {kind: ask(world.event, kind) for kind in Kind}
    given = {
        Kind.SHORT_TEXT: "Пүрэв",
        Kind.LONG_TEXT: "one\r\ntwo",
        Kind.YES_NO: "yes",
        Kind.ONE_CHOICE: "c2",
        Kind.SEVERAL_CHOICES: ["c1", "c3"],
        Kind.NUMBER: "12,50",
        Kind.DATE: "2026-03-05",
        Kind.FILE: file(PDF),
    }
    page = send(pages, world, **{f"q{kinds[kind].id}": value for kind, value in given.items()})
    assert page.status == 303
    facts = {"name": "letter.pdf", "kind": "pdf", "size": len(PDF)}
    kept = ["Пүрэв", "one\ntwo", "yes", "c2", ["c1", "c3"], "12.5", "2026-03-05", facts]
    assert stored() == dict(zip((question.id for question in kinds.values()), kept, strict=True))
    registration_id = newest().id
    with counted_statements() as statements:
        read = answers_of([registration_id, 10**6], personal=True)
    assert len(statements) == 1
    assert [text for _label, text in read[registration_id]] == [
        *("Пүрэв", "one\ntwo", "Yes", "Green", "Red; Blue", "12.5", "5 March 2026", "letter.pdf (1 KB)"),
    ]


def test_the_usual_form_costs_one_statement_and_asks_the_usual(pages: Pages, world: World) -> None:
    with counted_statements() as statements:
        page = pages.get(f"/e/{world.event.slug}/register")
    assert sum("event_form" in one for one in statements) == 1
    assert not any("question" in one for one in statements)
    assert page.value_of("position") == "" and page.find_all("select", name="level")
    for name in ("province", "phone", "dietary_needs", "access_needs"):
        assert f'name="{name}"' not in page.html
    assert "conditions.js" not in page.html and "multipart" not in page.html
    assert send(pages, world).status == 303
    assert form_of(world.event.id) is PLAIN and stored() == {}


def test_standard_fields_are_asked_kept_and_required(pages: Pages, world: World) -> None:
    service.set_standard(world.event, ALL_REQUIRED, by=STAFF)
    db.session.commit()
    assert standard_fields_of(world.event.id) == ALL_REQUIRED
    page = send(pages, world, position="")
    assert page.status == 422 and page.text.count("Please answer this question.") == 12  # beside six, and at the top
    answers = {
        "level": "senior",
        "province": "MN-053",
        "phone": "+976 9911 2233",
        "dietary_needs": "Nuts",
        "access_needs": "A ramp",
    }
    assert send(pages, world, **answers).status == 303
    one = newest()
    assert (one.province, one.person.postings[0].province, one.person.phone) == ("MN-053", "MN-053", "+976 9911 2233")
    personal = {StandardField(name): answers[name] for name in ("phone", "dietary_needs", "access_needs")}
    assert stored() == personal


def test_fields_that_are_off_are_neither_shown_nor_kept(pages: Pages, world: World) -> None:
    service.set_standard(world.event, dict.fromkeys(StandardField, Asking.OFF), by=STAFF)
    db.session.commit()
    page = pages.get(f"/e/{world.event.slug}/register")
    assert all(f'name="{name.value}"' not in page.html for name in StandardField)
    assert send(pages, world, level="senior", dietary_needs="Nuts", phone="1").status == 303
    assert (newest().position, newest().level, newest().province, stored()) == ("", "not_stated", None, {})


def test_an_answer_to_what_was_not_asked_is_not_kept(pages: Pages, world: World) -> None:
    stay = ask(world.event, Kind.YES_NO, "Will you stay?")
    nights = ask(world.event, Kind.NUMBER, "How many nights?", is_required=True, condition=only_if(stay, "yes"))
    page = pages.get(f"/e/{world.event.slug}/register")
    assert "Only if you answered “Will you stay?” with “Yes”." in page.text and "conditions.js" in page.html
    assert send(pages, world, **{f"q{stay.id}": "no", f"q{nights.id}": "many"}).status == 303
    assert stored() == {stay.id: "no"}
    page = send(pages, world, given_name="Оюун", email="", **{f"q{stay.id}": "yes"})
    assert page.status == 422 and "How many nights?: Please answer this question." in page.text
    answered = {f"q{stay.id}": "yes", f"q{nights.id}": "3"}
    assert send(pages, world, given_name="Оюун", email="", **answered).status == 303
    assert answers_of([newest().id], personal=False)[newest().id] == [
        ("Will you stay?", "Yes"),
        ("How many nights?", "3"),
    ]


def test_the_desk_asks_the_same_and_shows_the_answers(pages: Pages, world: World) -> None:
    colour = ask(world.event, Kind.ONE_CHOICE, "Which colour?", is_required=True)
    secret = ask(world.event, Kind.SHORT_TEXT, "Your passport?", is_personal=True)
    service.set_standard(world.event, {StandardField.DIETARY_NEEDS: Asking.OPTIONAL}, by=STAFF)
    db.session.commit()
    pages.sign_in(world.organizer)
    path = f"/desk/events/{world.event.slug}/registrations/new"
    data = filled(world.ministry, key=None, role="participant", standing="requested", dietary_needs="Nuts")
    assert "Which colour?" in pages.get(path).text
    assert pages.post(path, data).status == 422
    answer = pages.post(path, data | {f"q{colour.id}": "c1", f"q{secret.id}": "E123"})
    shown = pages.follow(answer)
    assert all(text in shown.text for text in ("Which colour? Red", "Your passport? E123", "Dietary needs Nuts"))
    shown = Pages(pages.app).sign_in(world.trainer).get(answer.location)
    assert "Which colour? Red" in shown.text
    assert "E123" not in shown.text and "Nuts" not in shown.text


def test_a_file_is_handed_out_to_those_who_see_contacts_and_written_down(pages: Pages, world: World) -> None:
    letter = ask(world.event, Kind.FILE, "Your letter?")
    page = pages.get(f"/e/{world.event.slug}/register")
    assert page.find_all("form", enctype="multipart/form-data") and page.find_all("input", type="file")
    assert send(pages, world, **{f"q{letter.id}": file(png(10, 10), "page.html")}).status == 303
    assert db.session.scalars(select(AnswerFile)).one().content == png(10, 10)
    path = f"/desk/events/{world.event.slug}/registrations/{newest().reference}"
    got = Pages(pages.app).sign_in(world.organizer).post(f"{path}/files/{letter.id}").response
    assert (got.status_code, got.data, got.mimetype) == (200, png(10, 10), "image/png")
    assert got.headers["Content-Disposition"] == "attachment; filename=page.png"
    assert got.headers["X-Content-Type-Options"] == "nosniff" and got.headers["Cache-Control"] == "no-store"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "form.file_handed_out")).one()
    assert (entry.user_id, entry.facts["reference"]) == (world.organizer.id, newest().reference)
    for user, status in ((world.trainer, 403), (world.me_officer, 403), (world.other_organizer, 404)):
        assert Pages(pages.app).sign_in(user).post(f"{path}/files/{letter.id}").status == status
    assert Pages(pages.app).sign_in(world.organizer).post(f"{path}/files/{letter.id + 1}").status == 404


def test_erasing_leaves_nothing(pages: Pages, world: World) -> None:
    letter, text = ask(world.event, Kind.FILE), ask(world.event, Kind.SHORT_TEXT)
    send(pages, world, **{f"q{letter.id}": file(PDF), f"q{text.id}": "mine"})
    send(pages, world, given_name="Оюун", email="", **{f"q{text.id}": "another's"})
    first = db.session.scalars(select(Registration).order_by(Registration.id)).first()
    assert first is not None and service.erase_answers(first.id) == 2
    assert stored() == {text.id: "another's"}
    assert db.session.scalar(select(func.count()).select_from(AnswerFile)) == 0
    assert service.erase_answers(first.id) == 0


def test_the_key_stands_for_the_answers_too(pages: Pages, world: World) -> None:
    text, letter = ask(world.event, Kind.SHORT_TEXT), ask(world.event, Kind.FILE)
    data = filled(world.ministry, **{f"q{text.id}": "one"})
    path = f"/e/{world.event.slug}/register"
    first = pages.post(path, data | {f"q{letter.id}": file(PDF)})
    assert pages.post(path, data | {f"q{letter.id}": file(PDF)}).location == first.location
    for other in ({f"q{text.id}": "two"}, {f"q{letter.id}": file(PDF + b"\n")}):
        assert pages.post(path, data | {f"q{letter.id}": file(PDF)} | other).status == 409
    assert stored()[text.id] == "one"


@pytest.mark.parametrize("email", ["saran@example.org", ""])
def test_a_repeated_registration_changes_no_answer(pages: Pages, world: World, email: str) -> None:
    text = ask(world.event, Kind.SHORT_TEXT)
    send(pages, world, **{f"q{text.id}": "one"})
    assert send(pages, world, **{f"q{text.id}": "two", "email": email}).status == 303
    assert stored() == {text.id: "one"}
