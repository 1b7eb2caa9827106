"""A file is asked for, the worker makes it, the page notices by itself, and the file is fetched and thrown away."""

import re
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, check, follow, sign_in, watch

pytestmark = pytest.mark.slow


def test_the_page_gives_the_file_as_soon_as_it_is_there(site: Site, phone: Page) -> None:
    strange = watch(phone.context, site)
    sign_in(phone, "administrator")
    phone.goto("/reports")
    follow(phone.get_by_role("link", name="Files across all projects"))
    check(phone)
    phone.get_by_role("button", name="Prepare all tables").click()
    phone.wait_for_url(re.compile(r"/desk/files/\d+$"))
    check(phone)
    expect(phone.get_by_text("Ready to fetch")).to_be_visible(timeout=60_000)  # nobody pressed anything
    check(phone)
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Fetch the file").click()
    with ZipFile(download.value.path()) as packed:
        assert packed.testzip() is None and "MN-2012/registrations.csv" in packed.namelist()
    phone.get_by_text("Throw away", exact=True).click()
    phone.get_by_role("button", name="Yes, throw it away").click()
    expect(phone.get_by_text("No prepared files")).to_be_visible()
    check(phone)
    assert strange == []
