"""What one public registration costs the server, with agency quotas on and five thousand on the list already.

Over real HTTP, at eight clients: the CPU that gunicorn's processes spent, per request, beside a bare hello-world and
the barest registration of the same server in the same run. Statements are counted in this process. Nothing is
asserted about time, because machines and neighbours differ; a busy machine makes every figure larger, so the ratio
is what to look at.
"""

import os
import sys
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.benchmarks.hello import prepare as prepare_bare
from tests.benchmarks.sizes import sized
from tests.registration.crowd import fill
from tests.registration.forms import filled
from tests.registration.server import Browser, Server, running
from tests.registration.statements import counted_statements
from trainreg.events.models import AgencyQuota
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

CLIENTS, EACH, REGISTERED, MINISTRIES = 8, sized(10, 2), sized(5_000, 500), 20
LETTERS = "абвгдежзик"


def cpu_of(pid: int) -> float:
    """Milliseconds of CPU that a server and its workers have spent."""
    own = [pid, *(int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    spent = 0
    for one in own:
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent * 1000 / os.sysconf("SC_CLK_TCK")


def cpu_each(server: Server, press: Callable[[Browser, int], object]) -> float:
    """Milliseconds of the server's CPU for one press, with so many clients pressing at once; after one to warm up."""
    browsers = [Browser(server.port) for _ in range(CLIENTS)]

    def work(client: int) -> None:
        for turn in range(EACH):
            press(browsers[client], client * EACH + turn)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda client: press(browsers[client], 10_000 + client), range(CLIENTS)))
        before = cpu_of(server.pid)
        list(pool.map(work, range(CLIENTS)))
    return (cpu_of(server.pid) - before) / (CLIENTS * EACH)


def yardsticks(folder: Path) -> tuple[float, float]:
    """Milliseconds of CPU of a hello-world and of the barest registration, on a server of their own."""
    folder.mkdir()
    with running(folder, "tests.benchmarks.hello:app") as bare:
        with bare.app.app_context():
            prepare_bare(db.engine)
        hello = cpu_each(bare, lambda browser, _number: browser.get("/"))
        barest = cpu_each(bare, lambda browser, number: browser.send("/register", {"name": f"Saran {number}"}))
    return hello, barest


def prepare(app: Flask) -> tuple[str, dict[str, str]]:
    """An event with places for ten ministries, some kept for them; the address and a filled form."""
    with app.app_context():
        event = make.event(capacity=100_000, approval=Approval.AUTOMATIC, holds_quotas=True)
        ministries = [make.agency(f"Ministry {number}") for number in range(MINISTRIES)]
        department = make.agency("Department", parent_id=ministries[0].id)
        quotas = [AgencyQuota(event_id=event.id, agency_id=one.id, places=9000) for one in ministries[:10]]
        db.session.add_all(quotas)
        fill(event, REGISTERED, agencies=100)
        return f"/e/{event.slug}", filled(department)


def own_answers(number: int) -> dict[str, str]:
    name = "Саран" + "".join(LETTERS[int(digit)] for digit in str(number))
    return {"key": str(uuid.uuid4()), "given_name": name, "email": f"saran{number}@example.org"}


@pytest.mark.slow
def test_cpu_of_a_registration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hello, barest = yardsticks(tmp_path / "hello")
    (tmp_path / "product").mkdir()
    with running(tmp_path / "product", "wsgi:app") as server:
        public, answers = prepare(server.app)
        statuses: list[int] = []

        def press(browser: Browser, number: int) -> None:
            if not browser.cookies:
                browser.get(f"{public}/register")
            form, page = answers | own_answers(number), browser.page
            statuses.append(browser.post(f"{public}/register", list(form.items())))
            browser.page = page  # its token is good for many presses

        def form_page(browser: Browser, _number: int) -> None:
            statuses.append(browser.get(f"{public}/register"))

        def look(browser: Browser, _number: int) -> None:
            statuses.append(browser.get(public))

        registration, page, form = (cpu_each(server, task) for task in (press, look, form_page))
        with server.app.app_context():
            known = db.session.scalar(select(func.count()).select_from(Registration))
        size = len(server.app.test_client().get(public).data)
        statements = count_statements(server.app, public, answers)
    assert set(statuses) == {303, 200} and known == REGISTERED + CLIENTS * (EACH + 1)
    with capsys.disabled():
        lines = [f"{CLIENTS} clients, {REGISTERED} registered, quotas on; CPU of the server per request:"]
        for name, cpu in (("registration", registration), ("event page", page), ("form", form)):
            lines.append(f"{name:14} {cpu:6.2f} ms  ({cpu / hello:.0f} x hello-world's {hello:.2f} ms)")
        lines.append(f"the barest registration on this machine: {barest:.2f} ms; ours is {registration / barest:.1f} x")
        lines.append(f"a registration: {statements} statements; the event page: {size / 1000:.1f} kB")
        sys.stdout.write("\n".join(["", *lines, ""]))


def count_statements(app: Flask, public: str, answers: dict[str, str]) -> int:
    """What one registration asks the database, the beginning of the transaction aside."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    with counted_statements() as statements:
        assert client.post(f"{public}/register", data=answers | own_answers(99_999)).status_code == 303
    return sum(not one.startswith("BEGIN") for one in statements)
