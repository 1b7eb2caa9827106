"""A period that was handed in stays as it was; what changes afterwards is shown, with the rows that did it."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import factories as make
from tests.factories import STAFF
from tests.framework.telling import FIRST, framework, indicator, saved, target
from tests.pages import Pages
from tests.reporting.attending import attends
from tests.reporting.worlds import mark
from tests.world import World
from trainreg.framework import handing_in, refusals
from trainreg.framework.models import FrozenRow, HandedIn, ReportingPeriod
from trainreg.framework.queries import get_period, list_indicators
from trainreg.framework.rules import CountingRule
from trainreg.framework.service import save_framework
from trainreg.kernel.db import db
from trainreg.records.service import merge
from trainreg.registration.rules import RegistrationStatus
from trainreg.reporting.counting.freezing import freeze
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.indicators import Progress

MARCH = datetime(2026, 3, 2, 1, tzinfo=UTC)
BOTH = (indicator(), indicator("1.b", CountingRule.UNIQUE_PERSONS))


def set_up(world: World) -> ReportingPeriod:
    """Bolor attends two events of the first half-year; it is the year's end."""
    world.project.starts_on = FIRST.starts_on.replace(year=2025)
    saved(world.project, indicators=BOTH)
    for number in range(2):
        event = make.event(world.project, starts=MARCH.replace(day=2 + number))
        attends(event, world.bolor, agency=world.ministry)
    return get_period(world.project.id, "2026-H1")


def handed_in(world: World) -> HandedIn:
    period = set_up(world)
    frozen = freeze(period, list_indicators(world.project.id), facts_of(world.project))
    row = handing_in.hand_in(period, frozen, by=STAFF)
    db.session.commit()
    db.session.expire_all()
    return row


def changed(world: World) -> dict[str, tuple[int, int, int]]:
    """By indicator: reported, now, and how many rows made the difference."""
    db.session.flush()
    db.session.expire_all()
    told = Progress(world.project, with_names=True)
    found = told.differences(next(one for one in told.periods if one.code == "2026-H1"))
    return {one.code: (int(one.reported or 0), int(one.now or 0), len(one.changes)) for one in found if one.is_changed}


def test_its_figures_are_kept_with_their_digest_and_rows(world: World) -> None:
    row = handed_in(world)
    told = json.loads(row.figures)
    assert sha256(row.figures.encode()).hexdigest() == row.figures_sha256
    assert row.figures == json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert [(one["code"], one["value"], one["target"]) for one in told["indicators"]] == [
        ("1.a", "2", "2"),
        ("1.b", "1", None),
    ]
    assert [one["by"] for one in told["indicators"][0]["breakdowns"]] == [["sex"], ["sex", "agency"]]
    assert len(row.rows) == 2
    assert "Болор" not in row.figures + str([one.snapshot for one in row.rows])
    assert changed(world) == {}


def test_somebody_marked_later_shows_as_a_difference(world: World) -> None:
    row = handed_in(world)
    event = row.rows[0].registration.event
    attends(event, world.tuya, agency=world.border)
    assert changed(world) == {"1.a": (2, 3, 1), "1.b": (1, 2, 1)}


def test_a_registration_taken_back_shows_as_a_difference(world: World) -> None:
    row = handed_in(world)
    row.rows[0].registration.status = RegistrationStatus.CANCELLED
    assert changed(world) == {"1.a": (2, 1, 1)}  # the person still counts, by the other event


def test_two_who_are_one_show_as_a_difference(world: World) -> None:
    period = set_up(world)
    attends(make.event(world.project, starts=MARCH), world.tuya)
    frozen = freeze(period, list_indicators(world.project.id), facts_of(world.project))
    handing_in.hand_in(period, frozen, by=STAFF)
    merge(world.bolor, world.tuya, by=STAFF)
    assert changed(world) == {"1.b": (2, 1, 1)}


def test_an_indicator_edited_since_is_held_against_the_rule_it_had(world: World) -> None:
    handed_in(world)
    rules = (indicator("1.b", CountingRule.UNIQUE_PERSONS), indicator(rule=CountingRule.PERSON_DAYS))
    saved(world.project, indicators=rules)
    assert changed(world) == {}


def test_nothing_of_a_locked_period_is_edited(world: World) -> None:
    handed_in(world)
    for values in (
        {"targets": (target("1.a", "2026-H1", 99),)},
        {"targets": ()},
        {"periods": (), "targets": ()},
        {"indicators": (), "targets": ()},
    ):
        with pytest.raises(refusals.PeriodLocked) as refused:
            save_framework(world.project, framework(**({"indicators": BOTH} | values)), by=STAFF)
        assert "2026-H1 was handed in" in str(refused.value)
        db.session.rollback()
    saved(world.project, indicators=BOTH, targets=(target("1.a", "2026-H1", 2), target("1.a", "2026-H2", 5)))


def test_it_is_handed_in_once_and_only_when_it_is_over(world: World) -> None:
    handed_in(world)
    period = get_period(world.project.id, "2026-H1")
    with pytest.raises(refusals.AlreadyHandedIn):
        handing_in.ensure_can_be_handed_in(period)
    with pytest.raises(refusals.NotOver):
        handing_in.ensure_can_be_handed_in(get_period(world.project.id, "2026-H2"))


def test_reopened_with_a_reason_it_can_be_handed_in_again(world: World, session: Session) -> None:
    first = handed_in(world)
    period = get_period(world.project.id, "2026-H1")
    with pytest.raises(refusals.NoReason):
        handing_in.reopen(period, reason="  ", by=STAFF)
    handing_in.reopen(period, reason="A list came late", by=STAFF)
    with pytest.raises(refusals.NotHandedIn):
        handing_in.reopen(period, reason="Again", by=STAFF)
    attends(first.rows[0].registration.event, world.tuya)
    frozen = freeze(period, list_indicators(world.project.id), facts_of(world.project))
    second = handing_in.hand_in(period, frozen, by=STAFF)
    assert (len(second.rows), len(first.rows)) == (3, 2)
    assert session.scalar(select(func.count()).select_from(FrozenRow)) == 5
    assert changed(world) == {}


def test_the_pages_hand_in_show_the_difference_and_reopen(pages: Pages, world: World) -> None:
    set_up(world)
    pages.sign_in(world.me_officer)
    here = f"/reports/{world.project.code}/periods/2026-H1"
    assert pages.post(f"{here}/hand-in").status == 303
    assert "Nothing has changed since it was handed in." in pages.get(here).text
    event = db.session.scalars(select(HandedIn)).one().rows[0].registration.event
    registration = make.registration(event, world.tuya, agency=world.border)
    mark(registration.id, event.sessions[0].id)
    db.session.commit()
    page = pages.get(here)
    assert "reported 2, now 3" in page.text
    assert "Туяа" in page.text
    assert pages.post(f"{here}/hand-in").status == 409
    assert pages.post(f"{here}/reopen", {"reason": ""}).status == 422
    pages.sign_in(world.organizer)
    assert pages.post(f"{here}/reopen", {"reason": "A list came late"}).status == 403
    pages.sign_in(world.me_officer)
    assert pages.post(f"{here}/reopen", {"reason": "A list came late"}).status == 303
    assert "A list came late" in pages.get(here).text


def test_a_viewer_sees_figures_and_no_rows(pages: Pages, world: World) -> None:
    handed_in(world)
    pages.sign_in(world.viewer)
    base = f"/reports/{world.project.code}"
    assert "Туяа" not in pages.get(f"{base}/periods/2026-H1").text
    assert "not told" in pages.get(f"{base}/results").text
    assert "not told" in pages.get(f"{base}/results/1.a?period=2026-H1").text
    assert pages.get(f"{base}/results/1.a/rows").status == 403
    pages.sign_in(world.me_officer)
    assert "Болор" in pages.get(f"{base}/results/1.a/rows?period=2026-H1&sex=female").text
    assert "Nothing is counted here." in pages.get(f"{base}/results/1.a/rows?sex=male").text
    assert pages.get(f"{base}/results/1.a/rows?sekx=male").status == 422
    assert "Officials trained" in pages.get(f"/desk/projects/{world.project.code}").text
