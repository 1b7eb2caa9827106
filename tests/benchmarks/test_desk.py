"""What the desk's list costs at five thousand registrants: CPU, statements and bytes, printed for each way to look.

Nothing is asserted about time, because machines and neighbours differ; statements are held by
`tests/guards/test_list_pages.py`.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import factories as make
from tests.applications import application
from tests.benchmarks.sizes import sized
from tests.pages import Pages
from tests.registration.crowd import fill
from tests.registration.statements import counted_statements
from trainreg.agencies.models import Agency
from trainreg.events.models import AgencyQuota
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role

REGISTRANTS, AGENCIES, QUOTAS, TIMES = 5000, 300, 10, sized(20, 1)
WAYS = {
    "plain": "",
    "last page": "page=100",
    "waiting list": "status=waitlisted",
    "by name": "sort=name",
    "by name, page 60": "sort=name&page=60",
    "by agency, Mongolian": "sort=-agency&lang=mn&page=50",
    "by status": "sort=status",
    "name typed": "q=болор+бат",
    "reference": "q=7K3F-9Q2M",
    "agency": "agency=Agency+17",
    "agency typed": "agency=gency+1",
    "everything": "q=болор&sex=female&role=participant&level=senior&sort=name",
}


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[Flask]:
    with application(tmp_path) as app:
        yield app


def cpu_of(client: FlaskClient, address: str) -> float:
    """Milliseconds of CPU for one page; a busy machine makes them more, never fewer."""
    started = time.process_time()
    client.get(address)
    return (time.process_time() - started) * 1000


@pytest.mark.slow
def test_the_list_of_five_thousand(crowded: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with crowded.app_context():
        project = make.project()
        event = make.event(project, capacity=4000)
        fill(event, REGISTRANTS, agencies=AGENCIES)
        some = db.session.scalars(select(Agency.id).limit(QUOTAS))
        db.session.add_all(AgencyQuota(event_id=event.id, agency_id=one, places=200) for one in some)
        db.session.commit()
        path = f"/desk/events/{event.slug}/registrations"
        client = Pages(crowded).sign_in(make.user(Role.ORGANIZER, project_id=project.id)).client
    lines = []
    for name, query in WAYS.items():
        with counted_statements() as statements:
            answer = client.get(f"{path}?{query}")
        assert answer.status_code == 200
        cpu = sorted(cpu_of(client, f"{path}?{query}") for _ in range(TIMES))
        lines.append(
            f"{name:22} {cpu[TIMES // 2]:6.1f} ms ({cpu[0]:.1f} at best)  {len(answer.data) / 1000:5.1f} kB"
            f"  {sum(not one.startswith('BEGIN') for one in statements)} statements"
        )
    with capsys.disabled():
        sys.stdout.write(
            f"\nthe desk's list, {REGISTRANTS} registrants of {AGENCIES} agencies, {QUOTAS} with quotas\n"
            + "\n".join(lines)
            + "\n"
        )
