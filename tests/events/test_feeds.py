"""Anybody subscribes to the calendar of public events, or takes one event along."""

from datetime import timedelta

from flask import Flask
from icalendar import Calendar

from tests import factories as make
from tests.pages import Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.events import service
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db


def summaries(content: bytes) -> list[str]:
    return [str(entry["summary"]) for entry in Calendar.from_ical(content).walk("VEVENT")]


def test_the_feed_holds_every_public_event_and_no_draft(pages: Pages, world: World) -> None:
    for known in (world.event, world.other_event):
        known.status = EventStatus.DRAFT
    for title, days, status in (
        ("Next month", 30, EventStatus.OPEN),
        ("Last month", -30, EventStatus.CLOSED),
        ("Long ago", -500, EventStatus.CLOSED),
        ("Off", 10, EventStatus.CANCELLED),
        ("Draft", 10, EventStatus.DRAFT),
    ):
        starts = clock.now() + timedelta(days=days)
        make.event(world.project, title={"en": title}, starts=starts, status=status)
    make.event(world.project, days=0, title={"en": "Some day"}, status=EventStatus.CLOSED)
    db.session.commit()
    answer = pages.get("/events.ics").response
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert summaries(answer.data) == ["Next month", "Last month", "Called off: Off"]
    calendar = Calendar.from_ical(answer.data)
    assert calendar["method"] == "PUBLISH" and calendar["x-wr-calname"] == "Training register"


def test_the_feed_speaks_the_language_of_its_address(pages: Pages, world: World) -> None:
    assert world.event.title["mn"] in summaries(pages.get("/events.ics?lang=mn").response.data)
    assert world.event.title["en"] in summaries(pages.get("/events.ics?lang=en").response.data)


def test_a_reader_who_has_this_version_is_told_so(pages: Pages, world: World) -> None:
    first = pages.get("/events.ics?lang=en").response
    known = {"If-None-Match": first.headers["ETag"]}
    again = pages.client.get("/events.ics?lang=en", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    service.cancel_event(world.event, by=make.STAFF)
    db.session.commit()
    changed = pages.client.get("/events.ics?lang=en", headers=known)
    assert changed.status_code == 200 and "STATUS:CANCELLED" in changed.text


def test_one_event_as_a_file(pages: Pages, world: World) -> None:
    page = pages.get(f"/e/{world.event.slug}?lang=en")
    (link,) = [one for one in page.find_all("a") if one.get("href", "").endswith(".ics")]
    answer = pages.get(link.get("href", "")).response
    assert summaries(answer.data) == [world.event.title["en"]]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{world.event.slug}.ics"'


def test_what_is_not_public_or_has_no_day_has_no_file(pages: Pages, world: World) -> None:
    world.event.status = EventStatus.DRAFT
    undated = make.event(world.project, days=0, status=EventStatus.CLOSED)
    db.session.commit()
    for slug in (world.event.slug, undated.slug, "no-such-event"):
        assert pages.get(f"/e/{slug}.ics").status == 404
    assert not [one for one in pages.get(f"/e/{undated.slug}").find_all("a") if ".ics" in one.get("href", "")]


def test_the_list_offers_to_subscribe(app: Flask, pages: Pages, world: World) -> None:
    page = pages.get("/events?lang=mn")
    links = [one.get("href", "") for one in page.find_all("a") if "events.ics" in one.get("href", "")]
    assert links[0] == f"webcal://{app.config['BASE_URL'].partition('://')[2]}/events.ics?lang=mn"


def test_the_feed_costs_the_same_statements_at_any_length(pages: Pages, world: World) -> None:
    with counted_statements() as few:
        pages.get("/events.ics")
    for _ in range(30):
        make.event(world.project)
    db.session.commit()
    db.session.expunge_all()
    with counted_statements() as many:
        pages.get("/events.ics")
    assert len(many) == len(few)
