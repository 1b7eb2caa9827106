"""What pages of results cost in a seeded world: CPU, printed, and how ten times the rows of others change it.

TRAINREG_SEED_REGISTRATIONS says how large the world is (20,000 where it does not; the product is meant for
1,000,000). A machine that is busy makes the numbers more, never fewer: of each page the fastest round is told beside
the middle one. Each world is measured in a process of its own, for what building the first leaves in memory slows the
collector of the second down.
"""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.applications import application
from tests.benchmarks.sizes import sized
from tests.pages import Pages
from tests.processes import FRESH
from trainreg.kernel.db import db
from trainreg.kernel.memory import keep_what_is_loaded
from trainreg.kernel.permissions import Role
from trainreg.operations.crowd import Crowd
from trainreg.totals.service import settle

SIZE = sized(20_000, 2_000, "TRAINREG_SEED_REGISTRATIONS")
FEWER = max(2_000, SIZE // 10)
TIMES = sized(15, 2)
PAGES = {
    "project": "/desk/projects/SEED-0001",
    "results": "/reports/SEED-0001/results",
    "indicator": "/reports/SEED-0001/results/1.a",
    "period": "/reports/SEED-0001/periods/2024-Q1",
    "all projects": "/reports",
    "of a year": "/reports?year=2024",
    "of some days": "/reports?first=2024-01-20&last=2025-11-20",
    "of a kind": "/reports?kind=training",
    "of an agency": "/reports?agency={agency}",
    "of all that": "/reports?agency={agency}&year=2025&kind=seminar&sort=officials",
}


def silent(_line: str) -> None:
    """Nobody listens."""


class Cost(NamedTuple):
    """Milliseconds of CPU: in the middle of some rounds, and in the fastest of them."""

    middle: float
    fastest: float


def cpu_of(ask: Callable[[], object]) -> Cost:
    rounds = []
    for _ in range(TIMES):
        started = time.process_time()
        ask()
        rounds.append((time.process_time() - started) * 1000)
    return Cost(sorted(rounds)[TIMES // 2], min(rounds))


def measured_apart(folder: Path, registrations: int) -> tuple[dict[str, Cost], Cost]:
    with ProcessPoolExecutor(1, mp_context=FRESH) as others:
        return others.submit(measured, folder, registrations).result()


def measured(folder: Path, registrations: int) -> tuple[dict[str, Cost], Cost]:
    """Each page's cost, and how long one transaction takes that marks somebody."""
    folder.mkdir()
    with application(folder) as app:
        with app.app_context():
            Crowd(registrations, silent).build()
            settle(db.session())
            db.session.commit()
            db.session.execute(db.text("ANALYZE"))
            db.session.commit()
            somebody = make.user(Role.ADMINISTRATOR)
            db.session.commit()
            client: FlaskClient = Pages(app).sign_in(somebody).client
            agency = db.session.scalar(db.text("SELECT min(code) FROM agency WHERE code LIKE 'seed-%'"))
        addresses = {name: address.format(agency=agency) for name, address in PAGES.items()}
        for address in addresses.values():
            assert client.get(address).status_code == 200
        keep_what_is_loaded()  # as a server does
        costs = {name: cpu_of(lambda address=address: client.get(address)) for name, address in addresses.items()}  # type: ignore[misc]
        with app.app_context():
            marking = cpu_of(mark_one)
    return costs, marking


def mark_one() -> None:
    """One mark changes, and the totals with it."""
    db.session.execute(
        db.text("UPDATE attendance SET state = CASE state WHEN 'present' THEN 'absent' ELSE 'present' END WHERE id = 7")
    )
    settle(db.session())
    db.session.commit()


@pytest.mark.slow
def test_pages_of_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few, marking_few = measured_apart(tmp_path / "few", FEWER)
    many, marking_many = measured_apart(tmp_path / "many", SIZE)
    lines = [f"{'page':14}{FEWER:>22,}{SIZE:>22,}   change of the fastest"]
    for name, cost in [*many.items(), ("one mark", marking_many)]:
        before = few.get(name, marking_few)
        change = 100 * (cost.fastest / before.fastest - 1)
        lines.append(f"{name:14}{told(before)}{told(cost)}{change:>+10.0f} %")
    with capsys.disabled():
        sys.stdout.write("\nresults, CPU by registrations in the whole database\n" + "\n".join(lines) + "\n")


def told(cost: Cost) -> str:
    return f"{cost.middle:>8.1f} ({cost.fastest:>6.1f}) ms"
