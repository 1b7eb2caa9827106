"""A project that is ready to be published."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests import factories as make
from tests.factories import STAFF
from tests.framework.telling import indicator, saved
from tests.reporting.attending import attends
from tests.world import World
from trainreg.framework.rules import CountingRule
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.programme.iati.details import IatiDetails, SectorDetails
from trainreg.programme.iati.service import save_iati_settings
from trainreg.programme.models import Project
from trainreg.reporting.iati.making import Made, make_file
from trainreg.reporting.iati.rules import Mode

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
MARCH = datetime(2026, 3, 2, 1, tzinfo=UTC)


def details(number: object = "1", **values: Any) -> IatiDetails:
    usual: dict[str, Any] = {
        "reporting_ref": "XX-EXAMPLE-1",
        "reporting_type": "40",
        "identifier": f"XX-EXAMPLE-1-{number}",
        "scope": "4",
        "partner_role": "4",
        "partner_type": "10",
        "sectors": tuple(SectorDetails(code=one, percentage=Decimal(50)) for one in ("15190", "15136")),
    }
    return IatiDetails(**(usual | values))


def set_for(project: Project, **values: Any) -> None:
    save_iati_settings(project, details(project.id, **values), by=STAFF)
    db.session.flush()


def made(project: Project, mode: Mode = Mode.DIMENSIONS) -> Made:
    db.session.flush()
    db.session.expire_all()
    return make_file(project, mode, now=NOW)


def trained(world: World, *, women: int = 7, men: int = 6, **frameworks: Any) -> Project:
    """As many women of the ministry and men of border protection attend two events in March; a budget of 14 months."""
    project = world.project
    project.starts_on, project.ends_on = date(2025, 11, 1), date(2026, 12, 31)
    project.budget_amount, project.budget_currency = Decimal(100_000), "USD"
    usual: dict[str, Any] = {"indicators": (indicator(), indicator("1.b", CountingRule.UNIQUE_PERSONS))}
    saved(project, **(usual | frameworks))
    events = [make.event(project, starts=MARCH.replace(day=2 + number)) for number in range(2)]
    for number in range(women + men):
        sex, agency = (Sex.FEMALE, world.ministry) if number < women else (Sex.MALE, world.border)
        person = make.person()
        for event in events:
            attends(event, person, sex=sex, agency=agency)
    set_for(project)
    return project
