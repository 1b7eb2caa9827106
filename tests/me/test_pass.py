"""The pass at the door, and the entry in one's calendar."""

import io

import icalendar
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy.orm import Session

from tests import factories as make
from tests.me.visiting import address_of
from tests.pages import Pages
from tests.world import World
from trainreg.events.calendar import uid_of
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.registration.passes import pass_code, reference_in
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus


def test_a_pass_is_known_again_and_a_made_up_one_is_not(session: Session) -> None:
    code = pass_code("7K3F-9Q2M")
    mark, reference, proof = code.split(":")
    assert (mark, reference, len(proof)) == ("TR1", "7K3F-9Q2M", 13)
    assert reference_in(code) == reference_in(f" {code.lower()} ") == "7K3F-9Q2M"
    for forged in (f"TR1:7K3F-9Q2N:{proof}", code[:-1], f"{code}0", f"TR2:{reference}:{proof}", "", "::", "TR1:é:é"):
        assert reference_in(forged) is None
    assert len({pass_code(f"7K3F-{number:04d}") for number in range(500)}) == 500


def test_the_picture_says_the_code(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, reference="7K3F-9Q2M")
    address = address_of(registration)
    answer = pages.get(f"{address}/pass.png").response
    assert answer.mimetype == "image/png"
    assert 'attachment; filename="pass-7K3F-9Q2M.png"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.get_data())))
    assert reference_in(read.text) == registration.reference
    drawn = pages.get(f"{address}/pass.svg").response
    assert drawn.mimetype == "image/svg+xml" and b"<svg" in drawn.get_data() and b"<script" not in drawn.get_data()
    page = pages.get(f"{address}/pass")
    assert page.find_all("img", src=f"{address}/pass.svg") and "Батын Болор" in page.text


@pytest.mark.parametrize("status", sorted(set(S) - {S.CONFIRMED}))
def test_only_a_confirmed_registration_has_a_pass(pages: Pages, world: World, status: S) -> None:
    registration = make.registration(world.event, world.bolor, status)
    db.session.commit()
    address = address_of(registration)
    assert pages.get(f"{address}/pass").location == address
    assert pages.get(f"{address}/pass.png").status == pages.get(f"{address}/pass.svg").status == 409


def entry_of(pages: Pages, address: str) -> tuple[str, icalendar.cal.Component]:
    answer = pages.get(f"{address}/event.ics").response
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.get_data())
    [entry] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), entry


def test_the_calendar_entry_is_that_of_the_feed_and_is_struck_out_when_cancelled(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor)
    db.session.commit()
    address = address_of(registration)
    method, entry = entry_of(pages, address)
    assert (method, entry["UID"], entry["STATUS"]) == ("PUBLISH", uid_of(world.event), "CONFIRMED")
    assert registration.reference in entry["DESCRIPTION"]
    before = int(entry["SEQUENCE"])
    pages.post(f"{address}/cancel")
    method, entry = entry_of(pages, address)
    assert (method, entry["UID"], entry["STATUS"]) == ("CANCEL", uid_of(world.event), "CANCELLED")
    assert int(entry["SEQUENCE"]) > before


def test_an_event_that_is_called_off_is_struck_out(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor)
    world.event.status = EventStatus.CANCELLED
    db.session.commit()
    method, entry = entry_of(pages, address_of(registration))
    assert (method, entry["STATUS"]) == ("CANCEL", "CANCELLED")


def test_without_a_place_or_a_day_there_is_no_entry(pages: Pages, world: World) -> None:
    waiting = make.registration(world.event, world.bolor, S.WAITLISTED)
    world.other_event.sessions.clear()
    undated = make.registration(world.other_event, world.bolor)
    db.session.commit()
    for registration in (waiting, undated):
        assert pages.get(f"{address_of(registration)}/event.ics").status == 404
        assert pages.get(address_of(registration)).status == 200
