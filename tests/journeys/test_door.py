"""At the door in a real browser: without a network, with two telephones, with a server that dies, signed out."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browsers import chromium_path
from tests.journeys.door import House, all_sent, house, open_door, ready, scan, telephone, wait
from trainreg.accounts.models import SignIn
from trainreg.kernel import clock
from trainreg.kernel.db import db

pytestmark = pytest.mark.slow


@pytest.fixture
def door(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as known:
        yield known


def test_fifty_people_without_a_network(browser: Browser, door: House, tmp_path: Path) -> None:
    """Goes offline, checks in fifty people, closes the whole browser, reopens it, comes online: each is in once."""
    with profile(browser, door, tmp_path / "profile") as context:
        page = open_door(context, door)
        door.kill()
        context.set_offline(True)
        for number in range(50):
            scan(page, door.passes[number])
            expect(page.locator(".door-person")).to_have_text(door.names[number])
            expect(page.locator(".door-title")).to_have_text("Come in")
        scan(page, door.passes[0])
        expect(page.locator(".door-title")).to_have_text("Already in")
        expect(page.locator("[data-part=online]")).to_have_text("Offline")
        expect(page.locator("[data-part=waiting]")).to_have_text("51 wait to be sent")
        expect(page.locator("[data-part=counts]")).to_have_text("50 in, 10 missing")
    with profile(browser, door, tmp_path / "profile") as context:
        context.set_offline(True)
        page = context.new_page()
        page.goto(f"/checkin/{door.slug}")
        ready(page)
        wait(page, 51)
        scan(page, door.passes[49])
        expect(page.locator(".door-title")).to_have_text("Already in")
        page.goto("/checkin/")
        page.goto(f"/checkin/{door.slug}")
        ready(page)
        door.start()
        context.set_offline(False)
        sign_in_again(page, door)  # a browser that was closed has forgotten its sign-in, and kept the scans
        all_sent(page)
        expect(page.locator("[data-part=online]")).to_have_text("Online")
        assert door.counts() == (52, 50, 50)


def sign_in_again(page: Page, at: House) -> None:
    expect(page.locator("[data-part=online]")).to_have_text("Signed out")
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("E-mail address").fill(at.email)
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/checkin/{at.slug}")


def profile(browser: Browser, at: House, folder: Path) -> BrowserContext:
    """A browser of its own whose profile stays on the disk."""
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    return browser.browser_type.launch_persistent_context(
        folder,
        executable_path=chromium_path(),
        args=arguments,
        base_url=at.url,
        viewport={"width": 360, "height": 740},
        locale="en-GB",
    )


def test_two_telephones_with_the_same_people(browser: Browser, door: House) -> None:
    with telephone(browser, door) as one, telephone(browser, door) as two:
        pages = [open_door(one, door), open_door(two, door)]
        for context, page, numbers in ((one, pages[0], range(20)), (two, pages[1], range(10, 30))):
            context.set_offline(True)
            for number in numbers:
                scan(page, door.passes[number])
                expect(page.locator(".door-person")).to_have_text(door.names[number])
        for context in (two, one):
            context.set_offline(False)
        for page in pages:
            all_sent(page)
        assert door.counts() == (40, 30, 30)
        pages[0].get_by_role("button", name="By name").click()
        pages[0].get_by_label("Name, agency or reference").fill("хүнба")
        pages[0].get_by_role("button", name="Is in: ").click()
        expect(pages[0].locator(".door-title")).to_have_text("Already in")
        expect(pages[0].locator("[data-part=answer]")).to_contain_text("scanned by")


def test_a_server_that_is_killed_while_scans_come_in(browser: Browser, door: House) -> None:
    """Three times, at different moments of the call: nothing acknowledged is lost, nothing is there twice."""
    with telephone(browser, door) as context:
        page = open_door(context, door)
        for turn, pause in enumerate((0.0, 0.01, 0.05)):
            context.set_offline(True)
            for number in range(10):
                scan(page, door.passes[10 * turn + number])
                expect(page.locator(".door-person")).to_have_text(door.names[10 * turn + number])
            with page.expect_request(lambda request: "/sync" in request.url):
                context.set_offline(False)
            time.sleep(pause)
            door.kill()
            door.start()
            all_sent(page)
        assert door.counts() == (30, 30, 30)
        acknowledged = page.evaluate(ANSWERED)
        assert len(acknowledged) == 30 and set(acknowledged) == door.keys()


def test_a_sign_in_that_ends_keeps_the_scans(browser: Browser, door: House) -> None:
    with telephone(browser, door) as context:
        page = open_door(context, door)
        with door.app.app_context():
            db.session.query(SignIn).update({"ended_at": clock.now()})
            db.session.commit()
            db.session.remove()
        scan(page, door.passes[0])
        expect(page.locator(".door-title")).to_have_text("Come in")
        expect(page.locator("[data-part=waiting]")).to_have_text("1 wait to be sent")
        sign_in_again(page, door)
        all_sent(page)
        assert door.counts() == (1, 1, 1)


ANSWERED = """async () => {
  const done = (one) => new Promise((resolve) => { one.onsuccess = () => resolve(one.result); });
  const database = await done(indexedDB.open("trainreg-checkin"));
  const scans = await done(database.transaction("scans").objectStore("scans").getAll());
  database.close();
  return scans.filter((one) => !one.waiting).map((one) => one.id);
}"""
