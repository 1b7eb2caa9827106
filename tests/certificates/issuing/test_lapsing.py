"""Certificates lapse on the day after their last; before that their holder is reminded, once."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests import factories as make
from tests.certificates.attending import attend
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.editor.plans import save_plan
from trainreg.certificates.editor.queries import Plan
from trainreg.certificates.issuing.lapsing import lapse, remind
from trainreg.certificates.models import Certificate
from trainreg.certificates.notices import token_for
from trainreg.certificates.queries import facts_of
from trainreg.certificates.rules import CertificateState, last_day
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.outbox.models import Message

ISSUED = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("issued_on", "months", "expected"),
    [
        (date(2026, 3, 31), 12, date(2027, 3, 31)),
        (date(2026, 3, 31), 6, date(2026, 9, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
    ],
)
def test_the_last_day(issued_on: date, months: int, expected: date) -> None:
    assert last_day(issued_on, months) == expected


@pytest.fixture
def paper(world: World, event: Event) -> Certificate:
    """Issued to Bolor for a year."""
    save_plan(event, Plan(valid_months=12), by=make.STAFF)
    attend(make.registration(event, world.bolor), 4)
    (certificate,) = service.issue(event, by=make.STAFF, at=ISSUED).certificates
    db.session.commit()
    return certificate


def mails() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == "certificate_lapsing")))


def test_the_paper_says_until_when(paper: Certificate) -> None:
    assert facts_of(paper).valid_until == paper.valid_until == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("moment", "lapsed"),
    [
        (datetime(2027, 3, 31, 15, 59, tzinfo=UTC), 0),  # still the 31st in Ulaanbaatar
        (datetime(2027, 3, 31, 16, 1, tzinfo=UTC), 1),  # past midnight there
    ],
)
def test_it_lapses_on_the_day_after_by_the_calendar_of_its_project(
    paper: Certificate, moment: datetime, lapsed: int
) -> None:
    with time_machine.travel(moment, tick=False):
        assert lapse() == lapsed
        assert lapse() == 0

    assert (paper.state is CertificateState.EXPIRED) is bool(lapsed)


def test_the_reminder_is_written_once(paper: Certificate) -> None:
    with time_machine.travel(datetime(2027, 1, 20, tzinfo=UTC), tick=False):
        assert remind() == 0
    for day in (5, 6):
        with time_machine.travel(datetime(2027, 2, day, tzinfo=UTC), tick=False):
            remind()

    (mail,) = mails()
    assert "31 March 2027" in mail.text.replace("Mar ", "March ") or "2027" in mail.text
    assert f"/me/certificate/{token_for(paper)}/renewal" in mail.text


def test_nobody_is_reminded_of_what_does_not_hold(paper: Certificate) -> None:
    service.revoke(paper, reason="Mistake", by=make.STAFF)
    db.session.commit()

    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=False):
        assert remind() == 0


def test_the_link_says_how_and_asks_the_desk(paper: Certificate, world: World, pages: Pages) -> None:
    address = f"/me/certificate/{token_for(paper)}/renewal"
    assert "cannot be renewed now" in pages.get(address).text

    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=False):
        assert "holds for another term" in pages.get(address).text
        assert "You asked for it to be renewed" in pages.follow(pages.post(address)).text
        asked_at = paper.renewal_asked_at
        pages.post(address)

    assert asked_at is not None and paper.renewal_asked_at == asked_at


def test_whoever_holds_no_link_asks_for_nothing(pages: Pages, paper: Certificate) -> None:
    assert pages.get("/me/certificate/1/renewal").status == 404
    assert pages.post("/me/certificate/1/renewal").status == 404


def test_what_lapses_has_a_tab_at_the_desk(paper: Certificate, world: World, pages: Pages) -> None:
    paper.valid_until = datetime.now(UTC).date() + timedelta(days=20)
    db.session.commit()

    page = pages.sign_in(world.organizer).get(f"/desk/events/{paper.registration.event.slug}/certificates?show=lapsing")

    assert "Болор" in page.text and "Until" in page.text
