"""An indicator's form offers what the chosen rule knows, and everything to a browser without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, check, sign_in

pytestmark = pytest.mark.slow
WHERE = "/desk/projects/MN-2012/framework"


def add_indicator(page: Page) -> str:
    """A new indicator below those that there are; its number among them."""
    sign_in(page, "organizer")
    page.goto(WHERE)
    rules = page.locator("select[name^=indicators-][name$=-rule]")
    there = rules.count()
    page.get_by_role("button", name="Add an indicator").click()
    expect(rules).to_have_count(there + 1)  # without scripts the answer is read piece by piece
    name = rules.last.get_attribute("name") or ""
    return name.split("-")[1]


def test_filters_and_breakdowns_come_and_go_with_the_rule(desk: Page) -> None:
    number = add_indicator(desk)
    card = desk.locator(f"#indicator-{number}")
    rule, agencies, levels = (
        desk.locator(f"[name=indicators-{number}-{name}]") for name in ("rule", "agencies", "levels")
    )
    card.get_by_text("Count only some of it").click()
    card.locator("summary", has_text="Broken down by").click()
    expect(levels.first).to_be_visible()
    rule.select_option("copies_distributed")
    expect(agencies).to_be_visible()
    expect(card.get_by_label("Kind of publication × Agency")).to_be_visible()
    card.get_by_label("Kind of publication × Agency").check()
    card.locator("summary", has_text="Broken down by").click()
    expect(card.locator(".fold-says").first).to_have_text("Kind of publication × Agency")
    card.locator("summary", has_text="Broken down by").click()
    card.get_by_label("Kind of publication × Agency").uncheck()
    expect(levels.first).to_be_hidden()
    check(desk)
    agencies.fill("mol")
    rule.select_option("products_completed")
    expect(agencies).to_be_visible()  # what holds an answer stays, to be taken out
    agencies.fill("")
    rule.select_option("hand_entered")
    expect(card.get_by_text("Count only some of it")).to_be_hidden()


def test_without_scripts_everything_is_in_sight(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    number = add_indicator(page)
    page.locator(f"[name=indicators-{number}-rule]").select_option("copies_distributed")
    page.locator(f"#indicator-{number} summary").nth(1).click()
    expect(page.locator(f"[name=indicators-{number}-levels]").first).to_be_visible()
    context.close()
