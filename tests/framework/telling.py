"""A framework as tests tell it."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.factories import STAFF
from trainreg.framework.details import FrameworkDetails, IndicatorDetails, PeriodDetails, TargetDetails
from trainreg.framework.rules import CountingRule, Dimension, Direction
from trainreg.framework.service import save_framework
from trainreg.kernel.db import db
from trainreg.programme.models import Project

FIRST = PeriodDetails(code="2026-H1", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
SECOND = PeriodDetails(code="2026-H2", starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31))


def indicator(
    code: str = "1.a", rule: CountingRule | None = CountingRule.ATTENDANCES, **values: Any
) -> IndicatorDetails:
    usual: dict[str, Any] = {
        "title": {"en": f"Officials trained ({code})", "mn": "Сургалтад хамрагдсан"},
        "unit": {"en": "officials"},
        "breakdowns": ((Dimension.SEX,), (Dimension.SEX, Dimension.AGENCY)),
        "direction": Direction.INCREASE,
        "outcome": 1,
    }
    return IndicatorDetails(code=code, rule=rule, **(usual | values))


def target(code: str, period: str, value: int, **values: Any) -> TargetDetails:
    return TargetDetails(indicator=code, period=period, value=Decimal(value), **values)


def framework(**values: Any) -> FrameworkDetails:
    usual: dict[str, Any] = {
        "objective": {"en": "Migration is safe.", "mn": "Шилжилт аюулгүй."},
        "periods": (FIRST, SECOND),
        "indicators": (indicator(),),
        "targets": (target("1.a", "2026-H1", 2),),
    }
    return FrameworkDetails(**(usual | values))


def saved(project: Project, **values: Any) -> None:
    save_framework(project, framework(**values), by=STAFF)
    db.session.commit()
    db.session.expire_all()
