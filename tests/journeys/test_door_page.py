"""The page at the door: what it keeps, who is new, which codes and sessions it knows; clean, light and by keyboard."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import segno
from playwright.sync_api import Browser, Request, expect

from tests.journeys.conftest import check
from tests.journeys.door import House, all_sent, house, open_door, scan, telephone
from trainreg.checkin.rules import Block, session_at

pytestmark = pytest.mark.slow
LIMIT = 100_000  # bytes over the line, the reader of codes for browsers without one aside


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("door")) as known:
        yield known


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
        check(page)
        page.get_by_role("button", name="New person").press("Enter")
        page.get_by_role("button", name="Register and check in").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("consent")
        check(page)
        page.get_by_label("Family name or patronymic").fill("Гостийн")
        page.get_by_label("Given name").fill("Шинэ")
        page.get_by_label("Agency", exact=True).select_option(label="Ministry of Labour")
        page.get_by_label("I agree that").press("Space")
        page.get_by_role("button", name="Register and check in").press("Enter")
        expect(page.locator(".door-person")).to_have_text("Гостийн Шинэ")
        page.get_by_role("button", name="Pass", exact=True).press("Enter")
        scan(page, "wa1t 0001")
        expect(page.locator(".door-title")).to_have_text("Not confirmed")
        check(page)
        page.get_by_label("Let in anyway, because").fill("The minister asked")
        page.keyboard.press("Enter")
        expect(page.locator(".door-title")).to_have_text("Let in")
        page.get_by_role("button", name="Who is in").press("Enter")
        check(page)
        context.set_offline(False)
        all_sent(page)
        assert door.counts() == (3, 0, 2)


def test_codes_are_read_where_the_browser_has_no_reader(browser: Browser, door: House) -> None:
    with telephone(browser, door) as context:
        page = open_door(context, door)
        assert page.evaluate(DECODE, [door.passes[0], picture_of(door.passes[0])]) == door.passes[0]


def test_the_device_chooses_sessions_as_the_server_does(browser: Browser, door: House) -> None:
    """The rule stands twice: asked of a thousand moments of a crowded day, both say the same."""
    start = datetime(2026, 10, 24, 20, tzinfo=UTC)
    chance = random.Random(19)
    blocks = []
    for number in range(12):
        begins = start + timedelta(minutes=5 * chance.randrange(0, 180))
        blocks.append(Block(number, begins, begins + timedelta(minutes=5 * chance.randrange(3, 40)), "Europe/Berlin"))
    asked = [(start + timedelta(minutes=chance.randrange(-90, 1200)), chance.choice([None, 3, 7])) for _ in range(1000)]
    with telephone(browser, door) as context:
        page = open_door(context, door)
        told = page.evaluate(CHOOSE, [list(map(as_list, blocks)), [(_ms(when), wished) for when, wished in asked]])
    ours = [session_at(blocks, when, wished=wished) for when, wished in asked]
    assert told == [one.id if one else None for one in ours]
    assert len(set(told)) > 8


def as_list(block: Block) -> dict[str, int]:
    moments = {"opens": block.opens_at, "starts": block.starts_at, "ends": block.ends_at}
    return {"id": block.id, **{name: _ms(moment) for name, moment in moments.items()}}


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


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
CHOOSE = """async ([sessions, asked]) => {
  const main = document.querySelector("script[src*=main]").src;
  const { sessionAt } = await import(main.replace("main.js", "verdict.js"));
  return asked.map(([moment, wished]) => sessionAt(sessions, moment, wished)?.id ?? null);
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
