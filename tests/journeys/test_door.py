"""At the door in a real browser: without a network, with two telephones, with a server that dies, signed out."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.journeys.conftest import AXE, AXE_RULES, chromium_path
from tests.journeys.door import House, all_sent, house, open_door, ready, scan, telephone, waiting
from trainreg.accounts.models import SignIn
from trainreg.kernel import clock
from trainreg.kernel.db import db

pytestmark = pytest.mark.slow
LIMIT = 100_000  # bytes over the line, the reader of codes for browsers without one aside


@pytest.fixture
def door(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as known:
        yield known


def axe(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"() => axe.run(document, {{runOnly: {AXE_RULES}, resultTypes: ['violations']}})")
    assert [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]] == []
    width = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], f"wider than the window: {width}"


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
        assert waiting(page) == 51
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
        acknowledged: set[str] = set()

        def note(request: Request) -> None:
            response = request.response()
            if "/sync" in request.url and response is not None and response.status == 200:
                acknowledged.update(one["id"] for one in response.json()["scans"])

        page.on("requestfinished", note)
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
        assert len(acknowledged) == 30


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


def test_what_the_device_keeps_is_sealed_and_goes_at_sign_out(browser: Browser, door: House) -> None:
    with telephone(browser, door) as context:
        page = open_door(context, door)
        kept = page.evaluate(READ_ALL)
        assert kept["lists"] and kept["own"] and not kept["extractable"]
        assert door.names[0].split()[1] not in json.dumps(kept, ensure_ascii=False)
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/login**")
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_a_guest_at_the_door_without_a_network(browser: Browser, door: House) -> None:
    """Somebody new, and somebody let in anyway: by keyboard, clean for axe at every step, light on a slow line."""
    with telephone(browser, door) as context:
        sizes: dict[str, int] = {}
        context.on("requestfinished", lambda request: weigh(request, sizes))
        page = open_door(context, door)
        own = {url: size for url, size in sizes.items() if "zxing" not in url and "/login" not in url}
        assert sum(own.values()) < LIMIT, own
        context.set_offline(True)
        axe(page)
        page.get_by_role("button", name="New person").press("Enter")
        page.get_by_role("button", name="Register and check in").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("consent")
        axe(page)
        page.get_by_label("Family name or patronymic").fill("Гостийн")
        page.get_by_label("Given name").fill("Шинэ")
        page.get_by_label("Agency", exact=True).select_option(label="Ministry of Labour")
        page.get_by_label("I agree that").press("Space")
        page.get_by_role("button", name="Register and check in").press("Enter")
        expect(page.locator(".door-person")).to_have_text("Гостийн Шинэ")
        page.get_by_role("button", name="Pass", exact=True).press("Enter")
        scan(page, "wa1t 0001")
        expect(page.locator(".door-title")).to_have_text("Not confirmed")
        axe(page)
        page.get_by_label("Let in anyway, because").fill("The minister asked")
        page.keyboard.press("Enter")
        expect(page.locator(".door-title")).to_have_text("Let in")
        page.get_by_role("button", name="Who is in").press("Enter")
        axe(page)
        context.set_offline(False)
        all_sent(page)
        assert door.counts() == (3, 0, 2)


def test_codes_are_read_where_the_browser_has_no_reader(browser: Browser, door: House) -> None:
    with telephone(browser, door) as context:
        page = open_door(context, door)
        assert page.evaluate(DECODE, [door.passes[0], picture_of(door.passes[0])]) == door.passes[0]


def picture_of(code: str) -> str:
    return str(segno.make(code, error="q").png_data_uri(scale=6, border=4))


def weigh(request: Request, sizes: dict[str, int]) -> None:
    measured, url = request.sizes(), request.url
    sizes[url] = max(sizes.get(url, 0), measured["responseBodySize"] + measured["responseHeadersSize"])


READ_ALL = """async () => {
  const done = (one) => new Promise((resolve) => { one.onsuccess = () => resolve(one.result); });
  const database = await done(indexedDB.open("trainreg-checkin"));
  const all = (name) => done(database.transaction(name).objectStore(name).getAll());
  const lists = await all("lists"), own = await all("own");
  database.close();
  const text = (one) => ({ ...one, data: new TextDecoder().decode(one.data) });
  return { lists: lists.map(text), own: own.length, extractable: own[0].key.extractable };
}"""
DECODE = """async ([_code, picture]) => {
  const page = document.querySelector("[data-checkin]");
  const main = document.querySelector("script[src*=main]").src;
  const scanner = await import(main.replace("main.js", "scanner.js"));
  await scanner.prepareReader({ reader: page.dataset.reader, wasm: page.dataset.wasm });
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return scanner.decode(context.getImageData(0, 0, canvas.width, canvas.height));
}"""
