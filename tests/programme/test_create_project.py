"""A project is created, with what it promised, who it works with and who signs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import STAFF
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.programme import refusals
from trainreg.programme.details import OutcomeDetails, ProjectDetails, SignatoryDetails
from trainreg.programme.models import Project
from trainreg.programme.service import create_project


def details(**values: Any) -> ProjectDetails:
    usual: dict[str, Any] = {
        "code": "MN-2030",
        "title": {"en": "Safe migration", "mn": "Аюулгүй шилжилт"},
        "organisation": {"en": "Example Organisation"},
        "starts_on": date(2030, 1, 1),
    }
    return ProjectDetails(**usual | values)


def test_a_project_keeps_all_that_was_said(world: World) -> None:
    project = create_project(
        details(
            ends_on=date(2031, 12, 31),
            budget_amount=Decimal("100000.50"),
            budget_currency="USD",
            outcomes=[OutcomeDetails(number=2, title={"en": "Law"}), OutcomeDetails(number=1, title={"en": "Policy"})],
            partners=[world.border, world.ministry],
            signatories=[SignatoryDetails(name={"en": "B. Director"}, title={"en": "Head"})],
        ),
        by=STAFF,
    )
    db.session.commit()
    kept = db.session.get_one(Project, project.id)
    assert [(outcome.number, outcome.title) for outcome in kept.outcomes] == [(1, {"en": "Policy"}), (2, {"en": "Law"})]
    assert [partner.agency for partner in kept.partners] == [world.border, world.ministry]
    assert [(one.position, one.name["en"]) for one in kept.signatories] == [(1, "B. Director")]
    assert (kept.budget_amount, kept.budget_currency) == (Decimal("100000.50"), "USD")
    assert [line.sentence for line in history_of(kept)] == ["Project MN-2030 created"]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"code": "MN 2030"}, refusals.WrongCode),
        ({"code": "МН-2030"}, refusals.WrongCode),
        ({"code": "new"}, refusals.WrongCode),
        ({"code": "M" * 41}, refusals.WrongCode),
        ({"ends_on": date(2029, 12, 31)}, refusals.EndsBeforeStart),
        ({"starts_on": date(203, 1, 1)}, refusals.WrongDay),
        ({"budget_amount": Decimal(-1)}, refusals.NegativeBudget),
        ({"timezone": "Asia/Nowhere"}, refusals.UnknownTimezone),
        ({"outcomes": [OutcomeDetails(number=1, title={"en": "A"})] * 2}, refusals.OutcomeTwice),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    world: World, values: dict[str, Any], refusal: type[Refused]
) -> None:
    before = db.session.scalar(select(func.count()).select_from(Project))
    with pytest.raises(refusal):
        create_project(details(**values), by=STAFF)
    assert db.session.scalar(select(func.count()).select_from(Project)) == before


def test_a_code_belongs_to_one_project_whatever_its_capitals(world: World) -> None:
    create_project(details(), by=STAFF)
    with pytest.raises(refusals.CodeTaken):
        create_project(details(code="mn-2030"), by=STAFF)
