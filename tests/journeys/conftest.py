"""A real server on the demonstration's data, and a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests import databases
from trainreg.demo.service import sign_ins

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1.min.js").read_text(encoding="utf-8")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Site:
    """The running demonstration."""

    url: str
    instance: Path
    environment: dict[str, str]

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `trainreg ...` on the same data."""
        command = [sys.executable, "-m", "trainreg", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(url: str, lives: Callable[[], bool], seconds: float = 300) -> None:
    """Wait until the address answers, as long as its server lives: a machine with much to do starts slowly."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and lives():
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(
        f"{url} did not answer in {seconds} s" if lives() else f"{url} never answered: its server has ended"
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`trainreg demo` on a database of its own."""
    instance, port = tmp_path_factory.mktemp("demo"), free_port()
    with databases.fresh(instance) as database_url:
        environment = {
            **os.environ,
            "TRAINREG_INSTANCE": str(instance),
            "TRAINREG_DATABASE_URL": database_url,
            "TRAINREG_BASE_URL": f"http://127.0.0.1:{port}",
        }
        log = (instance / "server.log").open("w")
        command = [sys.executable, "-m", "trainreg", "demo", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", lambda: server.poll() is None)
            yield Site(f"http://127.0.0.1:{port}", instance, environment)
        finally:
            server.terminate()
            server.wait(30)
            log.close()


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """A wide window, as at the office."""
    yield from _page(browser, site, width=1280, height=900)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A narrow one, as on the road."""
    yield from _page(browser, site, width=360, height=740)


def _page(browser: Browser, site: Site, *, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def sign_in(page: Page, role: str) -> None:
    """Sign in as the demonstration's account with that role."""
    known = next(one for one in sign_ins() if one.role == role)
    page.goto("/login")
    page.get_by_label("E-mail address").fill(known.email)
    page.get_by_label("Password").fill(known.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/(desk|agency)/"))


def follow(link: Locator) -> None:
    """Press what leads to another page, until that page is there."""
    with link.page.expect_navigation():
        link.click()


def check(page: Page) -> None:
    """What every page must hold in the browser: axe finds nothing, nothing sticks out, nobody else is asked."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate(f"() => axe.run(document, {{runOnly: {AXE_RULES}, reporter: 'no-passes'}})")
    problems = [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]]
    assert problems == [], f"{page.url}: {problems}"
    it_fits(page)


def it_fits(page: Page) -> None:
    """Nothing sticks out of the window."""
    width = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], f"{page.url} is wider than the window: {width}"


def watch(context: BrowserContext, site: Site) -> list[str]:
    """Collect requests to other hosts, script errors and refused styles; the list must stay empty."""
    strange: list[str] = []
    context.on("request", lambda request: strange.append(request.url) if _is_elsewhere(request.url, site) else None)
    context.on("weberror", lambda error: strange.append(str(error.error)))
    context.on("console", lambda message: strange.append(message.text) if message.type == "error" else None)
    return strange


def _is_elsewhere(url: str, site: Site) -> bool:
    return not url.startswith((site.url, "data:", "blob:"))
