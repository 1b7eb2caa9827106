"""A focal point names colleagues within the agency's places, one by one or from a list, and nobody else's."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from tests import factories as make
from tests.pages import Page, Pages
from tests.world import World
from trainreg.events.models import AgencyQuota
from trainreg.events.rules import Admission, EventStatus
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.outbox.models import Message
from trainreg.people.models import Consent, Person
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus

S = RegistrationStatus


@pytest.fixture
def focal(pages: Pages, world: World) -> Pages:
    world.event.admission, world.event.capacity = Admission.NOMINATION_ONLY, 10
    world.event.quotas.append(AgencyQuota(agency=world.ministry, places=3))
    db.session.commit()
    return pages.sign_in(world.focal_point)


def address(world: World, rest: str = "") -> str:
    return f"/agency/events/{world.event.slug}{rest}"


def one(world: World, **values: str) -> dict[str, str]:
    return {
        "family_name": "Ганболдын",
        "given_name": "Саран",
        "position": "Мэргэжилтэн",
        "email": "saran@example.org",
        "agency": world.ministry.code,
        "language": "mn",
    } | values


def listed(world: World, rows: str, **values: str) -> dict[str, str]:
    return {"rows": rows, "agency": world.ministry.code, "language": "mn", "press": "check"} | values


def registrations() -> list[Registration]:
    return list(db.session.scalars(select(Registration).order_by(Registration.id)))


def test_the_first_page_tells_the_agency_s_places(focal: Pages, world: World) -> None:
    make.registration(world.event, world.bolor, agency=world.ministry)
    make.registration(world.event, world.tuya, agency=world.border)
    db.session.commit()
    page = focal.get("/agency/")
    assert "1 of 3 places taken; 2 places left to nominate for" in page.text
    assert "Туяа" not in page.text and "Border" not in page.text


def test_the_public_page_says_that_agencies_nominate(focal: Pages, world: World) -> None:
    page = Pages(focal.app).get(f"/e/{world.event.slug}")
    assert "Officials are nominated by their agencies" in page.text and "/register" not in page.html


def test_a_nominee_is_asked_and_nothing_else_is_done(focal: Pages, world: World) -> None:
    assert focal.post(address(world, "/nominate"), one(world)).status == 303
    [registration] = registrations()
    assert registration.status is S.NOMINATED and registration.moves[0].channel is Channel.FOCAL_POINT
    assert registration.person.postings == [] and registration.person.email is None
    assert db.session.scalars(select(Consent)).all() == []
    [message] = db.session.scalars(select(Message))
    assert (message.kind, message.recipient, message.language) == ("registration_nominated", "saran@example.org", "mn")
    assert f"/me/r/{registration.reference}/unsigned/answer" in message.text
    page = focal.get(address(world))
    assert "has not confirmed yet" in page.text and "1 nomination waits for an answer" in page.text


def test_no_more_than_the_agency_has_places_for(focal: Pages, world: World) -> None:
    make.registration(world.event, agency=world.ministry)
    db.session.commit()
    for name in ("Нэг", "Хоёр"):
        assert focal.post(address(world, "/nominate"), one(world, given_name=name, email="")).status == 303
    page = focal.post(address(world, "/nominate"), one(world, given_name="Гурав", email=""))
    assert page.status == 409 and "No place is left for your agency" in page.text
    assert page.value_of("given_name") == "Гурав" and len(registrations()) == 3


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"given_name": ""}, "Enter the given name"),
        ({"given_name": "=HYPERLINK(x)"}, "begins like a formula"),
        ({"given_name": "12"}, "at least one letter"),
        ({"email": "saran@"}, "not an e-mail address"),
        ({"agency": "border"}, "Choose one of these"),
    ],
)
def test_bad_input_is_named_and_kept(focal: Pages, world: World, values: dict[str, str], said: str) -> None:
    page = focal.post(address(world, "/nominate"), one(world, **values))
    assert page.status in {409, 422} and said in page.text
    assert registrations() == []


def check(focal: Pages, world: World, rows: str) -> Page:
    page = focal.post(address(world, "/list"), listed(world, rows))
    assert page.status == 200 and registrations() == []
    return page


def test_a_list_is_shown_row_by_row_before_anything_is_written(focal: Pages, world: World) -> None:
    rows = "\n".join(
        [
            "Given name\tFamily name or patronymic\tE-mail\tAgency\tPosition",
            "Саран\tГанболдын\tsaran@example.org\t\tМэргэжилтэн",
            "=1+1\tБат\t\t\t",
            f"Дорж\tБатын\t\t{world.border.code}\t",
            "Саран\tГанболдын\tsaran@example.org\t\t",
            "\tБат\t\t\t",
            "Номин\tБатын\tnomin@\t\t",
            "Анар\tБатын\t\t\t",
            "Цэцэг\tБатын\t\tMinistry of Labour\t",
            "Дөрөв\tБатын\t\t\t",
        ]
    )
    page = check(focal, world, rows)
    for said in (
        "3 people can be nominated",
        "begins like a formula",
        "not an office of your agency",
        "stands in the list above already",
        "given name is missing",
        "not an e-mail address",
        "No place is left",
    ):
        assert said in page.text, said
    pressed = listed(world, page.value_of("rows") or "", press="nominate", seen=page.value_of("seen") or "")
    assert focal.post(address(world, "/list"), pressed).status == 303
    assert [one.person.given_name for one in registrations()] == ["Саран", "Анар", "Цэцэг"]


def test_what_changed_since_it_was_shown_is_shown_again(focal: Pages, world: World) -> None:
    page = check(focal, world, "Батын\tНэг\nБатын\tХоёр\nБатын\tГурав")
    make.registration(world.event, agency=world.ministry)
    db.session.commit()
    pressed = listed(world, page.value_of("rows") or "", press="nominate", seen="3")
    page = focal.post(address(world, "/list"), pressed)
    assert page.status == 409 and "Something changed" in page.text and "2 people can be nominated" in page.text
    assert len(registrations()) == 1


def test_a_spreadsheet_is_read_as_pasted_rows_are(focal: Pages, world: World) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Овог", "Нэр", "Байгууллага"], ["Батын", "Анар", ""], ["Доржийн", "Цэцэг", "Border Protection"]):
        sheet.append(row)
    data = BytesIO()
    book.save(data)
    data.seek(0)
    body = listed(world, "") | {"file": (data, "list.xlsx")}
    page = focal.post(address(world, "/list"), body, content_type="multipart/form-data")
    assert page.status == 200 and "1 person can be nominated" in page.text and "not an office of your" in page.text
    assert "Батын\tАнар" in (page.value_of("rows") or "")


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"PK\x03\x04broken", b"a;b\n1;2"])
def test_another_kind_of_file_is_refused_in_a_sentence(focal: Pages, world: World, data: bytes) -> None:
    body = listed(world, "") | {"file": (BytesIO(data), "x.xlsx")}
    page = focal.post(address(world, "/list"), body, content_type="multipart/form-data")
    assert page.status in {413, 415, 422} and "There is something to correct" in page.text


@pytest.mark.parametrize("rows", ["", " \n ", "\x00\t\x00", "x\t" * 300, "Б\tА\n" * 201, "\ud800\t\ud800"])
def test_no_list_breaks_the_page(focal: Pages, world: World, rows: str) -> None:
    page = focal.post(address(world, "/list"), listed(world, rows.encode("utf-8", "replace").decode()))
    assert page.status in {200, 422} and registrations() == []


def test_the_same_list_twice_names_nobody_twice(focal: Pages, world: World) -> None:
    rows = "Ганболдын\tСаран\t\tsaran@example.org\nБатын\tАнар"
    assert focal.post(address(world, "/list"), listed(world, rows, press="nominate", seen="2")).status == 303
    page = focal.post(address(world, "/list"), listed(world, rows, press="nominate", seen="2"))
    assert page.status == 409 and page.text.count("This person is nominated already.") == 2
    assert len(registrations()) == 2


def test_who_is_on_the_list_is_told_of_one_s_own_agency_only(focal: Pages, world: World) -> None:
    make.registration(world.event, world.bolor, S.NOMINATED, agency=world.ministry)
    make.registration(world.event, make.person("Алтан", email="altan@example.org"), agency=world.border)
    db.session.commit()
    rows = "Батын\tБолор\t\tbolor@example.org\nБатын\tАлтан\t\taltan@example.org"
    page = focal.post(address(world, "/list"), listed(world, rows))
    assert "nominated already" in page.text and "registered already" not in page.text
    assert "cannot be nominated here. Please ask the organizers." in page.text


def test_an_event_that_does_not_ask_the_agency_is_not_there(focal: Pages, world: World) -> None:
    world.event.status = EventStatus.DRAFT
    db.session.commit()
    for path in ("", "/nominate", "/list"):
        assert focal.get(address(world, path)).status == 404
    world.event.status, world.event.admission = EventStatus.OPEN, Admission.INVITATION
    db.session.commit()
    assert focal.get(address(world, "/nominate")).status == 409
    assert focal.post(address(world, "/nominate"), one(world)).status == 409
    assert db.session.scalars(select(Person).where(Person.given_name == "Саран")).all() == []


def test_others_have_no_business_there(pages: Pages, world: World) -> None:
    for user in (world.organizer, world.administrator, world.viewer, make.user(None)):
        db.session.commit()
        pages.sign_in(user)
        for path in ("", "/nominate", "/list"):
            assert pages.get(address(world, path)).status == 403
    border = make.user(Role.FOCAL_POINT, agency_id=world.border.id)
    registration = make.registration(world.event, world.bolor, S.NOMINATED, agency=world.ministry)
    db.session.commit()
    pages.sign_in(border)
    assert "Болор" not in pages.get(address(world)).text
    for path in ("replace", "slip"):
        assert pages.get(address(world, f"/people/{registration.reference}/{path}")).status == 404
    for path in ("replace", "withdraw"):
        assert pages.post(address(world, f"/people/{registration.reference}/{path}"), one(world)).status == 404
    assert registration.status is S.NOMINATED
