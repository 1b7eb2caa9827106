"""What a public page says to search engines and to whoever is sent its link."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests import factories as make
from tests.pages import Page, Pages
from tests.world import World
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db

NINE = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)  # in Ulaanbaatar


def facts(page: Page) -> dict[str, Any]:
    (block,) = page.find_all("script", type="application/ld+json")
    read: dict[str, Any] = json.loads(block.text or "")
    return read


def tags(page: Page) -> dict[str, str]:
    found = [(one.get("property") or one.get("name") or "", one.get("content") or "") for one in page.find_all("meta")]
    return dict(found)


@pytest.fixture
def event(world: World) -> Event:
    event = make.event(world.project, starts=NINE, days=2, capacity=20, summary={"en": "On the new law."})
    make.registration(event, world.bolor)
    db.session.commit()
    return event


def test_the_event_is_said_in_the_words_of_schema_org(app: Flask, pages: Pages, event: Event) -> None:
    read = facts(pages.get(f"/e/{event.slug}?lang=en"))
    address = f"{app.config['BASE_URL']}/e/{event.slug}?lang=en"
    assert (read["@context"], read["@type"]) == ("https://schema.org", "Event")
    assert read["name"] == event.title["en"] and read["url"] == address and read["inLanguage"] == "en"
    assert read["startDate"] == "2027-03-01T09:00:00+08:00" and read["endDate"] == "2027-03-02T16:00:00+08:00"
    assert read["eventStatus"] == "https://schema.org/EventScheduled"
    assert read["location"] == {"@type": "Place", "name": "Ulaanbaatar", "address": "Ulaanbaatar"}
    assert read["organizer"] == {"@type": "Organization", "name": "Example Organisation"}
    assert (read["maximumAttendeeCapacity"], read["remainingAttendeeCapacity"]) == (20, 19)
    required = {"name", "startDate", "location"}  # what search engines ask of an event
    assert required <= {name for name, value in read.items() if value}


def test_a_cancelled_event_says_so(pages: Pages, event: Event) -> None:
    event.status = EventStatus.CANCELLED
    db.session.commit()
    assert facts(pages.get(f"/e/{event.slug}"))["eventStatus"] == "https://schema.org/EventCancelled"


def test_an_event_without_a_day_says_nothing_wrong(pages: Pages, world: World) -> None:
    undated = make.event(world.project, days=0)
    db.session.commit()
    page = pages.get(f"/e/{undated.slug}")
    assert page.status == 200 and page.find_all("script", type="application/ld+json") == []


@pytest.mark.parametrize("evil", ["</script><script>alert(1)</script>", '"}]} --> <!-- & \\', "Ө‘Ү’\u2028\u2029"])
def test_no_title_breaks_out(pages: Pages, event: Event, evil: str) -> None:
    event.title, event.summary, event.place = {"en": evil}, {"en": evil}, {"en": evil}
    db.session.commit()
    page = pages.get(f"/e/{event.slug}?lang=en")
    assert facts(page)["name"] == evil and tags(page)["og:title"] == evil
    assert len(page.find_all("script")) == 1


def test_a_link_shows_title_sentence_and_picture(app: Flask, pages: Pages, event: Event) -> None:
    base = app.config["BASE_URL"]
    page = pages.get(f"/e/{event.slug}?lang=mn")
    read = tags(page)
    assert read["og:title"] == event.title["mn"] and read["og:locale"] == "mn_MN"
    assert "On the new law." in read["og:description"] and read["description"] == read["og:description"]
    picture = read["og:image"].removeprefix(base)
    answer = pages.get(picture).response
    assert answer.mimetype == "image/png" and len(answer.data) < 40_000


def test_each_language_names_the_others_and_itself(app: Flask, pages: Pages, event: Event) -> None:
    base = app.config["BASE_URL"]
    for path in (f"/e/{event.slug}", "/events"):
        page = pages.get(f"{path}?lang=mn&utm_source=mail")
        links = {one.get("hreflang") or one.get("rel"): one.get("href") for one in page.find_all("link")}
        assert links["canonical"] == links["mn"] == f"{base}{path}?lang=mn"
        assert links["en"] == f"{base}{path}?lang=en" and links["x-default"] == f"{base}{path}"


def test_a_forged_host_gets_into_none_of_it(pages: Pages, event: Event) -> None:
    page = pages.client.get(f"/e/{event.slug}", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in page.text
