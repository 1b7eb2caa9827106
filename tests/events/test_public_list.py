"""Anybody sees which events are open, coming and past."""

from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.pages import Page, Pages
from tests.world import World
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db


def event(world: World, title: str, days: float, **values: Any) -> Event:
    """An event of one day, so many days from now."""
    return make.event(world.project, title={"en": title}, starts=make.nine(days), **values)


def headings(page: Page) -> list[str]:
    return ["".join(part.itertext()).strip() for tag in ("h2", "h3") for part in page.find_all(tag)]


def test_events_stand_in_three_groups(pages: Pages, world: World) -> None:
    for known in (world.event, world.other_event):
        known.status = EventStatus.DRAFT
    now = clock.now()
    event(world, "Open later", 20)
    event(world, "Open soon", 10)
    event(world, "Opens next week", 15, opens_at=now + timedelta(days=7))
    event(world, "Closed but coming", 5, status=EventStatus.CLOSED)
    event(world, "Closing time passed", 6, closes_at=now - timedelta(days=1))
    event(world, "Called off", 8, status=EventStatus.CANCELLED)
    event(world, "Long ago", -400)
    event(world, "Last week", -7)
    event(world, "Only a draft", 3, status=EventStatus.DRAFT)
    db.session.commit()
    page = pages.get("/events")
    assert headings(page) == [
        "Open for registration",
        "Coming and under way",
        "Past",
        "Open soon",
        "Open later",
        "Closed but coming",
        "Closing time passed",
        "Called off",
        "Opens next week",
        "Last week",
        "Long ago",
    ]
    assert "Only a draft" not in page.text


def test_an_event_without_sessions_is_announced_after_the_dated_ones(pages: Pages, world: World) -> None:
    undated = make.event(world.project, days=0, title={"en": "Some day"}, status=EventStatus.CLOSED)
    event(world, "Next month", 30, status=EventStatus.CLOSED)
    db.session.commit()
    assert undated.starts_at is None
    page = pages.get("/events")
    assert headings(page)[-2:] == ["Next month", "Some day"]
    assert "Date to be announced" in page.text


@pytest.mark.slow
def test_long_lists_come_in_pages(pages: Pages, world: World) -> None:
    for number in range(23):
        event(world, f"Seminar of week {number}", 7 * number + 8)
    db.session.commit()
    page = pages.get("/events")
    assert len(page.find_all("h3")) == 20
    second = pages.get("/events?page=2")
    assert len(second.find_all("h3")) == 5 and "Seminar of week 22" in second.text
    for nonsense in ("0", "-1", "²", "x", "9" * 30):
        assert pages.get(f"/events?page={nonsense}").status == 200


def test_an_empty_list_says_so(pages: Pages, world: World) -> None:
    for known in (world.event, world.other_event):
        known.status = EventStatus.DRAFT
    db.session.commit()
    assert "No events yet" in pages.get("/events").text


def test_the_list_is_read_only_and_light(pages: Pages, world: World) -> None:
    assert pages.post("/events").status == 405
    page = pages.get("/events?lang=mn")
    assert page.status == 200
    assert page.find_all("script") == []
    assert len(page.html) < 20_000
