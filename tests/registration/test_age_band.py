"""An age band is asked where the event's form asks it, never has to be said, and is counted as it was then."""

from datetime import UTC, datetime

import pytest

from tests import factories as make
from tests.certificates.attending import attend
from tests.factories import STAFF
from tests.pages import Page, Pages
from tests.questions.asking import newest
from tests.registration.forms import filled
from tests.world import World
from trainreg.framework.rules import Counting, CountingRule, Dimension
from trainreg.kernel.db import db
from trainreg.people.rules import AgeBand, ConsentPurpose
from trainreg.people.service import PersonDetails
from trainreg.questions import service
from trainreg.questions.refusals import NobodyMustSay
from trainreg.questions.rules import Asking, StandardField
from trainreg.registration.answers import answer_nomination
from trainreg.registration.intake import PublicRegistration
from trainreg.registration.many import Entry, enter_many
from trainreg.registration.rules import Channel, RegistrationStatus
from trainreg.registration.service import Particulars
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.counting.rules import count


def ask(world: World) -> None:
    service.set_standard(world.event, {StandardField.AGE_BAND: Asking.OPTIONAL}, by=STAFF)
    db.session.commit()


def send(pages: Pages, world: World, **typed: str) -> Page:
    return pages.post(f"/e/{world.event.slug}/register", filled(world.ministry, **typed))


def test_it_is_not_asked_unless_the_form_says_so(pages: Pages, world: World) -> None:
    assert 'name="age_band"' not in pages.get(f"/e/{world.event.slug}/register").html
    assert send(pages, world, age_band="35_44").status == 303
    assert newest().age_band is AgeBand.NOT_STATED is newest().person.age_band


def test_it_is_kept_on_the_registration_and_the_person(pages: Pages, world: World) -> None:
    ask(world)
    page = pages.get(f"/e/{world.event.slug}/register")
    assert page.value_of("age_band") in {None, ""} and "Your day of birth is not asked." in page.text
    assert send(pages, world, age_band="35_44").status == 303
    assert newest().age_band is AgeBand.TO_44 is newest().person.age_band


def test_nobody_has_to_say_it_and_nonsense_is_told(pages: Pages, world: World) -> None:
    ask(world)
    page = send(pages, world, age_band="37")
    assert page.status == 422 and "Choose one of these." in page.text and page.value_of("given_name") == "Саран"
    assert send(pages, world, age_band="").status == 303
    assert newest().age_band is AgeBand.NOT_STATED


def test_a_form_cannot_require_it(pages: Pages, world: World) -> None:
    with pytest.raises(NobodyMustSay):
        service.set_standard(world.event, {StandardField.AGE_BAND: Asking.REQUIRED}, by=STAFF)
    pages.sign_in(world.organizer)
    address = f"/desk/events/{world.event.slug}/form"
    typed = {name.value: "optional" for name in StandardField}
    assert pages.post(address, typed | {"age_band": "required"}).status == 422
    assert pages.post(address, typed).status == 303
    assert 'name="age_band"' in pages.get(f"/e/{world.event.slug}/register").html


def test_what_is_known_of_a_person_goes_along_as_it_is_then(world: World) -> None:
    world.bolor.age_band = AgeBand.TO_34
    said, unsaid = Particulars(age_band=AgeBand.TO_44), Particulars()
    entries = [Entry(world.bolor, world.ministry, unsaid), Entry(world.tuya, world.border, said)]
    enter_many(world.event, entries, RegistrationStatus.REQUESTED, by=STAFF, channel=Channel.IMPORT, quiet=True)
    db.session.flush()
    assert newest().age_band is AgeBand.TO_44
    world.bolor.age_band = AgeBand.TO_44
    db.session.commit()
    counted = {one.person_id: one.age_band for one in db.session.query(type(newest()))}
    assert counted[world.bolor.id] is AgeBand.TO_34, "the snapshot stays"


def test_a_nominee_states_it_with_the_answer(world: World) -> None:
    nominee = make.registration(world.event, world.bolor, RegistrationStatus.NOMINATED, agency=world.ministry)
    details = PersonDetails("Болор", "Батын", age_band=AgeBand.FROM_55)
    form = PublicRegistration(details, world.ministry.code, consents=frozenset({ConsentPurpose.RUN_EVENT}))
    answer_nomination(nominee, details=form, by=STAFF)
    assert nominee.age_band is AgeBand.FROM_55 is world.bolor.age_band


def test_the_desk_sees_it_and_figures_are_broken_down_by_it(pages: Pages, world: World) -> None:
    past = make.event(world.project, starts=datetime(2026, 3, 10, 1, tzinfo=UTC))
    for who, band in ((world.bolor, AgeBand.TO_44), (world.tuya, AgeBand.NOT_STATED), (make.person(), AgeBand.TO_44)):
        attend(make.registration(past, who, age_band=band), 1)
    counting = Counting(rule=CountingRule.UNIQUE_PERSONS)
    table = count(facts_of(world.project), counting, None, (Dimension.AGE_BAND,))
    cells = {key[0]: amount.of for key, amount in table.cells.items() if amount.of}
    assert cells == {"35_44": 2, None: 1}

    one = make.registration(world.event, world.bolor, age_band=AgeBand.TO_44)
    db.session.commit()
    pages.sign_in(world.organizer)
    assert "35 to 44" in pages.get(f"/desk/events/{world.event.slug}/registrations/{one.reference}").text
