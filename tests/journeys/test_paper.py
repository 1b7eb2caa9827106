"""A signed sheet entered by keyboard alone, in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, check, sign_in, watch

pytestmark = pytest.mark.slow
EVENT = "/desk/events/training-for-trainers"


def make_a_sheet(page: Page) -> None:
    page.goto(f"{EVENT}/sheets")
    page.get_by_label("Sheet for").select_option(index=0)
    page.get_by_role("button", name="Make the sheet").click()


def chosen(page: Page) -> list[str]:
    return page.locator("[data-entry]").evaluate_all("lists => lists.map(list => list.value)")


def test_a_sheet_is_entered_by_keyboard_alone(desk: Page, site: Site) -> None:
    strange = watch(desk.context, site)
    sign_in(desk, "organizer")
    desk.goto(f"{EVENT}/sheets")
    check(desk)
    make_a_sheet(desk)
    expect(desk.get_by_role("heading", name="Sheet page 1 of 2")).to_be_visible()
    check(desk)
    for key in ("a", "l", "e", "Space", "Delete", "ArrowDown", "p"):
        desk.keyboard.press(key)
    first_column = chosen(desk)[::2]
    assert first_column[:6] == ["absent", "late", "excused", "present", "", "present"]
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("a")
    assert chosen(desk)[13] == "absent", "the second column of the seventh row"
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Sheet page 2 of 2")).to_be_visible()
    expect(desk.get_by_text("marks saved.")).to_be_visible()
    desk.goto(f"{EVENT}/attendance")
    desk.get_by_role("button", name="Undo my last action").click()
    expect(desk.get_by_text("as they were before.")).to_be_visible()
    assert strange == []


def test_without_javascript_the_same_page_is_a_form(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, "organizer")
    make_a_sheet(page)
    page.locator("[data-entry]").first.select_option("late")
    page.get_by_role("button", name="Save this page").click()
    expect(page.get_by_text("1 mark saved.")).to_be_visible()
    page.goto(f"{EVENT}/attendance")
    page.get_by_role("button", name="Undo my last action").click()
    expect(page.get_by_text("as it was before.")).to_be_visible()
    context.close()
