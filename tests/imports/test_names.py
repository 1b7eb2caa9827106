"""Names for certificates and age bands come in by spreadsheet and go out by list, and what went out comes in again."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.imports.files import STAFF, applied, looked_at, outcomes, reasons
from tests.pages import Pages
from tests.world import World
from trainreg.imports import service
from trainreg.imports.jobs import carry_on
from trainreg.imports.rules import ImportKind
from trainreg.kernel.db import db
from trainreg.kernel.sheets import read_sheet
from trainreg.people.models import Person
from trainreg.people.printing import TRADITIONAL
from trainreg.people.rules import AgeBand
from trainreg.registration.models import Registration

NAME = "ᠪᠠᠲᠤ\u202fᠶᠢᠨ ᠪᠣᠯᠣᠷ"
HEADING = ["Given name", "Family name", "Agency", "Certificate name", "Монгол бичиг", "Age"]
PEOPLE = ImportKind.PEOPLE


def test_a_new_person_comes_with_them(world: World) -> None:
    row = ["Саран", "Ганболдын", world.ministry.code, "Dr. Saran", NAME, "35–44"]
    applied(looked_at(PEOPLE, [HEADING, row]))
    person = db.session.scalars(select(Person).where(Person.given_name == "Саран")).one()
    assert person.certificate_name == {"en": "Dr. Saran", TRADITIONAL: NAME}
    assert person.age_band is AgeBand.TO_44 and person.names_confirmed_at is None


def test_a_known_person_gains_what_is_lacking_and_keeps_the_rest(world: World) -> None:
    world.bolor.certificate_name = {"en": "Dr. Bolor Bat"}
    make.registration(world.event, world.bolor, agency=world.ministry)
    heading, row = [*HEADING, "E-mail"], ["Болор", "Батын", "", "Bolor", NAME, "25 to 34", "bolor@example.org"]
    run = looked_at(PEOPLE, [heading, row])
    assert outcomes(run) == ["matched"]
    assert "names for certificates" in reasons(run) and "age band" in reasons(run)
    applied(run)
    assert world.bolor.certificate_name == {"en": "Dr. Bolor Bat", TRADITIONAL: NAME}
    assert world.bolor.age_band is AgeBand.TO_34
    assert outcomes(looked_at(PEOPLE, [heading, row])) == ["unchanged"]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("Certificate name", "Saran 王", "Row 2, column D: The certificates’ typefaces do not have: 王 (U+738B)."),
        ("Монгол бичиг", "Саран", "Row 2, column E: This does not belong to traditional Mongolian script: С (U+0421)"),
        ("Age", "37", "Row 2, column F: “37” is not an age band."),
        ("Certificate name", "x" * 221, "this is too long: 220 characters at most."),
    ],
)
def test_what_cannot_be_kept_names_its_cell(world: World, column: str, cell: str, sentence: str) -> None:
    row = dict.fromkeys(HEADING, "") | {"Given name": "Саран", "Agency": world.ministry.code, column: cell}
    run = looked_at(PEOPLE, [HEADING, [row[name] for name in HEADING]])
    assert outcomes(run) == ["error"] and sentence in reasons(run)


def test_what_goes_out_comes_in_again(pages: Pages, world: World) -> None:
    world.bolor.certificate_name = {"mn": "Доктор Болор", TRADITIONAL: NAME, "en": "=1+1 Bolor"}
    make.registration(world.event, world.bolor, agency=world.ministry, age_band=AgeBand.FROM_55)
    db.session.commit()
    pages.sign_in(world.organizer)
    for address in ("/desk/people/export", f"/desk/events/{world.event.slug}/registrations/export"):
        raw = pages.post(address, {"format": "csv"}).response.get_data()
        assert b"'=1+1 Bolor" in raw, "harmless to open"
        sheet = read_sheet(raw, "list.csv")
        cells = dict(zip(sheet.header, sheet.rows[0].cells, strict=True))
        assert cells["Name in traditional Mongolian script"] == NAME
        assert cells["Name on certificates in Mongolian"] == "Доктор Болор"
    other = make.event(world.project)
    run = service.start(
        ImportKind.REGISTRATIONS, service.Upload(raw, "list.csv", sheet), by=STAFF, language="en", event=other
    )
    db.session.flush()
    service.set_columns(run, run.mapping, by=STAFF)
    db.session.commit()
    carry_on(run.id)
    assert outcomes(applied(run)) == ["matched"]
    [again] = db.session.scalars(select(Registration).where(Registration.event_id == other.id))
    assert again.person_id == world.bolor.id and again.age_band is AgeBand.FROM_55
