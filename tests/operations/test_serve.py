"""`trainreg serve` and `trainreg demo` wait for the server they started, and are in nobody's way meanwhile."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from trainreg.kernel.db import db
from trainreg.operations import serve


def test_whoever_waits_for_the_server_holds_no_lock(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []

    class Child:
        def __init__(self, *_arguments: object, **_environment: object) -> None:
            pass

        def wait(self) -> int:
            held.append(db.session().in_transaction())
            return 0

    monkeypatch.setattr(serve.subprocess, "Popen", Child)
    monkeypatch.setattr(serve.signal, "signal", lambda *_: None)
    session.execute(text("SELECT 1"))
    with pytest.raises(SystemExit):
        serve.start_server("127.0.0.1", 8000, 1, with_worker=False)
    assert held == [False]
