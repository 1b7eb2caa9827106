"""Without a network: the page, its keys and its words are on the device, and it says what it could not check."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import check
from tests.journeys.door import telephone
from tests.journeys.holding import Office, forged, office
from tests.journeys.test_verifying import pdf
from tests.processes import ROOT
from trainreg.kernel.languages import CONTENT_LANGUAGES

pytestmark = pytest.mark.slow


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        yield made


@pytest.fixture
def hand(browser: Browser, known: Office) -> Iterator[BrowserContext]:
    with telephone(browser, known) as context:
        yield context


def _paste(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.locator("[data-part=text-form] button").click()


def _open(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/v/offline")
    expect(page.get_by_text("From now on this page works here without a network.")).to_be_visible(timeout=30_000)
    return page


def test_with_the_network_cut(hand: BrowserContext, known: Office) -> None:
    page = _open(hand)
    known.kill()
    hand.set_offline(True)
    page.goto(known.second_code)
    expect(page.locator(".verdict-good")).to_contain_text("not known without a network")
    expect(page.locator("[data-part=facts]")).to_contain_text(known.name)
    expect(page.locator("[data-part=facts]")).to_contain_text("Батбаярын Энхтуяа")
    expect(page.locator(".check-open").first).to_contain_text("that needs a network")
    check(page)
    page.locator("#pdf").set_input_files(pdf(known.file))
    expect(page.locator("[data-part=facts]")).to_contain_text("Issued by")
    expect(page.locator(".verdict-good")).to_be_visible()
    page.goto("/v/offline?lang=mn")
    _paste(page, known.token)
    expect(page.locator(".verdict-good")).to_contain_text("Цахим тамга жинхэнэ")


def test_a_false_seal_is_seen(hand: BrowserContext, known: Office) -> None:
    page = _open(hand)
    hand.set_offline(True)
    for false in forged(known):
        _paste(page, false)
        expect(page.locator(".verdict-bad")).to_contain_text("Do not trust this certificate")
        expect(page.locator("[data-part=says]")).to_be_hidden()
        expect(page.locator("body")).not_to_contain_text("Ganbold Forger")
    for nothing in ("", "hello", "#1.x.y.z", "<img src=x onerror=alert(1)>", "eyJ.eyJ.x", "a" * 30_000):
        _paste(page, nothing)
        expect(page.locator(".verdict-bad")).to_be_visible()
    page.locator("#pdf").set_input_files(pdf(b"%PDF-1.7 nothing in it"))
    expect(page.locator(".verdict-bad")).to_contain_text("no sealed certificate")


def test_a_list_that_was_seen_tells_of_revoking(hand: BrowserContext, known: Office) -> None:
    page = _open(hand)
    _paste(page, known.token)
    expect(page.locator(".verdict-good")).to_contain_text("says that the certificate is in force")
    known.revoke()
    page.evaluate("caches.delete('verifying-kept')")
    page.reload()
    _paste(page, known.token)
    expect(page.locator(".verdict-bad")).to_contain_text("no longer in force")
    known.kill()
    hand.set_offline(True)
    _paste(page, known.token)
    expect(page.locator(".verdict-bad")).to_contain_text("no longer in force")
    expect(page.locator(".check-failed")).to_contain_text("by the list of")


def test_one_file_needs_no_server_at_all(browser: Browser, known: Office, tmp_path: Path) -> None:
    file = tmp_path / "verify.html"
    command = [sys.executable, "-m", "trainreg", "certificates", "offline-page", "-o", str(file), "--language", "fr"]
    done = subprocess.run(command, env=known.environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    known.kill()
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifier un certificat sans réseau")
    _paste(page, known.second_code)
    expect(page.locator(".verdict-good")).to_contain_text("Le sceau est authentique")
    page.locator("#pdf").set_input_files(pdf(known.file))
    expect(page.locator(".verdict-good")).to_be_visible()
    for code, name in CONTENT_LANGUAGES.items():
        page.get_by_role("button", name=name).click()
        expect(page.locator("html")).to_have_attribute("lang", code)
    _paste(page, forged(known)[1])
    expect(page.locator(".verdict-bad")).to_contain_text("El sello no es auténtico")
    assert problems == []
    context.close()
