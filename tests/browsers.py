"""The browser that tests share."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HOW_TO_GET_IT = (
    "The browser journeys need Chromium: on Debian `apt-get install chromium`, elsewhere any Chrome on the PATH, "
    "or its full name in TRAINREG_TEST_CHROMIUM."
)


def chromium_path() -> str | None:
    """Where Chromium is on this machine."""
    return os.environ.get("TRAINREG_TEST_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser(in_ci: bool) -> Iterator[Browser]:
    """Chromium, without a window; one in a process, as playwright asks for an event loop of its own."""
    path = chromium_path()
    if path is None:
        if in_ci:
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()
