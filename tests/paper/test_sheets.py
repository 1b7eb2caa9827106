"""Sign-in sheets: who stands where, in which letters, and what the code on a page says."""

import io
from collections.abc import Sequence

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from tests import factories as make
from tests.pages import Pages
from tests.paper.reading import codes_of, text_of
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.certificates.drawing.sheet import show
from trainreg.certificates.drawing.typefaces import typeface
from trainreg.events.models import Event
from trainreg.events.rules import SessionStatus
from trainreg.kernel.db import db
from trainreg.paper.canvas import drawable
from trainreg.paper.codes import PageCode, page_code, read_page_code
from trainreg.paper.content import content_of
from trainreg.paper.models import SignInSheet
from trainreg.paper.rules import SheetPage, pages_of
from trainreg.paper.sheets_pdf import draw_sheet
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus


def address(event: Event) -> str:
    return f"/desk/events/{event.slug}/sheets"


def made(desk: Pages, event: Event, **more: str) -> SignInSheet:
    data = {"what": f"session:{event.sessions[0].id}", "blank_rows": "5"} | more
    answer = desk.post(address(event), data)
    assert answer.status == 303, answer.text
    return db.session.scalars(select(SignInSheet).order_by(SignInSheet.id.desc())).first() or pytest.fail("no sheet")


def pdf_of(desk: Pages, sheet: SignInSheet) -> bytes:
    answer = desk.get(f"{address(sheet.event)}/{sheet.key}.pdf")
    assert answer.status == 200 and answer.response.mimetype == "application/pdf"
    return answer.response.get_data()


def test_a_session_called_off_keeps_its_day_on_the_sheet(
    desk: Pages, training: Event, people: Sequence[Registration]
) -> None:
    sheet = made(desk, training, what=f"session:{training.sessions[1].id}")
    before = content_of(sheet, training).subtitle
    training.sessions[1].status = SessionStatus.CANCELLED
    db.session.commit()
    assert content_of(sheet, training).subtitle == before
    training.sessions[0].status = SessionStatus.CANCELLED
    db.session.commit()
    assert pdf_of(desk, sheet)


def test_a_sheet_of_sessions_that_were_removed_is_refused(
    desk: Pages, training: Event, people: Sequence[Registration]
) -> None:
    sheet = make.sheet(training, people, session_ids=[999_999])
    db.session.commit()
    page = desk.get(f"{address(training)}/{sheet.key}.pdf")
    assert page.status == 409 and "No session of this sheet is left" in page.text


@pytest.mark.parametrize(
    ("people", "blank", "expected"),
    [
        (0, 0, [(0, 0, 1)]),
        (20, 0, [(0, 20, 0)]),
        (20, 5, [(0, 20, 0), (20, 20, 5)]),
        (33, 5, [(0, 20, 0), (20, 33, 5)]),
        (39, 5, [(0, 20, 0), (20, 39, 1), (40, 40, 4)]),
    ],
)
def test_twenty_rows_to_a_page_people_first(people: int, blank: int, expected: list[tuple[int, int, int]]) -> None:
    pages = [SheetPage(number, *page) for number, page in enumerate(expected, 1)]
    assert pages_of(people, blank) == pages


def test_the_sheet_says_every_name_as_it_is_written(
    desk: Pages, training: Event, people: Sequence[Registration]
) -> None:
    text = text_of(pdf_of(desk, made(desk, training)))
    assert [one.person.name for one in people if one.person.name not in text] == []
    assert "Signature / Гарын үсэг" in text and "Name / Нэр" in text
    assert training.title["en"] in text and training.title["mn"] in text
    assert "Page 1 of 1" in text


def test_people_stand_in_the_order_of_the_list(desk: Pages, training: Event, people: Sequence[Registration]) -> None:
    text = text_of(pdf_of(desk, made(desk, training)))
    places = [text.index(one.person.name) for one in people]
    assert places == sorted(places)


def test_the_code_on_each_page_names_sheet_and_page(desk: Pages, training: Event) -> None:
    for _ in range(22):
        make.registration(training)
    db.session.commit()
    sheet = made(desk, training)
    content = pdf_of(desk, sheet)
    for page in (1, 2):
        assert [read_page_code(code) for code in codes_of(content, dots=100, page=page)] == [PageCode(sheet.key, page)]


def test_a_code_that_we_did_not_print_says_nothing(app: Flask) -> None:
    with app.app_context():
        mark, key, page, proof = page_code("ABCDEFGHJK", 1).split(":")
        assert read_page_code(f"{mark}:{key}:{page}:{proof}".lower()) == PageCode("ABCDEFGHJK", 1)
        wrong = (f"{mark}:{key}:2:{proof}", f"{mark}:ABCDEFGHJZ:{page}:{proof}", f"TR1:{key}:{page}:{proof}")
        for code in (*wrong, f"{mark}:{key}:²:{proof}", f"{mark}:{key}:99999:{proof}", "", "https://example.org/"):
            assert read_page_code(code) is None, code


def test_a_day_has_a_column_for_each_session(desk: Pages, training: Event, people: Sequence[Registration]) -> None:
    day = desk.get(address(training)).find_all("option")[0].get("value")
    assert day is not None and day.startswith("day:")
    sheet = made(desk, training, what=day)
    assert sheet.session_ids == [session.id for session in training.sessions]
    assert text_of(pdf_of(desk, sheet)).count("Signature /") == 2


def test_the_head_repeats_on_every_page(desk: Pages, training: Event) -> None:
    for _ in range(41):
        make.registration(training)
    db.session.commit()
    text = text_of(pdf_of(desk, made(desk, training, blank_rows="0")))
    assert text.count("Signature / Гарын үсэг") == 3 and "Page 3 of 3" in text


def test_a_name_that_cannot_be_drawn_is_told_and_never_printed_wrong(
    desk: Pages, training: Event, people: Sequence[Registration]
) -> None:
    wang = make.person("小明", "王", given_name_latin="Xiaoming", family_name_latin="Wang")
    make.registration(training, wang)
    nobody = make.registration(training, make.person("小明明", "王王"))
    db.session.commit()
    page = desk.get(address(training))
    assert "Names that cannot be printed as they are written" in page.text and "王 小明" in page.text
    text = text_of(pdf_of(desk, made(desk, training)))
    assert "Wang Xiaoming" in text and nobody.reference in text
    assert "the name holds characters that this sheet cannot print" in text and "U+738B" in text


def test_long_names_are_made_smaller_and_never_cut(desk: Pages, training: Event) -> None:
    long = [make.person("Энхтүвшинжаргал " * 6, "Мөнхбаясгалангийн " * 5), make.person("Ө" * 100, "Ү" * 100)]
    for one in long:
        make.registration(training, one, position="Бодлого, хамтын ажиллагаа хариуцсан газрын дэд дарга " * 3)
    db.session.commit()
    text = text_of(pdf_of(desk, made(desk, training))).replace(" ", "")
    for one in long:
        assert one.name.replace(" ", "") in text


def test_the_glyphs_on_the_page_are_those_that_harfbuzz_shaped(desk: Pages, training: Event) -> None:
    """Extracted text does not see a mark beside its letter: what is drawn is the shaped run itself."""
    name = "\u0410\u0301на \u0415\u0302"  # letters with accents that no single character stands for
    make.registration(training, make.person("Е\u0302", "А\u0301на"))
    db.session.commit()
    named = drawable(name)
    assert named.missing == ""
    run = typeface(named.face).shape(name)
    content = pdf_of(desk, made(desk, training, blank_rows="0"))
    [page] = PdfReader(io.BytesIO(content)).pages
    drawn = page.get_contents().get_data().decode("latin-1")  # type: ignore[union-attr]
    assert show(run, typeface(named.face), 10.0) in drawn or show(run, typeface(named.face), 11.0) in drawn


def test_the_sheet_keeps_its_order_when_people_are_confirmed_later(
    desk: Pages, training: Event, people: Sequence[Registration]
) -> None:
    sheet = made(desk, training)
    before = text_of(pdf_of(desk, sheet))
    make.registration(training, make.person("Аа", "Аа"))
    people[0].status = RegistrationStatus.CANCELLED
    db.session.commit()
    assert text_of(pdf_of(desk, sheet)) == before
    assert sheet.people == [one.id for one in people]


def test_the_same_sheet_is_the_same_file(desk: Pages, training: Event, people: Sequence[Registration]) -> None:
    sheet = made(desk, training)
    assert draw_sheet(content_of(sheet, training)) == pdf_of(desk, sheet)


def test_who_made_a_sheet_is_written_down(desk: Pages, training: Event, people: Sequence[Registration]) -> None:
    sheet = made(desk, training)
    assert history_of(training)[0].sentence == f"Sign-in sheet {sheet.key} made for 4 people"
    assert sheet.key in desk.get(address(training)).text


@pytest.mark.parametrize(
    "wrong",
    [{"what": "session:0"}, {"what": "day:2020-01-01"}, {"what": ""}, {"blank_rows": "-1"}, {"blank_rows": "201"}],
)
def test_what_cannot_be_printed_is_refused(desk: Pages, training: Event, wrong: dict[str, str]) -> None:
    data = {"what": f"session:{training.sessions[0].id}", "blank_rows": "5"} | wrong
    assert desk.post(address(training), data).status == 422
    assert db.session.scalars(select(SignInSheet)).all() == []


def test_who_may_see_names_but_not_take_attendance_prints_nothing(
    pages: Pages, world: World, training: Event, people: Sequence[Registration]
) -> None:
    sheet = make.sheet(training, people)
    pages.sign_in(world.me_officer)
    assert pages.get(address(training)).status == 200
    assert pages.get(f"{address(training)}/{sheet.key}.pdf").status == 403
    assert pages.post(address(training), {}).status == 403
    assert pages.get(f"{address(world.event)}/{sheet.key}/1").status == 404
