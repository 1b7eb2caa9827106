"""What a transcript tells, and of whom there is none."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.records.worlds import certify
from tests.registration.statements import counted_statements
from tests.transcript.histories import AT, FIRST, came, many
from tests.world import World
from trainreg.certificates.rules import CertificateState
from trainreg.events.rules import EventKind, EventStatus
from trainreg.kernel.db import db
from trainreg.me.erasure import erase
from trainreg.records.service import merge
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.transcript.content import Entry, compose
from trainreg.transcript.service import Forgotten, MergedAway


def entries(world: World, projects: frozenset[int] | None = None, language: str = "en") -> list[Entry]:
    told = compose(world.bolor, projects, language=language, at=AT)
    return [entry for year in told.years for entry in year.entries]


def test_all_of_a_training(world: World) -> None:
    row = came(world.bolor, world.project, world.ministry, kind=EventKind.TRAINING)
    certify(row, 7)
    [entry] = entries(world)
    assert (entry.what, entry.when) == ("Training · Participant", "2 March 2026 · Ulaanbaatar")
    assert (entry.role, entry.sessions, entry.hours, entry.result) == (
        "Participant", "2 of 2", "6 of 6", "Met the rule",
    )  # fmt: skip
    [paper] = entry.papers
    assert (paper.number, paper.kind, paper.state) == ("P/0007", "Certificate of attendance", "Valid")
    assert paper.address.endswith(f"/v/{7:020d}")
    [entry] = entries(world, language="mn")
    assert "(" not in entry.title and entry.role == "Оролцогч" and entry.result == "Болзол хангасан"


def test_the_latest_stands_first_under_its_year(world: World) -> None:
    for days in (0, 400, 20):
        came(world.bolor, world.project, world.ministry, starts=FIRST - timedelta(days=days))
    told = compose(world.bolor, None, language="en", at=AT)
    assert [(year.name, len(year.entries)) for year in told.years] == [("2026", 2), ("2025", 1)]
    assert told.summary == "3 trainings, 18 hours attended"


def test_the_word_follows_the_event_s_rule(world: World) -> None:
    came(world.bolor, world.project, world.ministry, sessions=1)
    trainer = came(world.bolor, world.project, world.ministry, sessions=1, starts=FIRST - timedelta(days=1))
    trainer.role = RegistrationRole.TRAINER
    came(world.bolor, world.project, world.ministry, sessions=0, starts=FIRST - timedelta(days=2))
    came(world.bolor, world.project, world.ministry, sessions=1, starts=AT - timedelta(hours=3))
    assert [entry.result for entry in entries(world)] == [
        "Not decided yet", "Did not meet the rule", "No rule for this role", "Did not come",
    ]  # fmt: skip


def test_a_rule_that_asks_for_a_test_and_an_evaluation(world: World) -> None:
    row = came(world.bolor, world.project, world.ministry)
    make.plan(row.event, needs_evaluation=True)
    assert [entry.result for entry in entries(world)] == ["Did not meet the rule"]


def test_what_is_no_history(world: World) -> None:
    make.registration(world.event, world.bolor)
    make.registration(make.event(world.project, starts=FIRST), world.bolor, RegistrationStatus.DECLINED)
    called_off = make.event(world.project, starts=FIRST, status=EventStatus.CANCELLED)
    make.registration(called_off, world.bolor)
    assert entries(world) == []


@pytest.mark.parametrize("state", [CertificateState.PREPARED, CertificateState.VOIDED])
def test_papers_that_never_held_are_not_told(world: World, state: CertificateState) -> None:
    certify(came(world.bolor, world.project, world.ministry), 7).state = state
    [entry] = entries(world)
    assert entry.papers == ()


def test_a_revoked_one_is_told_as_such(world: World) -> None:
    certify(came(world.bolor, world.project, world.ministry), 7).state = CertificateState.REVOKED
    [entry] = entries(world)
    assert [paper.state for paper in entry.papers] == ["Revoked"]


def test_other_projects_are_left_out_and_that_is_said(world: World) -> None:
    came(world.bolor, world.project, world.ministry)
    came(world.bolor, world.other_project, world.ministry)
    told = compose(world.bolor, frozenset({world.project.id}), language="en", at=AT)
    assert told.summary.startswith("1 training,") and "may have come to others" in " ".join(told.statements)
    whole = compose(world.bolor, None, language="en", at=AT)
    assert whole.summary.startswith("2 trainings,") and "others" not in " ".join(whole.statements)


def test_none_of_the_forgotten_and_of_the_merged_where_they_are(world: World) -> None:
    came(world.tuya, world.project, world.ministry)
    db.session.commit()
    merge(world.bolor, world.tuya, by=make.STAFF)
    assert len(entries(world)) == 1, "what the merged record held is told with the kept one"
    with pytest.raises(MergedAway):
        compose(world.tuya, None, language="en", at=AT)
    erase(world.bolor, by=make.STAFF)
    with pytest.raises(Forgotten):
        compose(world.bolor, None, language="en", at=AT)


def test_many_trainings_cost_as_many_statements_as_few(world: World) -> None:
    counts = []
    for count in (3, 30):
        many(world.bolor, world.project, world.ministry, count)
        db.session.expire_all()
        with counted_statements() as statements:
            entries(world)
        counts.append(len(statements))
    assert counts[0] == counts[1]
