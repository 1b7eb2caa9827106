"""One's name on certificates: seen, typed for each language, judged at once, and confirmed."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.me.visiting import enter
from tests.pages import Page, Pages
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import db
from trainreg.me.erasure import erase
from trainreg.me.export import export
from trainreg.people.printing import TRADITIONAL, unconfirmed
from trainreg.people.rules import LONGEST_PRINTED, AgeBand

NAME = "ᠪᠠᠲᠤ\u202fᠶᠢᠨ ᠪᠣᠯᠣᠷ"


def confirm(pages: Pages, **typed: str) -> Page:
    """Press on the page as it is now."""
    seen = pages.get("/me/names").value_of("seen")
    return pages.post("/me/names", {"seen": seen, **typed})


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_the_page_shows_what_is_printed_and_asks_on_the_first_page(pages: Pages, world: World) -> None:
    first = enter(pages, world.bolor)
    assert "Is your name right on certificates?" in first.text
    page = pages.get("/me/names")
    assert "Not confirmed" in page.text and "Left empty, it is printed as “Батын Болор”." in page.text
    assert "Left empty, certificates have no line in this script." in page.text


def test_typed_and_confirmed_in_one_press(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    page = pages.follow(confirm(pages, printed_en="  Dr.  Bolor Bat ", printed_mong=NAME))
    assert "Your name will be printed like this." in page.text and "You confirmed it on" in page.text
    bolor = world.bolor
    assert bolor.certificate_name == {"en": "Dr. Bolor Bat", TRADITIONAL: NAME}
    assert bolor.confirmed_names["mn"] == "Батын Болор" and bolor.confirmed_names[TRADITIONAL] == NAME
    assert bolor.names_confirmed_at is not None and bolor.names_confirmed_by_id is None
    assert "Not confirmed" not in page.text and "Is your name right" not in pages.get("/me").text
    assert actions()[-2:] == ["person.names_given", "person.names_confirmed"]


def test_the_same_again_writes_nothing(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    confirm(pages)
    before = actions()
    assert "Nothing to save." in pages.follow(confirm(pages)).text and actions() == before


def test_a_name_left_empty_again_is_made_from_the_parts(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    confirm(pages, printed_en="Dr. Bolor")
    assert pages.get("/me/names").value_of("printed_en") == "Dr. Bolor"
    confirm(pages, printed_en="")
    assert world.bolor.certificate_name == {} and unconfirmed(world.bolor) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"printed_en": "Bolor 王"}, "王 (U+738B)"),
        ({"printed_mn": "Болор \U0001f600"}, "U+1F600"),
        ({"printed_mong": "Болор"}, "Б (U+0411)"),
        ({"printed_mong": "ᠪᠣᠯᠣᠷ 1"}, "1 (U+0031)"),
        ({"printed_fr": "…"}, "A name needs at least one letter."),
        ({"printed_es": "a" * (LONGEST_PRINTED + 1)}, "This is too long: 220 characters at most."),
        ({"printed_en": "Bolor\u202eBat"}, "turns the writing direction"),
    ],
)
def test_what_cannot_be_printed_is_told_beside_the_field(
    pages: Pages, world: World, typed: dict[str, str], sentence: str
) -> None:
    enter(pages, world.bolor)
    page = confirm(pages, **typed)
    assert page.status == 422 and sentence in page.text
    if "\u202e" not in str(typed):
        assert all(page.value_of(name) == text for name, text in typed.items()), "what was typed is kept"
    db.session.rollback()
    assert world.bolor.certificate_name == {} and world.bolor.names_confirmed_at is None


def test_nobody_confirms_a_name_they_have_not_seen(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    seen = pages.get("/me/names").value_of("seen")
    world.bolor.given_name = "Болормаа"
    db.session.commit()
    page = pages.post("/me/names", {"seen": seen, "printed_en": "Dr. Bolor"})
    assert page.status == 409 and "was changed while this page was open" in page.text
    assert "Болормаа" in page.text and page.value_of("printed_en") == "Dr. Bolor"
    assert pages.post("/me/names", {"seen": page.value_of("seen"), "printed_en": "Dr. Bolor"}).status == 303


def test_a_corrected_name_is_to_be_confirmed_again(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    confirm(pages)
    data = {"given_name": "Болормаа", "sex": "not_stated", "language": "en"}
    assert pages.post("/me/data", data).status == 303
    assert "Not confirmed" in pages.get("/me/names").text


def test_without_a_visit_there_is_no_name(pages: Pages, world: World) -> None:
    assert pages.get("/me/names").status == 401 and pages.post("/me/names", {}).status == 401


def test_the_age_band_is_stated_and_kept_by_a_form_that_does_not_ask(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    data = {"given_name": "Болор", "family_name": "Батын", "sex": "female", "language": "en"}
    assert pages.post("/me/data", data | {"age_band": "35_44"}).status == 303
    assert world.bolor.age_band is AgeBand.TO_44
    assert pages.post("/me/data", data).status == 303 and world.bolor.age_band is AgeBand.TO_44
    page = pages.post("/me/data", data | {"age_band": "37"})
    assert page.status == 422


def test_told_in_the_export_and_gone_with_the_erasure(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, age_band=AgeBand.TO_34)
    world.bolor.age_band = AgeBand.TO_34
    db.session.commit()
    enter(pages, world.bolor)
    confirm(pages, printed_mong=NAME)
    document = export(world.bolor, by=OFFICIAL)
    assert NAME in document and '"names_confirmed_at"' in document and '"age_band": "25_34"' in document
    erase(world.bolor, by=OFFICIAL)
    db.session.commit()
    bolor = world.bolor
    assert (bolor.certificate_name, bolor.confirmed_names, bolor.names_confirmed_at) == ({}, {}, None)
    assert bolor.age_band is AgeBand.NOT_STATED and registration.age_band is AgeBand.TO_34, "what reports count stays"


def test_a_name_on_record_that_cannot_be_printed_is_told_before_anybody_issues(pages: Pages, world: World) -> None:
    world.bolor.given_name_latin = "王"
    db.session.commit()
    enter(pages, world.bolor)
    assert "printed as “王”. The certificates’ typefaces do not have: 王 (U+738B)." in pages.get("/me/names").text
