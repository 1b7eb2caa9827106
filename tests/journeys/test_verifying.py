"""A stranger checks a certificate: on a telephone, in four languages, by file, by camera, without a network."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, FilePayload, expect

from tests.browsers import chromium_path
from tests.journeys.conftest import check
from tests.journeys.door import telephone
from tests.journeys.holding import Office, office
from tests.journeys.test_camera import film_of
from trainreg.kernel.languages import CONTENT_LANGUAGES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site_of_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as known:
        yield known


@pytest.fixture
def hand(browser: Browser, site_of_office: Office) -> Iterator[BrowserContext]:
    with telephone(browser, site_of_office) as context:
        yield context


def pdf(content: bytes) -> FilePayload:
    return FilePayload(name="certificate.pdf", mimeType="application/pdf", buffer=content)


@pytest.mark.parametrize("language", list(CONTENT_LANGUAGES))
def test_every_page_is_whole_in_every_language(hand: BrowserContext, site_of_office: Office, language: str) -> None:
    page = hand.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in ("/v/", f"/v/{site_of_office.code}", "/v/nothing", "/v/find", "/v/file", "/v/scan", "/v/offline"):
        page.goto(f"{path}?lang={language}")
        check(page)
    page.get_by_role("textbox").fill(site_of_office.second_code)
    page.locator("[data-part=text-form] button").click()
    expect(page.locator(".verdict-good")).to_be_visible()
    check(page)
    assert errors == []


def test_without_a_script_and_light(browser: Browser, site_of_office: Office) -> None:
    with telephone(browser, site_of_office, java_script_enabled=False) as context:
        page = context.new_page()
        sizes: list[int] = []
        page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
        page.goto("/v/")
        page.get_by_label("Verification code").fill(site_of_office.code.lower().replace("-", " "))
        sizes.clear()
        page.get_by_role("button", name="Check").click()
        expect(page.get_by_role("heading", name="This certificate is valid.")).to_be_visible()
        expect(page.locator(".printed-name").first).to_have_text(site_of_office.name)
    with telephone(browser, site_of_office, java_script_enabled=False) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
        page.goto(f"/v/{site_of_office.code}", wait_until="networkidle")
        assert 0 < sum(sizes) < 100_000


def test_a_genuine_file_and_a_tampered_one(hand: BrowserContext, site_of_office: Office) -> None:
    page = hand.new_page()
    page.goto("/v/file")
    page.get_by_label("The certificate: its PDF, badge or credential").set_input_files(pdf(site_of_office.file))
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="This file is genuine, and the certificate is valid.")).to_be_visible()
    expect(page.locator(".check-failed")).to_have_count(0)
    check(page)
    page.get_by_role("link", name="Check another file").click()
    page.get_by_label("The certificate: its PDF, badge or credential").set_input_files(
        pdf(site_of_office.file + b"\n%")
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.locator(".verdict-bad")).to_contain_text("Do not trust it")
    expect(page.locator(".check-failed")).to_have_count(2)
    check(page)
    page.get_by_role("link", name=site_of_office.number).click()
    page.wait_for_url(f"**/v/{site_of_office.code}")


def _eye(browser: Browser, film: Path) -> Browser:
    return browser.browser_type.launch(
        executable_path=chromium_path(),
        args=[
            *("--no-sandbox", "--disable-background-networking", "--use-fake-ui-for-media-stream"),
            *("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"),
        ],
    )


def test_a_certificate_before_the_camera(browser: Browser, site_of_office: Office, tmp_path: Path) -> None:
    film = film_of(f"{site_of_office.url}/v/{site_of_office.code}", tmp_path / "film.mjpeg")
    eye = _eye(browser, film)
    with telephone(eye, site_of_office) as context:
        page = context.new_page()
        page.goto("/v/scan")
        page.get_by_role("button", name="Start the camera").click()
        page.wait_for_url(f"**/v/{site_of_office.code}", timeout=30_000)
        expect(page.get_by_role("heading", name="This certificate is valid.")).to_be_visible()
    eye.close()


def test_only_addresses_of_this_house_are_followed(hand: BrowserContext, site_of_office: Office) -> None:
    """`leadsTo` itself, on what somebody may print who wants to lead a telephone astray."""
    page = hand.new_page()
    page.goto("/v/scan")
    module = page.locator("script[type=module]").get_attribute("src") or ""
    code, here = site_of_office.code, site_of_office.url
    expected = {
        f"{here}/v/{code}": {"path": f"/v/{code}"},
        f"{here}/v/{code}?lang=fr#x": {"path": f"/v/{code}"},
        code.replace("-", " ").lower(): {"path": f"/v/{code.lower()}"},
        site_of_office.second_code: {"path": "/v/offline#" + site_of_office.second_code.partition("#")[2]},
        f"{here}/v/offline#<script>": {"foreign": here.removeprefix("http://")},
        f"{here}/v/{code}/badge.png": {"foreign": here.removeprefix("http://")},
        f"{here}/v/..%2fdesk%2fevents-and-more": {"foreign": here.removeprefix("http://")},
        f"{here}//evil.example/v/{code}": {"foreign": here.removeprefix("http://")},
        f"http://user@{here.removeprefix('http://')}/v/{code}": {"foreign": here.removeprefix("http://")},
        f"//evil.example/v/{code}": {},
        f"https://evil.example/v/{code}": {"foreign": "evil.example"},
        "data:text/html,<script>alert(1)</script>": {"foreign": "data:"},
        "x" * 5000: {},
        "": {},
    }
    script = """async ([module, texts, here]) => {
        const { leadsTo } = await import(module);
        return texts.map((text) => leadsTo(text, [here]));
    }"""
    found = page.evaluate(script, [module.replace("scan.js", "addresses.js"), list(expected), here])
    assert dict(zip(expected, found, strict=True)) == expected


def _picture_of(text: str) -> FilePayload:
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", border=4, scale=5)
    return FilePayload(name="code.png", mimeType="image/png", buffer=drawn.getvalue())


def test_a_picture_leads_to_its_certificate_and_nowhere_else(hand: BrowserContext, site_of_office: Office) -> None:
    page = hand.new_page()
    page.goto("/v/scan")
    expect(page.locator("[data-ready]")).to_be_visible()
    for text in (
        f"https://evil.example/v/{site_of_office.code}",
        f"{site_of_office.url}@evil.example/v/{site_of_office.code}",
        "javascript:alert(1)",
        f"{site_of_office.url}/desk/",
        "<b>nothing</b>",
    ):
        page.get_by_label("Or a picture of the certificate").set_input_files(_picture_of(text))
        expect(page.locator("[data-part=answer]")).to_contain_text("no certificate of this house", timeout=30_000)
        assert page.url.endswith("/v/scan")
        page.reload()
        expect(page.locator("[data-ready]")).to_be_visible()
    page.get_by_label("Or a picture of the certificate").set_input_files(_picture_of(site_of_office.code))
    page.wait_for_url(f"**/v/{site_of_office.code}", timeout=30_000)
