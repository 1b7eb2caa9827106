"""Every page offered to a role opens, in both languages, on a phone and at the desk; public pages stay light."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect
from werkzeug.exceptions import HTTPException

from tests.journeys.conftest import Site, check, it_fits, sign_in, watch
from trainreg.demo.service import sign_ins

pytestmark = pytest.mark.slow
ANYBODY = "anybody"
ROLES = [ANYBODY, *(one.role for one in sign_ins())]
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
OF_A_KIND = 3  # so many pages of one kind are opened: as many as the demonstration has kinds of events at hand
FIRST_VISIT = 100_000  # bytes, with everything that the page needs
PUBLIC = ("/", "/events", "/e/demo-interviewing-skills", "/e/demo-interviewing-skills/register", "/v/", "/login")
HREF = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]+)\"")

Kind = tuple[str, bool]


@pytest.fixture(scope="module")
def seen() -> set[Kind]:
    """Kinds of pages that were looked at already: a role more only has to be let in."""
    return set()


def _kind(app: Flask, address: str) -> Kind | None:
    """The endpoint, and whether something is asked of it: pages of one kind differ in their data only."""
    parts = urlsplit(address)
    try:
        endpoint, _values = app.url_map.bind("localhost").match(parts.path)
    except HTTPException:
        return None
    return str(endpoint), bool(parts.query)


def _offered(context: BrowserContext, site: Site, app: Flask) -> Iterator[tuple[str, Kind]]:
    """Follow every link from the first pages on, a few of each kind; each must open. Yields the first of a kind."""
    waiting = deque([("/", ""), ("/desk/", "")] if context.cookies() else [("/", "")])
    counted: Counter[Kind] = Counter()
    known: set[str] = set()
    while waiting:
        address, origin = waiting.popleft()
        kind = _kind(app, address)
        assert kind is not None, f"{origin} leads to {address}, which is no page"
        if address in known or counted[kind] >= OF_A_KIND or "lang=" in address:
            continue
        known.add(address)
        counted[kind] += 1
        answer = context.request.get(site.url + address)
        assert answer.status == 200, f"{origin} offers {address}, and that answers {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        for href in HREF.findall(answer.text()):
            parts = urlsplit(urljoin(site.url + address, unescape(href)))
            if f"{parts.scheme}://{parts.netloc}" == site.url:
                waiting.append((parts.path + (f"?{parts.query}" if parts.query else ""), address))
        if counted[kind] == 1:
            yield address, kind


def _in(language: str, address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_offered_to_a_role_opens_and_holds(
    browser: Browser, site: Site, app: Flask, role: str, seen: set[Kind]
) -> None:
    """English at the desk and Mongolian on a phone are examined; the other way round the page has to fit."""
    context = browser.new_context(base_url=site.url, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    if role != ANYBODY:
        sign_in(page, role)
    strange = watch(context, site)
    for address, kind in _offered(context, site, app):
        if kind in seen:
            continue
        seen.add(kind)
        for language, wide, narrow in (("en", DESK, PHONE), ("mn", PHONE, DESK)):
            page.set_viewport_size(wide)
            answer = page.goto(_in(language, address))
            assert answer is not None and answer.status == 200, address
            assert page.locator("html").get_attribute("lang") == language
            check(page)
            page.set_viewport_size(narrow)
            it_fits(page)
    assert strange == []
    context.close()


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("address", PUBLIC)
def test_a_first_visit_costs_less_than_100_kb(browser: Browser, site: Site, address: str, language: str) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    wire.send("Network.enable")
    page.goto(_in(language, address), wait_until="networkidle")
    assert len(sizes) >= 4, "page, style sheets and typeface"
    assert sum(sizes) < FIRST_VISIT, f"{address} costs {sum(sizes) / 1000:.1f} kB"
    context.close()


def test_the_language_changes_in_the_middle_of_the_form(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE)
    page = context.new_page()
    page.goto("/e/demo-interviewing-skills/register?lang=en")
    page.get_by_label("Given name", exact=True).fill("Өнөрмаа")
    page.get_by_role("link", name="Монгол").click()
    expect(page.get_by_role("button", name="Бүртгүүлэх")).to_be_visible()
    expect(page.get_by_label("Өөрийн нэр", exact=True)).to_have_value("Өнөрмаа")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("Given name", exact=True)).to_have_value("Өнөрмаа")
    context.close()
