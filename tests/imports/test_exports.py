"""Lists are handed out by right, written down, harmless to open, and cost the same however long they are."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests import factories as make
from tests.imports.files import applied, looked_at, outcomes, reasons
from tests.pages import Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.attendance.words import STATE_WORDS
from trainreg.audit.models import AuditEntry
from trainreg.events.forms import KINDS
from trainreg.imports import service
from trainreg.imports.cell_words import KINDS as KIND_MEANINGS
from trainreg.imports.cell_words import LEVELS, MARKS, ROLES, SEXES
from trainreg.imports.rules import ImportKind
from trainreg.kernel.db import db
from trainreg.kernel.sheets import Sheet, read_sheet
from trainreg.kernel.text import fold
from trainreg.people.said import AGE_BANDS
from trainreg.people.words import AGE_BAND_WORDS, LEVEL_WORDS, SEX_WORDS
from trainreg.questions.models import EventForm, Question, StoredAnswer
from trainreg.questions.rules import Kind
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.words import ROLE_WORDS


def path(world: World, what: str = "registrations") -> str:
    return f"/desk/events/{world.event.slug}/{what}/export"


def taken(pages: Pages, address: str, **asked: str) -> Sheet:
    asked.setdefault("format", "csv")
    page = pages.post(address, asked)
    assert page.status == 200, page.text
    assert page.response.headers["Cache-Control"] == "private, no-store"
    return read_sheet(page.response.get_data(), f"list.{asked['format']}")


def fill(world: World, number: int, position: str = "=1+1") -> None:
    for at in range(number):
        who = make.person(f"Саран{at}", email=f"p{at}@example.org", phone="99112233")
        make.registration(world.event, who, agency=world.ministry, position=position)
    db.session.commit()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_registrations_with_contacts_for_those_who_may(pages: Pages, world: World, form: str) -> None:
    fill(world, 3)
    sheet = taken(pages.sign_in(world.organizer), path(world), format=form)
    assert len(sheet.rows) == 3 and "E-mail address" in sheet.header and "Telephone" in sheet.header
    row = dict(zip(sheet.header, sheet.rows[0].cells, strict=True))
    assert (row["Given name"], row["E-mail address"], row["Status"]) == ("Саран0", "p0@example.org", "Confirmed")
    assert row["Agency, its code or name"] == "Ministry of Labour" and row["Sex"] == "Woman"
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.action == "event.contacts_taken" and entry.facts == {"format": form.upper()}


def test_no_contacts_for_a_trainer(pages: Pages, world: World) -> None:
    fill(world, 1)
    page = pages.sign_in(world.trainer).post(path(world), {"format": "csv"})
    assert "Саран0" in page.html and "@example.org" not in page.html and "99112233" not in page.html
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.action == "event.registrations_taken"


def test_answers_have_columns_of_their_own(pages: Pages, world: World) -> None:
    lunch = Question(place=1, kind=Kind.SHORT_TEXT, label={"en": "Lunch", "mn": "Хоол"})
    health = Question(place=2, kind=Kind.SHORT_TEXT, label={"en": "Health"}, is_personal=True)
    db.session.add(EventForm(event_id=world.event.id, questions=[lunch, health]))
    db.session.flush()
    first = make.registration(world.event, world.bolor, agency=world.ministry)
    make.registration(world.event, world.tuya, agency=world.border)
    for question, said in ((lunch, "=soup"), (health, "well")):
        db.session.add(StoredAnswer(registration_id=first.id, question_id=question.id, value=said))
    db.session.commit()
    sheet = taken(pages.sign_in(world.organizer), path(world), sort="-name")
    answers = {row.cells[sheet.header.index("Given name")]: row.cells[-2:] for row in sheet.rows}
    assert sheet.header[-2:] == ("Lunch", "Health") and answers == {"Болор": ("=soup", "well"), "Туяа": ("", "")}
    header = pages.sign_in(world.trainer).post(path(world), {"format": "csv"}).html.splitlines()[0]
    assert "Lunch" in header and "Health" not in header


def test_what_would_run_is_harmless(pages: Pages, world: World) -> None:
    fill(world, 1)
    pages.sign_in(world.organizer)
    assert ",'=1+1," in pages.post(path(world), {"format": "csv"}).html
    book = load_workbook(BytesIO(pages.post(path(world), {"format": "xlsx"}).response.get_data()))
    cells = [cell for row in book.active for cell in row if cell.value == "=1+1"]  # type: ignore[union-attr]
    assert cells and all(cell.data_type != "f" for cell in cells)


def test_only_what_the_filters_let_through(pages: Pages, world: World) -> None:
    fill(world, 2)
    make.registration(world.event, world.tuya, RegistrationStatus.DECLINED, agency=world.border)
    db.session.commit()
    pages.sign_in(world.organizer)
    for asked, names in (
        ({"status": "declined"}, ["Туяа"]),
        ({"agency": world.ministry.code, "sort": "-name"}, ["Саран1", "Саран0"]),
        ({"q": "саран1"}, ["Саран1"]),
    ):
        sheet = taken(pages, path(world), **asked)
        place = sheet.header.index("Given name")
        assert [row.cells[place] for row in sheet.rows] == names
    page = pages.get(f"/desk/events/{world.event.slug}/registrations?status=declined&q=Туяа")
    form = next(form for form in page.find_all("form") if form.get("action") == path(world))
    assert {i.get("name"): i.get("value") for i in form.iter("input")}.items() >= {
        "status": "declined",
        "q": "Туяа",
    }.items()


def test_by_right(pages: Pages, world: World) -> None:
    addresses = [path(world), path(world, "attendance"), f"/desk/projects/{world.project.code}/events/export"]
    for account in (world.other_organizer, world.viewer, world.focal_point):
        other = Pages(pages.app).sign_in(account)
        for address in [*addresses, "/desk/agencies/export", "/desk/messages/export"]:
            assert other.post(address, {"format": "csv"}).status in {403, 404}, address
    organizer = Pages(pages.app).sign_in(world.organizer)
    assert organizer.post("/desk/messages/export", {"format": "csv"}).status == 403
    for address in addresses:
        assert organizer.post(address, {"format": "pdf"}).status == 404
        assert organizer.get(address).status in {404, 405}, "handing out is written down, so it is no GET"


def test_attendance_goes_out_and_comes_back(pages: Pages, world: World) -> None:
    past = make.event(world.project, starts=make.NOW.replace(year=2025))
    one = make.registration(past, world.bolor, agency=world.ministry)
    make.registration(past, world.tuya, agency=world.border)
    heading = ["Reference", *(f"Session {number}" for number in (1, 2))]
    applied(looked_at(ImportKind.ATTENDANCE, [heading, [one.reference, "present", "late"]], event=past))
    pages.sign_in(world.organizer)
    for language in ("en", "mn"):
        pages.get(f"/desk/?lang={language}")
        sheet = taken(pages, f"/desk/events/{past.slug}/attendance/export")
        assert len(sheet.rows) == 2 and {row.cells[-2:] for row in sheet.rows} > {("", "")}
        again = looked_at(ImportKind.ATTENDANCE, [sheet.header, *(row.cells for row in sheet.rows)], event=past)
        assert outcomes(again) == ["unchanged", "unchanged"], reasons(again)


def test_agencies_events_and_messages(pages: Pages, world: World) -> None:
    make.message(recipient="a@example.org")
    make.agency("Department", parent_id=world.ministry.id, code="department")
    db.session.commit()
    pages.sign_in(world.administrator)
    sheet = taken(pages, "/desk/agencies/export")
    assert ("department", "Department", "Department (мн)", world.ministry.code, "", "") in [
        row.cells for row in sheet.rows
    ]
    again = looked_at(ImportKind.AGENCIES, [sheet.header, *(row.cells for row in sheet.rows)])
    assert set(outcomes(again)) == {"unchanged"}
    sheet = taken(pages, f"/desk/projects/{world.project.code}/events/export", format="xlsx")
    assert sheet.rows[0].cells[:2] == (world.event.title["en"], world.event.slug)
    sheet = taken(pages, "/desk/messages/export", status="waiting")
    assert any("a@example.org" in row.cells for row in sheet.rows)
    assert pages.post("/desk/messages/export", {"format": "csv", "status": "lost"}).status == 404


@pytest.mark.slow
@pytest.mark.parametrize("what", ["registrations", "attendance"])
def test_ten_rows_and_a_thousand_ask_the_database_as_often(pages: Pages, world: World, what: str) -> None:
    pages.sign_in(world.organizer)
    token = pages.token()

    def asked() -> int:
        with counted_statements() as statements:
            assert pages.post(path(world, what), {"format": "csv"}, token=token).status == 200
        return len(statements)

    asked()  # who asks is read once
    fill(world, 10)
    few = asked()
    fill(world, 990)
    assert asked() == few <= 8


def test_every_word_that_is_handed_out_is_read_again(pages: Pages, world: World) -> None:
    pairs: list[tuple[Any, dict[str, Any]]] = [
        (SEX_WORDS, SEXES),
        (AGE_BAND_WORDS, AGE_BANDS),
        (LEVEL_WORDS, LEVELS),
        (ROLE_WORDS, ROLES),
        ({code: words for code, words in STATE_WORDS.items() if code}, MARKS),
        (dict(KINDS), KIND_MEANINGS),
    ]
    for language in ("en", "mn"):
        with pages.app.test_request_context(f"/?lang={language}"):
            for words, meanings in pairs:
                for code, said in words.items():
                    assert meanings.get(fold(str(said))) == code, (language, str(said))


def test_an_export_of_registrations_can_be_imported_elsewhere(pages: Pages, world: World) -> None:
    fill(world, 2, position="Дарга")
    pages.sign_in(world.organizer)
    sheet = taken(pages, path(world))
    rows = [sheet.header, *(row.cells for row in sheet.rows)]
    run = looked_at(ImportKind.REGISTRATIONS, rows, event=world.other_event)
    assert outcomes(run) == ["matched", "matched"] and service.columns_of(run)
