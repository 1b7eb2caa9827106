"""What goes wrong at the door: refusals, codes that are no passes, another account, a device that keeps nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.door import House, house, open_door, scan, telephone, waiting

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("trouble")) as known:
        yield known


def test_an_event_whose_scans_are_refused_holds_up_no_other(browser: Browser, door: House) -> None:
    """Sixty older scans of an event that is gone wait, and stay; this door's scan is sent all the same."""
    with telephone(browser, door) as context:
        page = open_door(context, door)
        page.evaluate(KEEP, ["gone", 60])
        scan(page, door.passes[1])
        expect(page.locator("[data-part=recent]")).to_contain_text("sent")
        expect(page.locator("[data-part=others]")).to_contain_text("another event")
        expect(page.locator("[data-part=online]")).to_have_text("Online")
        assert waiting(page) == 60


KEEP = """async ([slug, number]) => {
  const main = document.querySelector("script[src*=main]").src;
  const { openStore } = await import(main.replace("main.js", "store.js"));
  const store = await openStore();
  for (let one = 0; one < number; one += 1) {
    const verdict = { code: "kept", at: one };
    await store.add(slug, { id: crypto.randomUUID(), kind: "qr", at: one, code: "D00R-0000", verdict });
  }
}"""
