"""Who has earned a certificate, of how much, and what another threshold would change."""

import io
from decimal import Decimal

import openpyxl
import pytest

from tests import factories as make
from tests.certificates.attending import attend, past_event
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.rules import AttendanceState, Mark
from trainreg.attendance.service import mark
from trainreg.audit.queries import history_of
from trainreg.certificates import service
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.certificates.since import attendance_changed_since
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole


@pytest.fixture
def event(world: World) -> Event:
    """Four sessions of three hours; Bolor came to all, Tuya to three, an observer to all."""
    event = past_event(world.project)
    attend(make.registration(event, world.bolor, agency=world.ministry), 4)
    attend(make.registration(event, world.tuya, agency=world.border), 3)
    attend(make.registration(event, make.person("Багш", "Сургагч"), role=RegistrationRole.OBSERVER), 4)
    return event


def address(event: Event) -> str:
    return f"/desk/events/{event.slug}/eligibility"


def of(event: Event, name: str) -> Registration:
    people = db.session.scalars(db.select(Registration).where(Registration.event_id == event.id))
    return next(one for one in people if name in one.person.name)


def test_it_says_of_how_much_and_why(pages: Pages, world: World, event: Event) -> None:
    mark(of(event, "Туяа"), event.sessions[0], Mark(AttendanceState.LATE, 20, 15), by=STAFF)
    db.session.commit()
    text = pages.sign_in(world.trainer).get(address(event)).text
    assert "1 of 3 is eligible." in text
    assert "3 of 4" in text and "9 of 12" in text and "75%" in text and "35 minutes missed" in text
    assert "Attended 9 of 12 planned hours; 80% are needed." in text
    assert "only participants earn a certificate" in text


def test_minutes_take_nothing_off_the_time_that_counts(pages: Pages, world: World, event: Event) -> None:
    bolor = of(event, "Болор")
    for session in event.sessions:
        mark(bolor, session, Mark(AttendanceState.LATE, 170), by=STAFF)
    db.session.commit()
    text = pages.sign_in(world.organizer).get(address(event)).text
    assert "1 of 3 is eligible." in text and "680 minutes missed" in text


def test_another_threshold_shows_who_would_change_and_changes_nothing(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    text = pages.get(f"{address(event)}?threshold=75").text
    assert "2 people would be eligible; it is 1 now" in text
    assert "They would become eligible: Доржийн Туяа" in text and "would be eligible" in text
    assert "The same people as now." in pages.get(f"{address(event)}?threshold=99.5").text
    event.threshold = Decimal("0.5")
    db.session.commit()
    text = pages.get(f"{address(event)}?threshold=80").text
    assert "They would not be eligible any more: Доржийн Туяа" in text
    assert event.threshold == Decimal("0.5")


@pytest.mark.parametrize(
    "typed", ["x", "-1", "101", "NaN", "Infinity", "1e9", "8o", "5e1", "٥٠", "1_0", "80.", "80.00000x"]
)
def test_what_is_no_percentage_gets_a_sentence(pages: Pages, world: World, event: Event, typed: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{address(event)}?threshold={typed}")
    assert page.status == 422 and "from 0 to 100" in page.text and page.value_of("threshold") == typed


@pytest.mark.slow
def test_the_list_goes_out_and_that_is_written_down(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    csv = pages.post(f"{address(event)}/export", {"format": "csv"}).response.get_data().decode("utf-8-sig")
    lines = csv.splitlines()
    assert lines[0].startswith("Reference,Name,Agency,Sessions attended,Sessions planned,Hours attended")
    assert any("Доржийн Туяа" in line and ",3,4,9.00,12.00,75,0,no," in line for line in lines)
    assert history_of(event)[0].sentence == "List of who has earned a certificate handed out as CSV"
    book = pages.post(f"{address(event)}/export", {"format": "xlsx", "threshold": "75"}).response.get_data()
    rows = list(openpyxl.load_workbook(io.BytesIO(book), read_only=True).active.values)  # type: ignore[union-attr]
    assert rows[0][-1] == "Eligible from 75 %"
    assert [row[-1] for row in rows[1:] if "Туяа" in str(row[1])] == ["yes"]
    assert pages.post(f"{address(event)}/export", {"format": "exe"}).status == 404


@pytest.mark.slow
def test_attendance_changed_after_the_certificate_is_shown_where_it_matters(
    pages: Pages, world: World, event: Event
) -> None:
    service.issue(event, by=STAFF)
    db.session.commit()
    certificate = db.session.scalars(db.select(Certificate)).one()
    details = f"/desk/certificates/{certificate.id}"
    certificates = f"/desk/events/{event.slug}/certificates"
    pages.sign_in(world.organizer)
    told = "Attendance changed after it was issued"
    assert all(told not in pages.get(path).text for path in (address(event), certificates, details))
    mark(of(event, "Болор"), event.sessions[0], AttendanceState.ABSENT, by=STAFF)
    mark(of(event, "Туяа"), event.sessions[3], AttendanceState.PRESENT, by=STAFF)
    db.session.commit()
    assert list(attendance_changed_since(event.id)) == [certificate.id]
    assert all(told in pages.get(path).text for path in (address(event), certificates, details))
    assert "Attendance of 1 person was changed" in pages.get(address(event)).text
    certificate.state = CertificateState.REVOKED
    db.session.commit()
    assert attendance_changed_since(event.id) == {}


def test_an_event_without_people_says_so(pages: Pages, world: World) -> None:
    assert "Nobody is registered yet" in pages.sign_in(world.organizer).get(address(world.event)).text


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("focal_point", 403), ("other_organizer", 404)])
def test_others_stay_outside(pages: Pages, world: World, event: Event, who: str, status: int) -> None:
    pages.sign_in(getattr(world, who))
    assert pages.get(address(event)).status == status
    assert pages.post(f"{address(event)}/export", {"format": "csv"}).status == status
