"""Anyone looks at an event: what, when, where, how many places, and whether the door is open."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.events.models import EventAgency
from trainreg.events.rules import Approval, Audience, EventStatus, SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

S = RegistrationStatus
LIGHT = 100_000


def test_it_says_what_when_and_where(pages: Pages, world: World) -> None:
    event = make.event(world.project, days=2, starts=datetime(2027, 3, 1, 1, 0, tzinfo=UTC))
    page = pages.get(f"/e/{event.slug}")
    assert page.status == 200
    for words in (event.title["en"], "Ulaanbaatar", "Monday, 1 March 2027", "Tuesday, 2 March 2027", "09:00–12:00"):
        assert words in page.text
    assert "Asia/Ulaanbaatar: Ulaanbaatar Standard Time (UTC+08:00)" in page.text
    assert "Officials of any agency" in page.text
    assert "Example Organisation" in page.text


def test_it_speaks_mongolian(pages: Pages, world: World) -> None:
    page = pages.get(f"/e/{world.event.slug}?lang=mn")
    assert world.event.title["mn"] in page.text
    assert "Улаанбаатарын стандарт цаг" in page.text


def test_sessions_of_another_zone_stand_on_their_own_clock(pages: Pages, world: World) -> None:
    make.session(world.event, datetime(2027, 3, 1, 1, 0, tzinfo=UTC), timezone="Asia/Hovd")
    db.session.commit()
    page = pages.get(f"/e/{world.event.slug}")
    assert "Monday, 1 March 2027 (Asia/Hovd)" in page.text
    assert "08:00–11:00" in page.text


def test_a_session_called_off_is_marked(pages: Pages, world: World) -> None:
    world.event.sessions[0].status = SessionStatus.CANCELLED
    db.session.commit()
    assert "(called off)" in pages.get(f"/e/{world.event.slug}").text


def test_listed_agencies_are_named(pages: Pages, world: World) -> None:
    world.event.audience = Audience.LISTED_AGENCIES
    world.event.agencies.append(EventAgency(agency=world.border))
    db.session.commit()
    text = pages.get(f"/e/{world.event.slug}").text
    assert "Border Protection" in text and "Ministry of Labour" not in text


@pytest.mark.parametrize(
    ("capacity", "confirmed", "waiting", "sentence"),
    [
        (2, 0, 0, "2 places are left."),
        (2, 1, 0, "1 place is left."),
        (3, 1, 1, "1 place is left."),
        (2, 2, 0, "All places are taken"),
        (2, 1, 1, "All places are taken"),
        (None, 5, 0, "There is room for everybody who registers."),
    ],
)
def test_places_left_are_told_truly(
    pages: Pages, world: World, capacity: int | None, confirmed: int, waiting: int, sentence: str
) -> None:
    world.event.capacity = capacity
    for _number in range(confirmed):
        make.registration(world.event)
    for _number in range(waiting):
        make.registration(world.event, status=S.WAITLISTED)
    make.registration(world.event, status=S.DECLINED)
    make.registration(world.event, role=RegistrationRole.TRAINER)
    db.session.commit()
    assert sentence in pages.get(f"/e/{world.event.slug}").text


@pytest.mark.parametrize(
    ("state", "sentence", "lets_in"),
    [
        ("open", "Registration is open", True),
        ("desk", "The organizers confirm each registration.", True),
        ("not yet", "Registration is not open yet", False),
        ("closed", "Registration is closed", False),
        ("full with a list", "You can still register", True),
        ("full", "This event has no waiting list.", False),
        ("over", "This event is over", False),
        ("cancelled", "This event is called off", False),
    ],
)
def test_the_door_is_told_in_a_sentence(pages: Pages, world: World, state: str, sentence: str, lets_in: bool) -> None:
    event, now = world.event, clock.now()
    event.approval = Approval.DESK if state == "desk" else Approval.AUTOMATIC
    if state.startswith("full"):
        event.capacity, event.has_waiting_list = 1, state == "full with a list"
        make.registration(event)
    elif state == "not yet":
        event.opens_at = now + timedelta(hours=1)
    elif state == "over":
        for session in event.sessions:
            session.starts_at, session.ends_at = now - timedelta(hours=3), now - timedelta(hours=1)
    elif state in {"closed", "cancelled"}:
        event.status = EventStatus(state)
    db.session.commit()
    page = pages.get(f"/e/{event.slug}")
    assert sentence in page.text
    assert bool(page.find_all("a", href=f"/e/{event.slug}/register")) is lets_in


def test_an_unknown_event_is_not_found(pages: Pages, world: World) -> None:
    assert pages.get("/e/no-such-event").status == 404


def test_the_page_is_light(pages: Pages, world: World) -> None:
    """The page and the style sheets and fonts it asks for, as they travel."""
    page = pages.get(f"/e/{world.event.slug}", headers={"Accept-Encoding": "gzip"})
    size = len(page.response.data)
    for link in page.find_all("link"):
        if link.get("rel") in {"canonical", "alternate"}:  # addresses that are named and not fetched
            continue
        path = (link.get("href") or "").split("?")[0]
        file = Path(str(pages.app.static_folder)) / path.removeprefix("/static/")
        packed = file.with_name(file.name + ".gz")
        size += (packed if packed.exists() else file).stat().st_size
    assert size < LIGHT


def test_looking_asks_the_database_little(pages: Pages, world: World) -> None:
    path = f"/e/{world.event.slug}"
    db.session.expire_all()
    with counted_statements() as statements:
        pages.get(path)
    assert len(statements) <= 5, statements
