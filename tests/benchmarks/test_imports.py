"""What it costs to look through and to write ten thousand rows, and to hand out five thousand registrations.

Printed (`pytest tests/benchmarks/test_imports.py -n0 -s`); nothing is asserted about time.
"""

import itertools
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.benchmarks.sizes import sized
from tests.kernel.sheets import as_csv, written
from tests.pages import Pages
from tests.registration.statements import counted_statements
from trainreg.imports import service
from trainreg.imports.jobs import carry_on
from trainreg.imports.rules import ImportKind, RunStatus
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.kernel.sheets import read_sheet
from trainreg.registration.models import Registration

FULL = 10_000
ROWS = sized(FULL, 600)
LISTED = sized(5_000, 400)
SYLLABLES = "бат болд сар нар эрд тул ган мөн хул зол өлз дор цэц мил ари уча".split()


def rows(count: int, code: str) -> list[list[str]]:
    """Different people, each with an address of their own."""
    names = ["".join(parts).capitalize() for parts in itertools.product(SYLLABLES, repeat=4)]
    some = [
        [names[at * 7 % len(names)], names[(at * 13 + 5) % len(names)], "f", f"p{at}@example.org", code, "Дарга"]
        for at in range(count)
    ]
    return [["Family name", "Given name", "Sex", "E-mail", "Agency", "Position"], *some]


def measured(task: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of CPU."""
    started, spent = time.perf_counter(), time.process_time()
    task()
    return time.perf_counter() - started, time.process_time() - spent


@pytest.mark.slow
def test_ten_thousand_rows(separate_app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with separate_app.app_context():
        agency, event = make.agency(), make.event()
        table = rows(ROWS, agency.code)
        told = []
        for form, data in (("csv", as_csv(table)), ("xlsx", written("xlsx", table[0], table[1:]))):
            wall, cpu = measured(lambda data=data, form=form: read_sheet(data, f"list.{form}"))  # type: ignore[misc]
            told.append(f"read {form} ({len(data) // 1024} kB) {wall:.1f} s, {cpu:.1f} s CPU")
        upload = service.Upload(data, "list.xlsx", read_sheet(data, "list.xlsx"))
        for again in ("", "again "):
            run = service.start(ImportKind.REGISTRATIONS, upload, by=make.STAFF, language="en", event=event)
            db.session.flush()
            service.set_columns(run, run.mapping, by=make.STAFF)
            db.session.commit()
            wall, cpu = measured(lambda run=run: carry_on(run.id))  # type: ignore[misc]
            told.append(f"{again}preview {wall:.1f} s, {cpu:.1f} s CPU: {run.counts}")
            if not again:
                service.begin_apply(run, by=make.STAFF)
                db.session.commit()
                wall, cpu = measured(lambda run=run: carry_on(run.id))  # type: ignore[misc]
                told.append(f"apply {wall:.1f} s, {cpu:.1f} s CPU")
                assert run.status is RunStatus.APPLIED, run.refusal
        assert db.session.scalar(select(func.count()).select_from(Registration)) == ROWS
        assert run.counts["unchanged"] == ROWS
    with capsys.disabled():
        sys.stdout.write(f"\nImport of {ROWS:,} rows: " + "; ".join(told) + "\n")


@pytest.mark.slow
def test_five_thousand_registrations_handed_out(separate_app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with separate_app.app_context():
        agency, event = make.agency(), make.event()
        upload_rows = as_csv(rows(LISTED, agency.code))
        upload = service.Upload(upload_rows, "list.csv", read_sheet(upload_rows, "list.csv"))
        run = service.start(ImportKind.REGISTRATIONS, upload, by=make.STAFF, language="en", event=event)
        db.session.flush()
        service.set_columns(run, run.mapping, by=make.STAFF)
        db.session.commit()
        carry_on(run.id)
        service.begin_apply(run, by=make.STAFF)
        db.session.commit()
        carry_on(run.id)
        pages = Pages(separate_app).sign_in(make.user(Role.ADMINISTRATOR))
        path = f"/desk/events/{event.slug}/registrations/export"
        token = pages.token()
        told = []
        for form in ("csv", "xlsx"):
            data = {"format": form, "csrf_token": token}
            pages.client.post(path, data={**data, "q": "бат"})  # warm
            with counted_statements() as statements:
                started = time.process_time()
                answer = pages.client.post(path, data=data)
                cpu = time.process_time() - started
            assert answer.status_code == 200
            size, asked = len(answer.get_data()), len(statements)
            tracemalloc.start()
            pages.client.post(path, data=data, buffered=False).close()
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            told.append(f"{form} {cpu:.2f} s CPU, {asked} statements, {size // 1024} kB, peak {peak // 1024} kB")
    with capsys.disabled():
        sys.stdout.write(f"\nExport of {LISTED:,} registrations: " + "; ".join(told) + "\n")


def test_the_rows_of_the_benchmark_are_different_people(tmp_path: Path) -> None:
    table = rows(FULL, "x")[1:]
    assert len({tuple(row[:2]) for row in table}) == FULL
