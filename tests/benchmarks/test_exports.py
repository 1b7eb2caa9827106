"""A long list of names as XLSX: rows a second of CPU, memory, and what the other library takes for the same rows.

TRAINREG_EXPORT_ROWS says how long (6,000 where it does not; the product is meant for 100,000 and more).
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from tests.applications import application
from tests.benchmarks.sizes import sized
from trainreg.kernel.db import db
from trainreg.operations.crowd import Crowd
from trainreg.programme.models import Project
from trainreg.registration.models import Registration
from trainreg.reporting.tables.package import write_csv, write_package
from trainreg.reporting.tables.schemas import BY_NAME
from trainreg.reporting.tables.scope import Scope
from trainreg.reporting.workbook.people import count_people, people_sheet, write_people

ROWS = sized(6_000, 600, "TRAINREG_EXPORT_ROWS")


def cost_of(make: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of CPU, and the most memory that Python held meanwhile, in MB; each in a round of its own."""
    started = time.process_time()
    make()
    seconds = time.process_time() - started
    tracemalloc.start()
    make()
    peak = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    return seconds, peak


def ours(ids: list[int] | None) -> None:
    write_people(ids).close()


def theirs(folder: Path) -> None:
    """The same rows, written by openpyxl as it writes long files."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Attendances")
    for row in _rows():
        sheet.append(row)
    book.save(folder / "theirs.xlsx")


def _rows() -> Iterator[list[Any]]:
    for row in people_sheet(None).rows:
        yield list(row)  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_long_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with application(tmp_path) as app, app.app_context():
        Crowd(ROWS, lambda _line: None).build()
        db.session.commit()
        rows = count_people(None)
        project = db.session.scalars(select(Project).order_by(Project.id)).first()
        assert project is not None
        small = count_people([project.id])
        lines = [f"{'':44}{'rows':>9}{'CPU':>10}{'rows/s':>9}{'peak':>10}"]
        costs = {}
        for name, count, make in (
            ("one project as XLSX", small, lambda: ours([project.id])),
            ("all projects as XLSX", rows, lambda: ours(None)),
            ("the same rows by openpyxl (write only)", rows, lambda: theirs(tmp_path)),
            ("registrations of one project as CSV", small, lambda: write_csv(_table(), Scope(project, True)).close()),
            ("all tables of one project as ZIP", small, lambda: write_package(Scope(project, True)).close()),
        ):
            seconds, peak = costs[name] = cost_of(make)
            lines.append(f"{name:44}{count:>9,}{seconds:>8.2f} s{count / seconds:>9,.0f}{peak:>7.1f} MB")
        ratio = costs["all projects as XLSX"][0] / costs["the same rows by openpyxl (write only)"][0]
        total = db.session.scalar(select(func.count()).select_from(Registration))
        assert rows and total and rows <= total
    with capsys.disabled():
        sys.stdout.write("\nlong lists\n" + "\n".join(lines) + f"\nours takes {ratio:.2f} times what openpyxl takes\n")


def _table() -> Any:
    return BY_NAME["registrations"]
