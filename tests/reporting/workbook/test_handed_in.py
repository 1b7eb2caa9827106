"""What was handed in is told as it was, in figures and breakdowns alike; what counts now stands beside it."""

from tests.factories import STAFF
from tests.reporting.workbook.opened import made, rows
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.framework.handing_in import hand_in
from trainreg.framework.queries import get_period, list_indicators
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.registration.models import Registration
from trainreg.reporting.counting.freezing import freeze
from trainreg.reporting.counting.hiding import hide_small
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.counting.rules import count
from trainreg.reporting.part_words import PartWords
from trainreg.reporting.workbook.asked import Asked
from trainreg.reporting.workbook.handed_in import frozen_tables, handed_in


def _hand_in(world: World) -> None:
    period = get_period(world.project.id, "2026-H1")
    hand_in(period, freeze(period, list_indicators(world.project.id), facts_of(world.project)), by=STAFF)
    db.session.commit()
    db.session.expire_all()


def _one_less(world: World) -> None:
    """A man of the ministry turns out not to have come."""
    gone = db.session.query(Registration).filter_by(sex=Sex.MALE, agency_id=world.ministry.id).first()
    assert gone is not None
    db.session.query(Attendance).filter_by(registration_id=gone.id).delete()
    db.session.commit()


def test_later_edits_stand_beside_what_was_handed_in(reported: World) -> None:
    _hand_in(reported)
    _one_less(reported)
    book = made(Asked(reported.project, sees_all=True))
    [row] = [one for one in rows(book, "Periods") if (one["Code"], one["Period"]) == ("1.a", "2026-H1")]
    assert (row["Actual"], row["Counts now"]) == (15, 14)
    assert (row["Period handed in"], row["Changed since it was handed in"]) == ("Yes", "Yes")
    [other] = [one for one in rows(book, "Periods") if (one["Code"], one["Period"]) == ("2.a", "2026-H1")]
    assert other["Changed since it was handed in"] == "No"


def test_breakdowns_of_a_locked_period_are_those_handed_in(reported: World) -> None:
    _hand_in(reported)
    _one_less(reported)
    found = rows(made(Asked(reported.project, sees_all=True)), "Breakdowns")
    own = {
        (row["Period"], row["Part"]): row["Value"]
        for row in found
        if row["Code"] == "1.a" and row["Broken down by"] == "Sex"
    }
    assert own["2026-H1", "Male"] == 6 and own["All time", "Male"] == 5
    assert own["2026-H1", "Total"] == 15 and own["All time", "Total"] == 14


def test_a_breakdown_comes_back_as_it_was_counted(reported: World) -> None:
    period = get_period(reported.project.id, "2026-H1")
    counted = {
        one.code: [count(facts_of(reported.project), one.counting, period.span, wanted) for wanted in one.wanted]
        for one in list_indicators(reported.project.id)
    }
    _hand_in(reported)
    parts = PartWords()
    for code, told in handed_in(get_period(reported.project.id, "2026-H1")).items():
        back = list(frozen_tables(told, parts, with_names=True))
        assert [one.cells for one in back] == [one.cells for one in counted[code]]
        assert [one.value for one in back] == [one.value for one in counted[code]]
        hidden = [one.hidden for one in frozen_tables(told, parts, with_names=False)]
        assert hidden == [hide_small(one).hidden for one in counted[code]]
