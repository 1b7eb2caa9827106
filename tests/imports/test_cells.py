"""What stands in a cell is read for certain, or refused with its row and column."""

from datetime import date

import pytest
from flask import Flask

from trainreg.attendance.rules import AttendanceState
from trainreg.imports import cells
from trainreg.imports.cells import CellProblem
from trainreg.imports.columns import AGENCY, NAMES, PERSON, guess
from trainreg.imports.plan import FileRow
from trainreg.people.rules import Level, Sex
from trainreg.registration.rules import RegistrationRole


def row(**typed: str) -> FileRow:
    return FileRow(5, typed, dict.fromkeys(typed, "C"))


@pytest.fixture(autouse=True)
def _context(app: Flask) -> object:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026.3.5", date(2026, 3, 5)),
        ("2026/03/05", date(2026, 3, 5)),
        ("25.03.2026", date(2026, 3, 25)),
        ("25/03/2026", date(2026, 3, 25)),
        ("03/25/2026", date(2026, 3, 25)),
        ("05/05/2026", date(2026, 5, 5)),
    ],
)
def test_a_day_beyond_doubt(text: str, day: date) -> None:
    assert cells.day_in(row(day=text), "day") == day


@pytest.mark.parametrize("text", ["03/04/2026", "3.4.2026", "04-03-2026"])
def test_a_day_that_can_be_two_is_refused(text: str) -> None:
    with pytest.raises(CellProblem, match=r"Row 5, column C: .*two different days"):
        cells.day_in(row(day=text), "day")


@pytest.mark.parametrize(
    "text", ["5 March 2026", "45999", "2026-02-30", "31/02/2026", "soon", "0001-01-01", "32.13.26"]
)
def test_a_day_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(CellProblem, match=r"Row 5, column C: .*cannot be read as a date"):
        cells.day_in(row(day=text), "day")


@pytest.mark.parametrize("text", ["a@example.org, b@example.org", "a@example.org b@example.org", "a@b@example.org"])
def test_two_addresses_in_one_cell(text: str) -> None:
    with pytest.raises(CellProblem, match="Row 5, column C: there are two addresses in one cell"):
        cells.email_in(row(email=text))


def test_addresses() -> None:
    assert cells.email_in(row(email="Bolor@Example.ORG")) == "bolor@example.org"
    assert cells.email_in(row(email="")) is None
    for text in ("bolor", "bolor@", "@example.org", "=1+1"):
        with pytest.raises(CellProblem, match="is not an e-mail address"):
            cells.email_in(row(email=text))


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("F", Sex.FEMALE),
        ("Эмэгтэй", Sex.FEMALE),
        ("жен", Sex.FEMALE),
        ("М", Sex.MALE),
        ("эр", Sex.MALE),
        ("", Sex.NOT_STATED),
    ],
)
def test_a_sex_in_three_languages(text: str, sex: Sex) -> None:
    assert cells.sex_in(row(sex=text)) is sex


def test_words_that_are_none_of_ours() -> None:
    for read, field in ((cells.sex_in, "sex"), (cells.level_in, "level"), (cells.role_in, "role")):
        with pytest.raises(CellProblem, match="Row 5, column C: “э”"):
            read(row(**{field: "э"}))  # a woman or a man, a trainer or an expert: nobody knows
    with pytest.raises(CellProblem, match="mark of attendance"):
        cells.mark_in(row(day="x"), "day")  # for some it is a tick, for others a cross


def test_levels_roles_and_marks() -> None:
    assert cells.level_in(row(level="ДУНД")) is Level.MIDDLE
    assert cells.role_in(row(role="Сургагч багш")) is RegistrationRole.TRAINER
    marks = {"+": "present", "ирсэн": "present", "L": "late", "чөлөөтэй": "excused", "нет": "absent", "-": "absent"}
    for text, state in marks.items():
        assert cells.mark_in(row(day=text), "day") is AttendanceState(state)
    assert cells.mark_in(row(day=""), "day") is None


def test_names_and_texts() -> None:
    for text in ("123", "a@b.org", "…"):
        with pytest.raises(CellProblem):
            cells.name_in(row(given_name=text), "given_name", longest=100)
    with pytest.raises(CellProblem, match="must be filled in"):
        cells.name_in(row(given_name=""), "given_name", longest=100, is_needed=True)
    with pytest.raises(CellProblem, match="too long"):
        cells.text_in(row(position="x" * 201), "position", longest=200)
    with pytest.raises(CellProblem, match="direction"):
        cells.text_in(row(position="a\u202eb"), "position", longest=200)


def test_headings_are_recognised_in_three_languages_and_remembered() -> None:
    columns = (*NAMES, *PERSON[5:], AGENCY)
    assert guess(["Овог", "Нэр", "Хүйс", "И-мэйл", "Байгууллага"], columns, {}) == [
        "family_name", "given_name", "sex", "email", "agency",
    ]  # fmt: skip
    assert guess(["Фамилия", "Имя", "Пол"], columns, {}) == ["family_name", "given_name", "sex"]
    assert guess(["Name", "Given name", "Remarks"], columns, {}) == ["full_name", "given_name", ""]
    assert guess(["Нэр", "Remarks"], columns, {"remarks": "given_name", "нэр": ""}) == ["", "given_name"]
    assert guess(["Email", "E-mail"], columns, {}) == ["email", ""], "a field is one column"
