"""The directory goes out by right, without contacts, and it is written down who took it."""

from sqlalchemy import select

from tests import factories as make
from tests.pages import Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db
from trainreg.kernel.sheets import Sheet, read_sheet
from trainreg.people import service as people

PATH = "/desk/people/export"


def taken(pages: Pages, **asked: str) -> Sheet:
    page = pages.post(PATH, {"format": "csv", **asked})
    assert page.status == 200
    return read_sheet(page.response.get_data(), "people.csv")


def test_those_whom_one_s_projects_know(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor, agency=world.ministry)
    make.registration(world.other_event, world.tuya, agency=world.border)
    people.ensure_posting(world.bolor, world.ministry, by=make.STAFF, position="=Head")
    db.session.commit()
    sheet = taken(pages.sign_in(world.organizer))
    [row] = [dict(zip(sheet.header, one.cells, strict=True)) for one in sheet.rows]
    assert (row["Given name"], row["Agency"], row["Events"]) == ("Болор", "Ministry of Labour", "1")
    assert row["Position"] == "=Head" and not any("@" in cell for cell in sheet.rows[0].cells)
    assert len(taken(pages.sign_in(world.administrator)).rows) == 2
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.action == "account.people_taken"


def test_the_search_holds(pages: Pages, world: World) -> None:
    for who in (world.bolor, world.tuya):
        make.registration(world.event, who, agency=world.ministry)
    db.session.commit()
    assert len(taken(pages.sign_in(world.organizer), q="болор").rows) == 1


def test_by_right(pages: Pages, world: World) -> None:
    for account in (world.viewer, world.focal_point):
        assert Pages(pages.app).sign_in(account).post(PATH, {"format": "csv"}).status == 403
    organizer = pages.sign_in(world.organizer)
    assert organizer.post(PATH, {"format": "pdf"}).status == 404


def test_very_many_cost_as_many_statements_as_few(pages: Pages, world: World) -> None:
    token = pages.sign_in(world.organizer).token()

    def asked() -> int:
        with counted_statements() as statements:
            assert pages.post(PATH, {"format": "csv"}, token=token).status == 200
        return len(statements)

    make.registration(world.event, world.bolor, agency=world.ministry)
    asked()
    few = asked()
    for number in range(40):
        make.registration(world.event, make.person(f"Саран{number}"), agency=world.ministry)
    db.session.commit()
    assert asked() == few
