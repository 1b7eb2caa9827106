"""A test on a telephone without scripts, one from paper by keyboard alone, and an evaluation, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.journeys.conftest import Site, check, follow, sign_in
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.events.models import Event
from trainreg.kernel.db import db, reading
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.web.links import signature_of

pytestmark = pytest.mark.slow
FIRST_VISIT = 100_000
TODAY, OVER = "demo-document-examination", "demo-labour-statistics"


@pytest.fixture(scope="module")
def links(site: Site) -> list[str]:
    """The links that three participants of today's event have in their mails."""
    app = create_app(load_settings(site.instance, site.environment))
    confirmed = (Event.slug == TODAY, Registration.status == RegistrationStatus.CONFIRMED)
    own = select(Registration.reference).join(Event).where(*confirmed)
    with app.app_context(), reading():
        participants = own.where(Registration.role == RegistrationRole.PARTICIPANT).order_by(Registration.id)
        found = [f"/me/t/{one}/{signature_of(f't/{one}')}" for one in db.session.scalars(participants.limit(3))]
        db.session.rollback()
        db.engine.dispose()
    return found


def phone_without_scripts(browser: Browser, site: Site, language: str = "en") -> Page:
    context = browser.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="en-GB"
    )
    page = context.new_page()
    page.goto(f"/events?lang={language}")
    return page


def test_a_test_on_a_telephone_that_goes_off_in_the_middle(browser: Browser, site: Site, links: list[str]) -> None:
    page = phone_without_scripts(browser, site)
    page.goto(links[0])
    page.get_by_role("link", name="Go to the test").click()
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("False").check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2 of 3")
    page.get_by_label("The face and the photograph").check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 3 of 3")
    page.context.close()  # the battery is empty
    page = phone_without_scripts(browser, site, "mn")
    page.goto(f"{links[0]}/pre")
    expect(page.get_by_text("3 асуултаас 2 нь хариулагдаж, хадгалагдсан.")).to_be_visible()
    page.get_by_role("link", name="Үргэлжлүүлэх").click()
    page.locator("textarea").fill("Оёдол нь өөр")
    page.get_by_role("button", name="Хадгалаад үргэлжлүүлэх").click()
    page.get_by_role("button", name="Сорилыг хураалгах").click()
    expect(page.get_by_text("Сорилыг нэг удаа бөглөнө")).to_be_visible()
    page.goto(f"{links[0]}/pre/1")
    expect(page.get_by_role("button", name="Хадгалаад үргэлжлүүлэх")).to_have_count(0)
    page.context.close()


def test_paper_by_keyboard_alone(desk: Page, links: list[str]) -> None:
    """One key an answer: after a key the next answer has the focus, after Enter the next person."""
    sign_in(desk, "trainer")
    desk.goto(f"/desk/events/{TODAY}/tests/pre/entry")
    rows = desk.locator("table[data-entry] tbody tr").filter(has=desk.locator("input"))
    cells = rows.first.locator("input")
    cells.first.focus()
    desk.keyboard.press("0")
    expect(cells.nth(1)).to_be_focused()
    desk.keyboard.press("a")
    expect(cells.nth(2)).to_be_focused()
    desk.keyboard.type("A seam")
    desk.keyboard.press("Enter")
    second = rows.nth(1).locator("input")
    expect(second.first).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(rows.nth(2).locator("input").first).to_be_focused()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.type("1b")
    expect(second.nth(2)).to_be_focused()
    check(desk)
    desk.get_by_role("button", name="Save the sheets").click()
    expect(desk.get_by_text("2 sheets saved.")).to_be_visible()
    desk.goto(f"/desk/events/{TODAY}/tests/marking")
    expect(desk.get_by_text("A seam")).to_be_visible()


def test_an_evaluation_opens_is_answered_once_and_shows_nothing_yet(
    browser: Browser, desk: Page, site: Site, links: list[str]
) -> None:
    sign_in(desk, "organizer")
    desk.goto(f"/desk/events/{TODAY}/evaluation")
    desk.get_by_role("button", name="Take the ready-made questions").first.click()
    follow(desk.get_by_role("button", name="Open it to answers").first)
    page = phone_without_scripts(browser, site)
    page.goto(f"{links[1]}/evaluation/after")
    for group in page.get_by_role("group").all():
        group.get_by_label(re.compile("^4")).check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Nothing ties them to you")).to_be_visible()
    page.goto(f"{links[1]}/evaluation/after")
    expect(page.get_by_role("button", name="Send my answers")).to_have_count(0)
    page.context.close()
    desk.goto(f"/desk/events/{TODAY}/evaluation/after/summary")
    expect(desk.get_by_text("Nothing is shown yet")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("part", ["", "/pre", "/pre/1", "/evaluation/after"])
def test_what_the_link_opens_is_light_and_holds(
    browser: Browser, site: Site, links: list[str], part: str, language: str
) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    wire.send("Network.enable")
    page.goto(f"{links[2]}{part}?lang={language}", wait_until="networkidle")
    assert len(sizes) >= 4 and sum(sizes) < FIRST_VISIT, f"{part} costs {sum(sizes) / 1000:.1f} kB"
    check(page)
    context.close()


@pytest.mark.parametrize("address", ["tests/results", "evaluation/after/summary"])
def test_results_print_without_what_is_for_the_screen(desk: Page, address: str) -> None:
    sign_in(desk, "me_officer")
    desk.goto(f"/desk/events/{OVER}/{address}")
    check(desk)
    desk.emulate_media(media="print")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    expect(desk.locator("nav.tabs")).to_be_hidden()
    expect(desk.locator("svg.bar").first).to_be_visible()
