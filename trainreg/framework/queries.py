"""Find what a project's framework holds."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainreg.framework.models import Indicator, Output, ReportingPeriod
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.programme.models import Outcome


def list_indicators(project_id: int) -> Sequence[Indicator]:
    """A project's indicators in their order, with targets and values by hand."""
    statement = (
        select(Indicator)
        .where(Indicator.project_id == project_id)
        .options(
            selectinload(Indicator.targets),
            selectinload(Indicator.values),
            joinedload(Indicator.outcome),
            joinedload(Indicator.output).joinedload(Output.outcome),
        )
        .order_by(Indicator.position, Indicator.id)
    )
    return db.session.scalars(statement).all()


def list_periods(project_id: int) -> Sequence[ReportingPeriod]:
    """A project's reporting periods, the earliest first, with what was handed in."""
    statement = (
        select(ReportingPeriod)
        .where(ReportingPeriod.project_id == project_id)
        .options(selectinload(ReportingPeriod.handovers))
        .order_by(ReportingPeriod.starts_on)
    )
    return db.session.scalars(statement).all()


def list_outputs(project_id: int) -> Sequence[Output]:
    """A project's outputs, by outcome and number."""
    statement = (
        select(Output)
        .join(Output.outcome)
        .where(Outcome.project_id == project_id)
        .options(joinedload(Output.outcome))
        .order_by(Outcome.number, Output.number)
    )
    return db.session.scalars(statement).all()


def find_indicator(project_id: int, code: str) -> Indicator | None:
    return db.session.scalar(select(Indicator).where(Indicator.project_id == project_id, Indicator.code == code))


def get_indicator(project_id: int, code: str) -> Indicator:
    found = find_indicator(project_id, code)
    if found is None:
        raise NotFound
    return found


def get_period(project_id: int, code: str) -> ReportingPeriod:
    """The period of this code; raises NotFound."""
    statement = select(ReportingPeriod).where(ReportingPeriod.project_id == project_id, ReportingPeriod.code == code)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found
