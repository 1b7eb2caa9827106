"""The list that a device takes along, and the pages of the app."""

import json
import re
from typing import Any

from sqlalchemy import select

from tests import factories as make
from tests.checkin.conftest import Hand, scan
from tests.factories import STAFF
from tests.pages import Pages
from tests.registration.crowd import fill
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.service import mark
from trainreg.audit.models import AuditEntry
from trainreg.checkin.lists import proof_for_device
from trainreg.checkin.shell import shell_files
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.passes import pass_code


def fetch(pages: Pages, slug: str, **headers: str) -> Any:
    return pages.get(f"/checkin/{slug}/list.json", headers=headers).response


def test_the_list_holds_what_a_door_needs_and_no_more(
    pages: Pages, world: World, training: Event, bolor: Registration, waiting: Registration
) -> None:
    world.bolor.phone = "99112233"
    db.session.commit()
    pages.sign_in(world.trainer)
    answer = fetch(pages, training.slug)
    document, text = answer.get_json(), answer.get_data(as_text=True)
    first, second = document["people"]
    assert {one["n"] for one in (first, second)} == {"Батын Болор", "Доржийн Туяа"}
    assert set(first) == {"r", "p", "s", "n", "l", "a"}
    assert "example.org" not in text and "9911" not in text
    assert {one["s"] for one in (first, second)} == {"confirmed", "waitlisted"}
    assert [one["id"] for one in document["sessions"]] == [one.id for one in training.sessions]
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Form-Token"]


def test_no_pass_can_be_made_from_the_list(pages: Pages, world: World, training: Event, bolor: Registration) -> None:
    pages.sign_in(world.trainer)
    text = fetch(pages, training.slug).get_data(as_text=True)
    proof = pass_code(bolor.reference).rpartition(":")[2]
    assert proof not in text and proof_for_device(bolor.reference) in text


def test_the_same_list_is_not_sent_twice(
    pages: Pages, world: World, training: Event, bolor: Registration, morning: Session
) -> None:
    pages.sign_in(world.trainer)
    tag = fetch(pages, training.slug).headers["ETag"]
    again = fetch(pages, training.slug, **{"If-None-Match": tag})
    assert again.status_code == 304 and again.get_data() == b"" and again.headers["X-Form-Token"]
    mark(bolor, morning, AttendanceState.PRESENT, by=STAFF)
    db.session.commit()
    newer = fetch(pages, training.slug, **{"If-None-Match": tag})
    assert newer.status_code == 200 and newer.get_json()["here"][0][:2] == [bolor.reference, morning.id]


def test_that_names_left_stands_in_the_history_once(pages: Pages, world: World, training: Event) -> None:
    pages.sign_in(world.trainer)
    fetch(pages, training.slug)
    fetch(pages, training.slug)
    taken = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "event.list_taken")).all()
    assert [(one.subject_id, one.user_id) for one in taken] == [(training.id, world.trainer.id)]


def test_a_long_list_costs_as_many_statements_as_a_short_one(pages: Pages, world: World, training: Event) -> None:
    pages.sign_in(world.trainer)
    slug, event_id = training.slug, training.id
    fetch(pages, slug)
    counts = []
    for more in (5, 200):
        fill(db.session.get_one(Event, event_id), more)
        db.session.expunge_all()
        with counted_statements() as statements:
            assert len(fetch(pages, slug).get_json()["people"]) >= more
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8


def test_the_list_of_an_event_that_is_over_is_empty(pages: Pages, world: World) -> None:
    past = make.event(world.project, starts=make.NOW.replace(year=2024))
    make.registration(past, world.bolor)
    db.session.commit()
    pages.sign_in(world.trainer)
    assert fetch(pages, past.slug).get_json() == {"over": True, "people": [], "sessions": [], "here": []}


def test_only_who_takes_attendance_gets_it(pages: Pages, world: World, training: Event, bolor: Registration) -> None:
    for account, status in ((world.viewer, 403), (world.me_officer, 403), (world.other_organizer, 404)):
        answer = fetch(pages.sign_in(account), training.slug)
        assert answer.status_code == status and "Болор" not in answer.get_data(as_text=True)


def test_the_page_holds_no_name_and_only_it_may_run_webassembly(
    pages: Pages, world: World, training: Event, bolor: Registration
) -> None:
    pages.sign_in(world.trainer)
    page = pages.get(f"/checkin/{training.slug}")
    assert "Болор" not in page.html and bolor.reference not in page.html and world.trainer.name not in page.html
    assert "'wasm-unsafe-eval'" in page.response.headers["Content-Security-Policy"]
    for other in ("/desk/", f"/desk/events/{training.slug}/kiosk", "/login", f"/e/{training.slug}"):
        assert "unsafe" not in pages.get(other).response.headers["Content-Security-Policy"]
    assert f"/desk/events/{training.slug}/attendance" in page.html, "without JavaScript the page says where to go"


def test_the_start_page_shows_the_events_of_ones_own_projects(pages: Pages, world: World, training: Event) -> None:
    other = make.event(world.other_project, starts=training.sessions[0].starts_at, title={"en": "Elsewhere"})
    db.session.commit()
    page = pages.sign_in(world.trainer).get("/checkin/")
    assert training.title["en"] in page.text and other.title["en"] not in page.text


def test_the_worker_keeps_every_file_that_the_page_loads(pages: Pages, world: World, training: Event) -> None:
    script = pages.get("/checkin/sw.js")
    assert script.response.mimetype == "text/javascript"
    shell = json.loads(re.findall(r"const SHELL = (.*);", script.html)[0])
    with pages.app.test_request_context():
        assert shell["files"] == shell_files(pages.app)
    html = pages.sign_in(world.trainer).get(f"/checkin/{training.slug}").html
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|woff2)[^"]*)"', html))
    assert loaded <= set(shell["files"])
    for address in shell["files"]:
        assert pages.client.get(address).status_code == 200, address


def test_the_app_can_be_installed(pages: Pages) -> None:
    card = pages.get("/checkin/manifest.webmanifest").response.get_json(force=True)
    assert (card["start_url"], card["scope"], card["display"]) == ("/checkin/", "/checkin/", "standalone")
    assert all(pages.client.get(icon["src"]).mimetype == "image/png" for icon in card["icons"])


def test_the_desk_sees_every_scan_failed_ones_too(
    door: Hand, pages: Pages, bolor: Registration, waiting: Registration, morning: Session, training: Event
) -> None:
    mark(bolor, morning, AttendanceState.ABSENT, by=STAFF)
    db.session.commit()
    door(scan(bolor), scan("nonsense"), scan(waiting), scan(waiting, reason="Sent by the ministry"))
    page = pages.get(f"/desk/events/{training.slug}/scans")
    assert all(word in page.text for word in ("Батын Болор", "Unknown code", "Not confirmed", "Sent by the ministry"))
    assert "The desk wrote “Absent”" in page.text, "both facts of a conflict"
    failed = pages.get(f"/desk/events/{training.slug}/scans?only=failed").text
    assert "Unknown code" in failed and "Come in" not in failed
    assert "Sent by the ministry" in pages.get(f"/desk/events/{training.slug}/scans?only=let_in").text


def test_signing_out_clears_what_the_browser_keeps_and_asks_first(pages: Pages, world: World) -> None:
    pages.sign_in(world.trainer)
    [form] = [one for one in pages.get("/desk/").find_all("form") if one.get("action") == "/logout"]
    assert "not sent yet" in (form.get("data-leaving") or "")
    assert pages.post("/logout").response.headers["Clear-Site-Data"] == '"storage"'
