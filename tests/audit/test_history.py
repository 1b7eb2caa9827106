"""What happened is written down, read as sentences, and never changed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories as make
from tests.factories import NOW, STAFF
from trainreg.audit.models import AuditEntry, HistoryIsKept
from trainreg.audit.queries import history_of
from trainreg.audit.sentences import sentence
from trainreg.audit.service import describes, record, record_each
from trainreg.kernel.actor import COMMAND_LINE, OFFICIAL
from trainreg.kernel.db import db


def test_a_line_says_who_did_what_when(session: Session) -> None:
    agency = make.agency()
    record("user.granted", agency, by=STAFF, role="trainer", at=NOW)
    line = history_of(agency)[0]
    assert (line.sentence, line.actor_label, line.at) == ("Role granted: Trainer", "Test Staff", NOW)


def test_the_newest_line_stands_first(session: Session) -> None:
    agency = make.agency()
    for action in ("agency.created", "agency.edited", "agency.retired"):
        record(action, agency, by=STAFF)
    assert [line.sentence for line in history_of(agency, limit=2)] == ["Agency no longer offered", "Agency edited"]


def test_a_history_is_of_one_thing(session: Session) -> None:
    one, other = make.agency(), make.agency()
    project = make.project(id=one.id)
    record("agency.created", one, by=COMMAND_LINE)
    assert history_of(other) == [] and history_of(project) == []


def test_an_official_has_no_name_in_histories(session: Session) -> None:
    agency = make.agency()
    record("agency.edited", agency, by=OFFICIAL)
    assert history_of(agency)[0].actor_label == ""


def test_an_action_needs_a_sentence(session: Session) -> None:
    agency = make.agency()
    with pytest.raises(KeyError, match="no sentence"):
        record("agency.enchanted", agency, by=STAFF)
    with pytest.raises(KeyError, match="no sentence"):
        record_each([("agency.enchanted", agency, {})], by=STAFF)


def test_an_action_has_one_sentence() -> None:
    with pytest.raises(ValueError, match=r"agency\.created"):
        describes({"agency.created": "Said otherwise"})


def test_many_lines_are_written_at_once(session: Session) -> None:
    agencies = [make.agency() for _ in range(3)]
    record_each([("agency.edited", agency, {"code": agency.code}) for agency in agencies], by=STAFF)
    assert all(len(history_of(agency)) == 1 for agency in agencies)
    record_each([], by=STAFF)


def test_a_line_is_written_about_a_thing_that_is_new(session: Session) -> None:
    agency = make.Agency(code="new", name={"en": "New"})
    db.session.add(agency)
    record("agency.created", agency, by=STAFF)
    record_each([("agency.edited", agency, {})], by=STAFF)
    db.session.flush()
    assert [line.sentence for line in history_of(agency)] == ["Agency edited", "Agency created"]


def test_nothing_is_written_about_a_thing_that_never_came(session: Session) -> None:
    agency = make.Agency(code="new", name={"en": "New"})
    with pytest.raises(ZeroDivisionError), db.session.begin_nested():
        record("agency.created", agency, by=STAFF)
        raise ZeroDivisionError
    db.session.add(make.Agency(code="other", name={"en": "Other"}))
    db.session.flush()
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_old_lines_read_after_their_sentence_changed(session: Session) -> None:
    entry = noted("user.granted")
    assert sentence(entry) == "Role granted: …"
    entry.action = "forgotten.action"
    assert sentence(entry) == "forgotten.action"
    db.session.expunge(entry)


def noted(action: str) -> AuditEntry:
    agency = make.agency()
    record(action, agency, by=STAFF)
    return db.session.scalars(select(AuditEntry)).one()


def test_history_is_kept(session: Session) -> None:
    entry = noted("agency.edited")
    with pytest.raises(HistoryIsKept), db.session.begin_nested():
        entry.actor_label = "Somebody else"
        db.session.flush()
    kept = db.session.get_one(AuditEntry, entry.id)
    assert kept.actor_label == "Test Staff"
    with pytest.raises(HistoryIsKept), db.session.begin_nested():
        db.session.delete(kept)
        db.session.flush()
