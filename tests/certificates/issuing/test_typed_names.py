"""A name that was typed is the one that is printed; a corrected one can be kept for the next certificate."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.certificates.attending import attend
from tests.me.visiting import enter
from tests.pages import Pages
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.certificates import service
from trainreg.certificates.editor.plans import save_plan
from trainreg.certificates.editor.queries import Plan
from trainreg.certificates.issuing import editions
from trainreg.certificates.issuing.refusals import NotOfTheScript
from trainreg.certificates.models import Certificate
from trainreg.certificates.pdf.reading import said
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw_certificate
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.people.printing import TRADITIONAL

NAME = "ᠪᠠᠲᠤ\u202fᠶᠢᠨ ᠪᠣᠯᠣᠷ"
OTHER = "ᠰᠠᠷᠠᠨ"


def test_typed_on_the_own_page_and_printed(world: World, event: Event, pages: Pages) -> None:
    save_plan(event, Plan(vertical=True), by=make.STAFF)
    attend(make.registration(event, world.bolor), 4)
    enter(pages, world.bolor)
    typed = {"printed_en": "Dr. Bolor Bat", "printed_mong": NAME, "seen": pages.get("/me/names").value_of("seen")}
    assert pages.post("/me/names", typed).status == 303

    (certificate,) = service.issue(event, by=make.STAFF).certificates
    db.session.commit()

    assert facts_of(certificate).names == {"en": "Dr. Bolor Bat", "mn": "Батын Болор", TRADITIONAL: NAME}
    texts = [one.text for one in said(draw_certificate(certificate))]
    assert any(NAME in text for text in texts) and any("Dr. Bolor Bat" in text for text in texts)


def test_the_desk_sees_whose_name_is_not_confirmed_and_issues_all_the_same(
    world: World, event: Event, pages: Pages
) -> None:
    attend(make.registration(event, world.bolor), 4)
    enter(pages, world.bolor)
    pages.sign_in(world.organizer)
    address = f"/desk/events/{event.slug}/certificates"
    assert "Name not confirmed" in pages.get(address).text
    pages.post("/me/names", {"seen": pages.get("/me/names").value_of("seen")})
    assert "Name not confirmed" not in pages.get(address).text
    world.bolor.given_name = "Болормаа"
    db.session.commit()
    assert "Name not confirmed" in pages.get(address).text
    assert "1 certificate issued." in pages.follow(pages.post(address)).text


@pytest.mark.parametrize("keep", [True, False])
def test_a_corrected_name_is_kept_where_the_desk_ticks_it(
    world: World, certificate: Certificate, pages: Pages, keep: bool
) -> None:
    pages.sign_in(world.organizer)
    address = f"/desk/certificates/{certificate.id}/correct"
    assert pages.get(address).find_all("input", name="keep")
    typed = {"name_en": "Bolor Baatar", "name_mn": "Баатарын Болор"} | ({"keep": "y"} if keep else {})
    looked = pages.post(address, typed | {"look": "yes"})
    assert looked.value_of("name_en") == "Bolor Baatar" and world.bolor.certificate_name == {}
    assert pages.post(address, typed).status == 303

    assert world.bolor.certificate_name == ({"en": "Bolor Baatar", "mn": "Баатарын Болор"} if keep else {})
    kept = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "person.names_kept")).all()
    assert kept == ([{"languages": "en, mn"}] if keep else [])


def test_only_what_reads_otherwise_is_kept(world: World, certificate: Certificate) -> None:
    editions.correct(certificate, by=make.STAFF, names={"en": "Dr. Bolor", "mn": "Батын Болор"}, keeps=True)
    assert world.bolor.certificate_name == {"en": "Dr. Bolor"}, "the other goes on following the parts of the name"


def test_a_name_is_not_kept_for_people_whom_other_projects_know_too(
    world: World, certificate: Certificate, pages: Pages
) -> None:
    make.registration(world.other_event, world.bolor)
    db.session.commit()
    pages.sign_in(world.organizer)
    address = f"/desk/certificates/{certificate.id}/correct"
    assert not pages.get(address).find_all("input", name="keep")
    pages.post(address, {"name_en": "Bolor Baatar", "name_mn": "Болор", "keep": "y"})
    assert world.bolor.certificate_name == {} and certificate.state.value == "superseded"


def test_a_correction_keeps_the_vertical_line_or_takes_another(
    world: World, certificate: Certificate, pages: Pages
) -> None:
    world.bolor.certificate_name = {TRADITIONAL: NAME}
    save_plan(certificate.registration.event, Plan(vertical=True), by=make.STAFF)
    db.session.commit()
    assert (
        pages.sign_in(world.organizer)
        .get(f"/desk/certificates/{certificate.id}/correct")
        .value_of(f"name_{TRADITIONAL}")
        == NAME
    )
    names = {"en": "Bolor Baatar", "mn": "Болор"}
    second = editions.correct(certificate, by=make.STAFF, names=names)
    assert facts_of(second).names == names | {TRADITIONAL: NAME}
    third = editions.correct(second, by=make.STAFF, names=names | {TRADITIONAL: OTHER}, keeps=True)
    assert facts_of(third).names[TRADITIONAL] == OTHER == world.bolor.certificate_name[TRADITIONAL]
    fourth = editions.correct(third, by=make.STAFF, names=names | {TRADITIONAL: ""})
    assert TRADITIONAL not in facts_of(fourth).names
    with pytest.raises(NotOfTheScript, match=r"U\+0042"):
        editions.correct(fourth, by=make.STAFF, names=names | {TRADITIONAL: "B"})
