"""The demonstration's known passwords never get into a database that somebody works with."""

import pytest
from sqlalchemy.orm import Session

from tests.world import World
from trainreg.accounts.queries import count_users
from trainreg.demo import service
from trainreg.kernel.db import db


@pytest.mark.usefixtures("session")
def test_an_empty_database_is_neither_loaded_nor_in_use() -> None:
    assert not service.is_loaded()
    assert not service.holds_other_data()


def test_a_database_in_use_is_refused_and_stays_as_it_is(world: World) -> None:
    before = count_users()
    assert service.holds_other_data()
    with pytest.raises(service.NotEmpty):
        service.load()
    assert count_users() == before
    assert not service.is_loaded()


def test_half_a_load_leaves_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(*_args: object, **_facts: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("trainreg.demo.history.certificates.issue", power_cut)
    with pytest.raises(RuntimeError):
        service.load()
    db.session.rollback()
    assert count_users() == 0
    assert not service.holds_other_data()
