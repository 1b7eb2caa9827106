"""The whole chain in a real browser: event → registration → attendance → certificate → verification → figure."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Site, check, follow, sign_in, watch
from tests.journeys.officials import fill_in, reference_on, wait_for_mail

pytestmark = pytest.mark.slow
TITLE = "Interviewing migrants with care"


@dataclass
class Walk:
    """What one step leaves for the next."""

    site: Site
    slug: str = ""
    references: list[str] = field(default_factory=list)
    code: str = ""
    number: str = ""


def _zone_where_it_is_ten() -> tuple[str, str]:
    """A time zone in which it is about ten in the morning now, and yesterday's date there."""
    offset = (22 - datetime.now(UTC).hour) % 24 - 12  # zones reach from twelve hours behind to fourteen ahead
    there = datetime.now(UTC) + timedelta(hours=offset)
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT", f"{there - timedelta(days=1):%Y-%m-%d}"


def test_the_walk(browser: Browser, site: Site, desk: Page, phone: Page) -> None:
    strange = watch(desk.context, site) + watch(phone.context, site)
    walk = Walk(site)
    create_an_event(desk, walk)
    register_on_a_phone(phone, walk)
    register_without_javascript(browser, walk)
    confirm_both(desk, walk)
    take_attendance(desk, walk)
    issue_certificates(desk, walk)
    anyone_verifies(phone, walk)
    read_the_figures(desk, walk)
    copy_the_event(desk, walk)
    assert strange == []


def create_an_event(page: Page, walk: Walk) -> None:
    sign_in(page, "organizer")
    check(page)
    follow(page.get_by_role("link", name="Projects").first)
    check(page)
    follow(page.get_by_role("link", name="Demonstration project").first)
    check(page)
    page.get_by_role("link", name="New event").first.click()
    zone, first_day = _zone_where_it_is_ten()
    page.get_by_label("Title in English").first.fill(TITLE)
    page.get_by_label("Title in Mongolian").first.fill("Шилжин суурьшигчтай ярилцах")
    page.get_by_label("Kind").select_option("training")
    page.get_by_label("Place in English").first.fill("Training centre")
    page.get_by_label("Time zone").first.fill(zone)
    page.get_by_label("First day").fill(first_day)
    page.get_by_label("Number of days").fill("2")
    page.get_by_label("Each day").select_option("morning_and_afternoon")
    page.get_by_role("button", name="Lay out sessions").click()
    expect(page.get_by_role("group", name="Session 4", exact=True)).to_be_visible()
    page.get_by_label("Number of places").fill("2")
    page.get_by_label(re.compile("^1")).first.check()
    check(page)
    page.get_by_role("button", name="Save and open registration").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.get_by_text("Open for registration").first).to_be_visible()
    check(page)
    walk.slug = page.url.rstrip("/").rsplit("/", 1)[-1]


def register_on_a_phone(page: Page, walk: Walk) -> None:
    page.goto(f"/e/{walk.slug}?lang=mn")
    expect(page.locator("html")).to_have_attribute("lang", "mn")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Шилжин суурьшигчтай ярилцах")
    check(page)
    page.get_by_role("link", name="English").click()
    follow(page.get_by_role("link", name="Register").first)
    check(page)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    fill_in(page, family="Ганболдын", given="Өнөрмаа", email="unurmaa@labour.example")
    page.get_by_role("combobox", name="Agency").fill("ministry of lab")
    page.get_by_role("option", name="Ministry of Labour", exact=True).click()
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/received/**")
    check(page)
    walk.references.append(reference_on(page))
    mail = wait_for_mail(walk.site.instance / "mail", to="unurmaa@labour.example")
    assert "Өнөрмаа" in mail
    assert f"{walk.site.url}/e/{walk.slug}" in mail


def register_without_javascript(browser: Browser, walk: Walk) -> None:
    context: BrowserContext = browser.new_context(
        base_url=walk.site.url, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto(f"/e/{walk.slug}/register")
    fill_in(page, family="Доржийн", given="Түвшин", email="")
    page.get_by_label("Agency").select_option(label="Ministry of Labour")
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/received/**")
    walk.references.append(reference_on(page))
    context.close()


def confirm_both(page: Page, walk: Walk) -> None:
    page.goto(f"/desk/events/{walk.slug}/registrations")
    check(page)
    expect(page.get_by_role("link", name="Ганболдын Өнөрмаа")).to_be_visible()
    page.get_by_label(re.compile("Select every")).check()
    page.locator("form[data-bulk]").get_by_role("button", name="Confirm", exact=True).last.click()
    expect(page.get_by_role("status").first).to_contain_text("2")
    page.get_by_role("link", name="Ганболдын Өнөрмаа").click()
    expect(page.get_by_text("unurmaa@labour.example").first).to_be_visible()
    check(page)


def take_attendance(page: Page, walk: Walk) -> None:
    """Önörmaa comes to all four sessions, marked by press and by key; Tüvshin to one of four."""
    page.goto(f"/desk/events/{walk.slug}/attendance")
    check(page)
    row = page.get_by_role("row", name=re.compile("Өнөрмаа"))
    other = page.get_by_role("row", name=re.compile("Түвшин"))
    row.locator("[data-cell]").nth(0).click()
    expect(row.locator("[data-cell]").nth(0)).to_contain_text("Present")
    for column in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        expect(row.locator("[data-cell]").nth(column)).to_be_focused()
        page.keyboard.press("Space")
        expect(row.locator("[data-cell]").nth(column)).to_contain_text("Present")
    other.locator("[data-cell]").nth(0).click()
    expect(other.locator("[data-cell]").nth(0)).to_contain_text("Present")
    page.reload()
    expect(row).to_contain_text(re.compile(r"4\D+4"))
    expect(other).to_contain_text(re.compile(r"1\D+4"))
    page.set_viewport_size({"width": 360, "height": 740})
    follow(page.locator(".session-links a").first)
    check(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def issue_certificates(page: Page, walk: Walk) -> None:
    page.goto(f"/desk/events/{walk.slug}/certificates")
    check(page)
    expect(page.get_by_role("row", name=re.compile("Түвшин"))).to_contain_text("Not eligible")
    page.get_by_role("button", name="Issue 1 certificate").click()
    row = page.get_by_role("row", name=re.compile("Өнөрмаа"))
    link = row.locator("a.code").first
    walk.number = (link.text_content() or "").strip()
    expect(page.get_by_role("button", name=re.compile(r"^Issue \d"))).to_have_count(0)
    follow(link)
    check(page)
    found = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}", page.locator("main").inner_text())
    assert found is not None
    walk.code = found.group(0)
    page.goto(f"/desk/events/{walk.slug}/certificates")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"PDF {walk.number}").click()
    words = _words_of(Path(download.value.path()).read_bytes())
    for expected in ("Өнөрмаа", "Önörmaa", walk.number, walk.code, TITLE):
        assert expected in words
    answer = page.request.get(f"/desk/events/{walk.slug}/certificates.pdf")
    assert answer.status == 200 and walk.number in _words_of(answer.body())


def anyone_verifies(page: Page, walk: Walk) -> None:
    page.goto("/v/")
    check(page)
    page.get_by_label("Verification code").fill(walk.code.replace("-", " ").lower())
    page.get_by_role("button", name="Check").click()
    expect(page.locator("main")).to_contain_text(walk.number)
    expect(page.locator("main")).to_contain_text("valid")
    check(page)
    wrong = walk.code[:-1] + ("0" if walk.code[-1] != "0" else "1")
    response = page.goto(f"/v/{wrong}")
    assert response is not None and response.status == 404
    assert walk.number not in page.locator("main").inner_text()
    check(page)


def read_the_figures(page: Page, walk: Walk) -> None:
    page.goto("/desk/projects/MN-2012")
    check(page)
    main = page.locator("main")
    expect(main).to_contain_text("147")
    expect(main).to_contain_text("224")
    expect(main).to_contain_text("113")
    follow(page.get_by_role("link", name=re.compile("^147")).first)
    expect(page.locator("main")).to_contain_text("147")
    check(page)
    figures = json.loads(walk.site.command("report", "figures", "MN-2012", "--json").stdout)
    assert figures["total"]["attendances"] == 147
    assert figures["total"]["person_days"] == 224


def copy_the_event(page: Page, walk: Walk) -> None:
    page.goto(f"/desk/events/{walk.slug}")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_label("Title in English").first).to_have_value(re.compile(re.escape(TITLE)))
    expect(page.get_by_role("group", name="Session 4", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def _words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
