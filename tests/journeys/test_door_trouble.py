"""What goes wrong at the door: refusals, codes that are no passes, another account, a device that keeps nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import factories as make
from tests.journeys.conftest import check
from tests.journeys.door import House, all_sent, house, open_door, ready, scan, telephone, wait
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("trouble")) as known:
        yield known


def test_an_event_whose_scans_are_refused_holds_up_no_other(browser: Browser, door: House) -> None:
    """Sixty older scans of an event that is gone wait, and stay; this door's scan is sent all the same."""
    with telephone(browser, door) as context:
        page = open_door(context, door)
        page.evaluate(KEEP, ["gone", 60, "D00R-0000"])
        scan(page, door.passes[1])
        expect(page.locator("[data-part=recent]")).to_contain_text("sent")
        expect(page.locator("[data-part=others]")).to_contain_text("another event")
        expect(page.locator("[data-part=online]")).to_have_text("Online")
        wait(page, 60)


def test_codes_that_are_far_too_long_are_handed_in(browser: Browser, door: House) -> None:
    """A hundred of them are more than the server takes at once; a scan that is too large alone is answered here."""
    with telephone(browser, door) as context:
        page = open_door(context, door)
        context.set_offline(True)
        page.locator("#code").evaluate("one => one.removeAttribute('maxlength')")
        scan(page, door.passes[2] + "7" * 2900)
        expect(page.locator(".door-title")).to_have_text("Unknown code")
        page.evaluate(KEEP, [door.slug, 60, "D00R-0002" + "7" * 2900])
        page.evaluate(KEEP, [door.slug, 1, "D00R-0002" + "7" * 140_000])
        with page.expect_request(lambda request: "/sync" in request.url) as sent:
            context.set_offline(False)
        assert "verdict" not in (sent.value.post_data or "")
        all_sent(page)
        expect(page.locator("[data-part=recent]")).to_contain_text("Unknown code")
        assert door.counts()[1:] == (1, 1)


@pytest.mark.parametrize("where", ["/checkin/", "/checkin/at-the-door"])
def test_another_account_finds_nothing_of_the_first(browser: Browser, door: House, where: str) -> None:
    """The first one's sign-in ends without signing out; what waits stays, and the second one is told."""
    with telephone(browser, door) as context:
        page = open_door(context, door)
        context.set_offline(True)
        scan(page, door.passes[5])
        expect(page.locator("[data-part=recent]")).to_contain_text(door.names[5])
        page.goto("about:blank")
        context.clear_cookies()
        context.set_offline(False)
        context.route("**/sync*", lambda route: route.abort())
        context.route("**/list.json*", lambda route: route.abort())
        page.goto(f"/login?next={where}")
        page.get_by_label("E-mail address").fill(other_trainer(door))
        page.get_by_label("Password").fill(make.PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**{where}")
        expect(page.locator("[data-account]")).to_have_attribute("data-ready", "yes")
        expect(page.locator("[data-part=foreign]")).to_be_visible()
        wait_for_kept(page, [where])
        assert page.evaluate(LEFT)[:2] == [0, 1]
        if where != "/checkin/":
            expect(page.locator("[data-part=recent-frame]")).to_be_hidden()
            context.unroute_all()
            page.reload()
            all_sent(page)
            expect(page.locator("[data-part=foreign]")).to_be_hidden()


def test_signing_out_without_a_network_is_done_later(browser: Browser, door: House) -> None:
    with telephone(browser, door) as context:
        page = open_door(context, door)
        context.set_offline(True)
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("alert")).to_contain_text("still signed in")
        expect(page.locator("[data-part=missing-list]")).to_have_count(0)
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
        page.goto("about:blank")
        context.set_offline(False)
        page.goto("/checkin/")
        page.wait_for_url("**/login**")
        page.goto("/checkin/")
        page.wait_for_url("**/login**")


def test_a_scan_that_cannot_be_kept_is_said(browser: Browser, door: House) -> None:
    with telephone(browser, door) as context:
        page = open_door(context, door)
        context.set_offline(True)
        scan(page, door.passes[7])
        expect(page.locator(".door-title")).to_have_text("Come in")
        page.evaluate(FULL)
        scan(page, door.passes[8])
        expect(page.get_by_role("alert")).to_contain_text("could not be kept")
        expect(page.locator(".door-title")).to_have_count(0)
        page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
        scan(page, door.passes[8])
        expect(page.locator(".door-person")).to_have_text(door.names[8])
        expect(page.locator("[data-part=trouble]")).to_be_hidden()


def test_somebody_new_whom_the_server_finds_incomplete_comes_back(browser: Browser, door: House) -> None:
    with telephone(browser, door) as context:
        page = open_door(context, door)
        page.get_by_role("button", name="New person").click()
        page.get_by_label("Given name").fill("12345")
        page.get_by_label("Agency", exact=True).select_option(label="Ministry of Labour")
        page.get_by_label("I agree that").check()
        page.get_by_role("button", name="Register and check in").click()
        expect(page.get_by_role("heading", name="To complete")).to_be_visible()
        page.get_by_role("button", name="Pass", exact=True).click()
        page.reload()
        page.get_by_role("button", name="Complete: 12345").click()
        expect(page.get_by_label("Agency", exact=True)).not_to_have_value("")
        check(page)
        page.get_by_label("Given name").fill("Сувд")
        page.get_by_role("button", name="Register and check in").click()
        expect(page.get_by_role("heading", name="To complete")).to_be_hidden()
        all_sent(page)
        expect(page.locator("[data-part=recent] li").first).to_contain_text("Сувд")
        expect(page.locator("[data-part=recent] li").first).to_contain_text("Let in")


def test_a_list_in_the_address_bar_is_not_kept(browser: Browser, door: House) -> None:
    with telephone(browser, door) as context:
        page = open_door(context, door)
        page.goto(f"/checkin/{door.slug}/list.json")
        assert door.names[0] in page.content()
        page.goto(f"/checkin/{door.slug}")
        ready(page)
        wait_for_kept(page, ["/checkin/", f"/checkin/{door.slug}"])


def wait_for_kept(page: Page, addresses: list[str]) -> None:
    """These pages and no other are on the device: its worker keeps a page behind the answer."""
    for _turn in range(150):
        if len(page.evaluate(LEFT)[2]) >= len(addresses):
            break
        page.wait_for_timeout(100)
    assert sorted(page.evaluate(LEFT)[2]) == addresses


def other_trainer(door: House) -> str:
    with door.app.app_context():
        email = make.user(Role.TRAINER).email
        db.session.commit()
        db.session.remove()
    return email


FULL = """() => {
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""
LEFT = """async () => {
  const done = (one) => new Promise((resolve) => { one.onsuccess = () => resolve(one.result); });
  const database = await done(indexedDB.open("trainreg-checkin"));
  const count = (name) => done(database.transaction(name).objectStore(name).count());
  const counts = [await count("lists"), await count("scans")];
  database.close();
  const pages = await (await caches.open("checkin-pages")).keys();
  return [...counts, pages.map((one) => new URL(one.url).pathname)];
}"""
KEEP = """async ([slug, number, code]) => {
  const main = document.querySelector("script[src*=main]").src;
  const { openStore } = await import(main.replace("main.js", "store.js"));
  const store = await openStore();
  for (let one = 0; one < number; one += 1) {
    const verdict = { code: "kept", at: one };
    await store.add(slug, { id: crypto.randomUUID(), kind: "qr", at: one, code, verdict });
  }
}"""
