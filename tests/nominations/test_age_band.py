"""A focal point may say the age band of a nominee where the event asks for it: one by one, pasted or in a file."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from tests.factories import STAFF
from tests.nominations.test_nominate import address, focal, listed, one, registrations
from tests.pages import Pages
from tests.world import World
from trainreg.kernel.db import db
from trainreg.people.rules import AgeBand
from trainreg.people.said import age_band_said
from trainreg.questions.rules import Asking, StandardField
from trainreg.questions.service import set_standard

__all__ = ["focal"]


@pytest.fixture
def asked(world: World) -> None:
    set_standard(world.event, {StandardField.AGE_BAND: Asking.OPTIONAL}, by=STAFF)
    db.session.commit()


def bands() -> list[AgeBand]:
    return [registration.age_band for registration in registrations()]


def test_it_is_not_asked_where_the_event_does_not_ask(focal: Pages, world: World) -> None:
    assert 'name="age_band"' not in focal.get(address(world, "/nominate")).html
    assert focal.post(address(world, "/nominate"), one(world, age_band="35_44")).status == 303
    rows = "Дондогийн\tХулан\tДарга\t\t\t35-44"
    page = focal.post(address(world, "/list"), listed(world, rows))
    assert "35-44" not in page.text.split("Correct the list")[0]
    assert focal.post(address(world, "/list"), listed(world, rows, press="nominate", seen="1")).status == 303
    assert bands() == [AgeBand.NOT_STATED, AgeBand.NOT_STATED]


@pytest.mark.usefixtures("asked")
def test_of_one_it_may_be_said(focal: Pages, world: World) -> None:
    assert focal.get(address(world, "/nominate")).value_of("age_band") == "not_stated"
    assert focal.post(address(world, "/nominate"), one(world, age_band="37")).status == 422
    assert focal.post(address(world, "/nominate"), one(world, age_band="35_44")).status == 303
    [registration] = registrations()
    assert registration.age_band is AgeBand.TO_44 is registration.person.age_band


@pytest.mark.usefixtures("asked")
def test_of_a_list_it_stands_last_or_under_its_heading(focal: Pages, world: World) -> None:
    rows = "Дондогийн\tХулан\tДарга\t\t\t25 хүртэл\nДондогийн\tСувд\nДондогийн\tОюу\tДарга\t\t\tforty"
    page = focal.post(address(world, "/list"), listed(world, rows))
    assert "This is not an age band." in page.text and "2 people can be nominated." in page.text
    assert focal.post(address(world, "/list"), listed(world, rows, press="nominate", seen="2")).status == 303
    assert bands() == [AgeBand.UNDER_25, AgeBand.NOT_STATED]


@pytest.mark.usefixtures("asked")
def test_of_a_file_it_is_read(focal: Pages, world: World) -> None:
    book, data = Workbook(), BytesIO()
    assert book.active is not None
    book.active.append(["Age", "Given name", "Family name"])
    book.active.append(["55 and over", "Хулан", "Дондогийн"])
    book.save(data)
    body = listed(world, "") | {"file": (BytesIO(data.getvalue()), "list.xlsx")}
    page = focal.post(address(world, "/list"), body, content_type="multipart/form-data")
    again = listed(world, page.value_of("rows") or "", press="nominate", seen="1")
    assert focal.post(address(world, "/list"), again).status == 303
    assert bands() == [AgeBand.FROM_55]


@pytest.mark.parametrize(
    ("text", "band"),
    [("", AgeBand.NOT_STATED), (" 25–34 ", AgeBand.TO_34), ("NOT STATED", AgeBand.NOT_STATED), ("37", None)],
)
def test_how_people_write_it(text: str, band: AgeBand | None) -> None:
    assert age_band_said(text) is band
