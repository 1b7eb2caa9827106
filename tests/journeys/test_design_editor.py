"""A design of one's own in a real browser: copied, moved by mouse and keyboard, undone, published, chosen."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, check, sign_in, watch

pytestmark = pytest.mark.slow
EVENT = "/desk/events/training-for-trainers/certificates/design"
SHOTS = os.environ.get("TRAINREG_TEST_SHOTS")


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def copy_design(page: Page, name: str) -> None:
    """A copy of the last ready design, which has room at its left."""
    page.goto("/desk/designs")
    page.get_by_role("link", name="Make a copy to change").nth(1).click()
    page.get_by_label("Name in English").fill(name)
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Change the design {name}")
    expect(page.locator("[data-stage]")).to_have_attribute("aria-busy", "false")


def see_every_design(page: Page) -> None:
    for picture in page.locator(".design-preview img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("naturalWidth", 840)


def place(page: Page, row: int) -> tuple[float, float]:
    element = page.locator(f'li[data-row="{row}"]')
    sides = [element.locator(f"[data-field={side}]").last for side in ("x", "y")]
    return float(sides[0].input_value()), float(sides[1].input_value())


def drawn(page: Page) -> str:
    return page.locator("[data-stage] image").get_attribute("href") or ""


def test_from_a_ready_design_to_an_event(desk: Page, site: Site) -> None:
    strange = watch(desk.context, site)
    sign_in(desk, "administrator")
    desk.goto("/desk/designs")
    check(desk)
    see_every_design(desk)
    shoot(desk, "gallery-1280")
    copy_design(desk, "Ours")
    check(desk)
    shoot(desk, "editor-1280")
    box = desk.locator('[data-key="1"]')
    before, picture = place(desk, 1), drawn(desk)
    # By mouse, with Alt, so that nothing attracts it.
    frame = box.locator("rect").bounding_box()
    assert frame is not None
    middle = (frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    desk.mouse.move(*middle)
    desk.mouse.down()
    desk.keyboard.down("Alt")
    desk.mouse.move(middle[0], middle[1] - 6, steps=4)
    desk.mouse.up()
    desk.keyboard.up("Alt")
    dragged = place(desk, 1)
    assert dragged[1] < before[1]
    # By keyboard: a millimetre, and a tenth of one.
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Shift+ArrowUp")
    assert place(desk, 1)[1] == pytest.approx(dragged[1] - 1.1)
    check(desk)
    for _step in range(3):
        desk.get_by_role("button", name="Undo").click()
    assert place(desk, 1) == pytest.approx(before)
    desk.get_by_role("button", name="Redo").click()
    assert place(desk, 1) == pytest.approx(dragged)
    expect(desk.locator("[data-stage] image")).not_to_have_attribute("href", picture)
    # A text, and the page that the server draws of it.
    picture = drawn(desk)
    row = desk.locator('li[data-row="1"]')
    row.get_by_label("Text", exact=False).first.fill("Republic of Somewhere")
    desk.get_by_label("Shown with").select_option("longest")
    expect(desk.locator("[data-stage] image")).not_to_have_attribute("href", picture)
    expect(desk.locator("[data-problem-box]")).to_be_hidden()
    shoot(desk, "editor-changed-1280")
    desk.get_by_role("button", name="Save and publish").click()
    expect(desk.get_by_text("Version 1 is published")).to_be_visible(timeout=60_000)
    plan_with_ours(desk)
    assert strange == []


def plan_with_ours(desk: Page) -> None:
    desk.goto(EVENT)
    desk.get_by_label("Ours, version 1").check()
    desk.get_by_label("Second language").select_option("")
    picture_of_it = desk.locator("[data-plan-picture]")
    expect(picture_of_it).to_have_attribute("src", re.compile(r"[?&]second=(&|$)"))
    expect(picture_of_it).to_have_js_property("complete", True)
    check(desk)
    shoot(desk, "plan-1280")
    desk.get_by_role("button", name="Save the plan").click()
    expect(desk.get_by_text("The certificates of this event are planned.")).to_be_visible()
    expect(desk.get_by_label("Ours, version 1")).to_be_checked()


def test_on_a_telephone(phone: Page, site: Site) -> None:
    sign_in(phone, "administrator")
    phone.goto("/desk/designs")
    check(phone)
    shoot(phone, "gallery-360")
    copy_design(phone, "On the road")
    check(phone)
    shoot(phone, "editor-360")
    for address in (
        "/desk/designs/on-the-road/pictures",
        "/desk/designs/on-the-road/name",
        "/desk/designs/import",
        EVENT,
    ):
        phone.goto(address)
        check(phone)
        shoot(phone, address.rsplit("/", 1)[-1] + "-360")
    phone.goto("/desk/projects/MN-2012/signatures")
    check(phone)
    shoot(phone, "signatures-360")


def test_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "administrator")
    page.goto("/desk/designs")
    page.get_by_role("link", name="Make a copy to change").first.click()
    page.get_by_label("Name in English").fill("By hand")
    page.get_by_role("button", name="Make the copy").click()
    row = page.locator("li[data-row]").filter(has_text="Text: title")
    row.locator("summary").click()
    before = drawn(page)
    row.get_by_label("Text", exact=False).first.fill("Written by hand")
    page.get_by_role("button", name="Draw it again").click()
    expect(page.locator("[data-stage] image")).not_to_have_attribute("href", before)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    context.close()
