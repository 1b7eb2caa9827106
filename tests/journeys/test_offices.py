"""Three offices and one place: an agency names, the desk decides, an official comes and goes, and the next moves up."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, check, sign_in, watch
from tests.journeys.officials import fill_in, wait_for_mail

pytestmark = pytest.mark.slow
TITLE = "Keeping records of cases"
NOMINEE, NEXT = "d.sukhee@immigration.example", "b.oyuna@labour.example"
ROWS = f"Доржийн\tСүхээ\tБайцаагч\t{NOMINEE}\nБатын\t\tМэргэжилтэн\t"


def test_a_place_goes_from_a_nominee_to_the_next_on_the_list(
    browser: Browser, site: Site, desk: Page, phone: Page
) -> None:
    strange = watch(desk.context, site) + watch(phone.context, site)
    mail = site.instance / "mail"
    event = create_an_event_with_one_place(desk)
    nominate_from_a_spreadsheet(browser, site)
    answer_by_the_link_in_the_mail(phone, mail)
    register_beside_them(browser, site, event)
    confirm_one_and_let_the_other_wait(desk, event)
    cancel_on_their_own_page(phone)
    assert "it is yours" in wait_for_mail(mail, to=NEXT, about="A place fell free")
    desk.goto(f"/desk/events/{event}/registrations")
    expect(desk.get_by_role("row", name=re.compile("Оюуна"))).to_contain_text("Confirmed")
    expect(desk.get_by_role("row", name=re.compile("Сүхээ"))).to_contain_text("Cancelled")
    assert strange == []


def create_an_event_with_one_place(page: Page) -> str:
    sign_in(page, "organizer")
    page.goto("/desk/projects/DEMO-2026/events/new")
    page.get_by_label("Title in English").first.fill(TITLE)
    page.get_by_label("Kind").select_option("training")
    page.get_by_label("First day").fill(f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}")
    page.get_by_label("Number of days").fill("1")
    page.get_by_label("Each day").select_option("half_day")
    page.get_by_role("button", name="Lay out sessions").click()
    expect(page.get_by_role("group", name="Session 1", exact=True)).to_be_visible()
    page.get_by_label("Number of places").fill("1")
    page.get_by_label(re.compile("^1")).first.check()
    page.get_by_role("button", name="Save and open registration").click()
    expect(page.get_by_text("Open for registration").first).to_be_visible()
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def nominate_from_a_spreadsheet(browser: Browser, site: Site) -> None:
    """The focal point pastes two rows; one has no name, and the preview says so before anything is written."""
    context = browser.new_context(base_url=site.url, locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "focal_point")
    page.get_by_role("link", name=re.compile(f"Nominate from a list.*{TITLE}")).click()
    page.get_by_label("Rows of the spreadsheet").fill(ROWS)
    page.get_by_label("Language of the message").select_option("en")
    page.get_by_role("button", name="Check the list").last.click()
    expect(page.get_by_role("row", name=re.compile("Сүхээ"))).to_contain_text("New")
    expect(page.get_by_role("row", name=re.compile("Батын"))).to_contain_text("Not nominated")
    check(page)
    page.get_by_role("button", name="Nominate 1 person").click()
    expect(page.get_by_role("row", name=re.compile("Сүхээ"))).to_contain_text("has not confirmed yet")
    expect(page.get_by_text("no place is left to nominate for")).to_be_visible()
    expect(page.get_by_role("link", name="Nominate somebody")).to_have_count(0)
    check(page)
    context.close()


def answer_by_the_link_in_the_mail(page: Page, mail: Path) -> None:
    """The nominee sets the position right, agrees, and is told that the desk decides next."""
    link = re.search(r"https?://\S+/answer\b", wait_for_mail(mail, to=NOMINEE))
    assert link is not None
    page.goto(link.group(0))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your agency nominated you")
    check(page)
    page.get_by_label("Position", exact=False).first.fill("Ахлах байцаагч")
    page.get_by_role("button", name="Yes, I come").click()
    expect(page.get_by_role("alert")).to_contain_text("tick this box")
    page.get_by_label("I have read").check()
    page.get_by_role("button", name="Yes, I come").click()
    expect(page.locator("main")).to_contain_text("The organizers decide next")
    check(page)
    page.get_by_role("link", name="Go to my registration").click()
    expect(page.locator("main")).to_contain_text("Ахлах байцаагч")


def register_beside_them(browser: Browser, site: Site, event: str) -> None:
    context = browser.new_context(base_url=site.url, locale="en-GB")
    page = context.new_page()
    page.goto(f"/e/{event}/register")
    fill_in(page, family="Батын", given="Оюуна", email=NEXT)
    page.get_by_role("combobox", name="Agency").fill("ministry of lab")
    page.get_by_role("option", name="Ministry of Labour", exact=True).click()
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/received/**")
    context.close()


def confirm_one_and_let_the_other_wait(page: Page, event: str) -> None:
    """The nominee from the panel beside the list, the other with a tick and the bar below it."""
    page.goto(f"/desk/events/{event}/registrations")
    page.get_by_role("link", name="Доржийн Сүхээ").click()
    panel = page.get_by_role("dialog").first
    expect(panel).to_contain_text("Ахлах байцаагч")
    panel.get_by_role("button", name="Confirm", exact=True).click()
    page.get_by_role("button", name="Yes, confirm").click()
    expect(page.get_by_role("row", name=re.compile("Сүхээ"))).to_contain_text("Confirmed")
    page.get_by_role("row", name=re.compile("Оюуна")).get_by_role("checkbox").check()
    page.get_by_role("button", name="Waiting list").click()
    expect(page.get_by_role("row", name=re.compile("Оюуна"))).to_contain_text("Waiting list")


def cancel_on_their_own_page(page: Page) -> None:
    page.reload()
    expect(page.locator("main")).to_contain_text("You have a place")
    check(page)
    page.get_by_role("link", name="Cancel my registration").click()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.locator("main")).to_contain_text("Cancelled")
