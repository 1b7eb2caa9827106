"""A door to stand at: a server that can be killed and started again, a training that is on, and telephones."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from tests import databases
from tests import factories as make
from tests.journeys.conftest import free_port, wait_for
from tests.journeys.serving import serve
from trainreg.app import create_app
from trainreg.attendance.models import Attendance
from trainreg.checkin.models import Scan
from trainreg.config import load_settings
from trainreg.kernel import clock
from trainreg.kernel.db import Base, db
from trainreg.kernel.permissions import Role
from trainreg.registration.passes import pass_code
from trainreg.registration.rules import RegistrationStatus

PEOPLE = 60


@dataclass
class House:
    """The server and its database; `passes` are those of the people confirmed, by their order on the list."""

    app: Flask
    environment: dict[str, str]
    port: int
    slug: str
    email: str
    passes: list[str]
    names: list[str]
    server: ForkServerProcess | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.server = serve(self.port, self.environment)
        wait_for(f"{self.url}/healthz", self.server.is_alive)

    def kill(self) -> None:
        """As when the power goes: the server and its worker, at once."""
        if self.server is None or self.server.pid is None or not self.server.is_alive():
            return
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.join(30)

    def counts(self) -> tuple[int, int, int]:
        """Scans, scans that let somebody in as the first, marks of attendance."""
        with self.app.app_context():
            scans = db.session.scalar(select(func.count()).select_from(Scan)) or 0
            entries = db.session.scalar(select(func.count()).select_from(Scan).where(Scan.outcome == "in")) or 0
            marks = db.session.scalar(select(func.count()).select_from(Attendance)) or 0
            db.session.remove()
        return scans, entries, marks

    def keys(self) -> set[str]:
        """The keys of the scans that were taken in."""
        with self.app.app_context():
            keys = set(db.session.scalars(select(Scan.key)))
            db.session.remove()
        return keys


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Sixty people confirmed for a session that is on now, one on the waiting list, one trainer."""
    with databases.fresh(folder) as url:
        environment = {"TRAINREG_INSTANCE": str(folder), "TRAINREG_DATABASE_URL": url}
        port = free_port()
        environment["TRAINREG_BASE_URL"] = f"http://127.0.0.1:{port}"
        app = create_app(load_settings(folder, environment))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            known = _fill(app, port, {**os.environ, **environment})
        known.start()
        try:
            yield known
        finally:
            known.kill()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def _fill(app: Flask, port: int, environment: dict[str, str]) -> House:
    agency = make.agency("Ministry of Labour")
    event = make.event(
        make.project(), starts=clock.now() - timedelta(minutes=5), slug="at-the-door", title={"en": "At the door"}
    )
    people = [make.person(f"Хүн{_letters(number)}", "Дорж") for number in range(PEOPLE)]
    listed = [
        make.registration(event, one, agency=agency, reference=f"D00R-{number:04d}")
        for number, one in enumerate(people)
    ]
    make.registration(event, make.person("Хүлээгч"), RegistrationStatus.WAITLISTED, reference="WA1T-0001")
    trainer = make.user(Role.TRAINER)
    passes = [pass_code(one.reference) for one in listed]
    known = House(app, environment, port, event.slug, trainer.email, passes, [one.name for one in people])
    db.session.commit()
    return known


def _letters(number: int) -> str:
    return "".join("абвгдежзик"[int(digit)] for digit in f"{number:02d}")


@contextmanager
def telephone(browser: Browser, at: House, **options: Any) -> Iterator[BrowserContext]:
    """A narrow screen with a browser profile of its own."""
    context = browser.new_context(
        base_url=at.url, viewport={"width": 360, "height": 740}, locale="en-GB", reduced_motion="reduce", **options
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def open_door(context: BrowserContext, at: House) -> Page:
    """Sign in and open the app, until everything it needs without a network is on the device."""
    page = context.new_page()
    page.goto(f"/login?next=/checkin/{at.slug}")
    page.get_by_label("E-mail address").fill(at.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/checkin/{at.slug}")
    ready(page)
    expect(page.locator("[data-checkin]")).to_have_attribute("data-prepared", "yes")
    expect(page.locator("[data-part=online]")).to_have_text("Online")
    return page


def ready(page: Page) -> None:
    expect(page.locator("[data-checkin]")).to_have_attribute("data-ready", "yes")


def scan(page: Page, code: str) -> None:
    """As a hand-held reader types it, until there is an answer."""
    field = page.locator("#code")
    field.fill(code)
    field.press("Enter")


def wait(page: Page, number: int) -> None:
    """So many scans wait, as the page says."""
    expect(page.locator("[data-checkin]")).to_have_attribute("data-waiting", str(number))


def all_sent(page: Page) -> None:
    expect(page.locator("[data-part=waiting]")).to_have_text("All sent", timeout=30_000)
