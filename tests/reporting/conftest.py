"""A project with a framework, a dozen people at two events, one of them with a name that looks like a formula."""

from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tests.framework.telling import FIRST, SECOND, indicator, saved, target
from tests.published import publication
from tests.reporting.attending import attends
from tests.reporting.workbook.opened import FORMULA
from tests.world import World
from trainreg.framework.rules import CountingRule, Dimension
from trainreg.people.rules import Sex


@pytest.fixture
def reported(world: World) -> World:
    """In H1 nine women and six men at two events, of whom two men of the second event are of Border Protection."""
    first = make.event(
        world.project, starts=datetime(2026, 3, 2, 1, tzinfo=UTC), title={"en": FORMULA, "mn": "Сургалт"}
    )
    second = make.event(world.project, starts=datetime(2026, 4, 6, 1, tzinfo=UTC))
    for number in range(9):
        person = make.person(FORMULA if number == 0 else f"Нэр{number}", "Ганбатын", email=f"one{number}@example.org")
        attends(first, person, agency=world.ministry, sex=Sex.FEMALE)
    for number in range(6):
        agency = world.border if number < 2 else world.ministry
        person = make.person(f"Эр{number}", "Доржийн", phone=f"+976 9911000{number}")
        attends(second, person, agency=agency, sex=Sex.MALE)
    make.unnamed(first.sessions[0], 12, agency_id=world.ministry.id)
    words = {"title": {"en": "Handbook", "mn": "Гарын авлага"}, "published_on": date(2026, 5, 4)}
    publication(world.project, printed=500, to={"en": "Soums"}, **words)
    by = ((Dimension.SEX,), (Dimension.SEX, Dimension.AGENCY))
    by_copies = ((Dimension.PRODUCT_KIND,), (Dimension.PRODUCT_KIND, Dimension.AGENCY))
    saved(
        world.project,
        periods=(FIRST, SECOND),
        indicators=(
            indicator("1.a", breakdowns=by, outcome=None),
            indicator("1.b", CountingRule.UNIQUE_PERSONS, breakdowns=by, outcome=None),
            indicator("1.c", CountingRule.PERSON_HOURS, breakdowns=by, outcome=None),
            indicator("2.a", CountingRule.COPIES_DISTRIBUTED, breakdowns=by_copies, outcome=None),
        ),
        targets=(target("1.a", "2026-H1", 20),),
    )
    return world
