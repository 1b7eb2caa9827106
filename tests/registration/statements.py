"""Count what a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The SQL statements run inside, but for savepoints and the look-up of who asks."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        is_own = any(
            word in statement for word in ("SAVEPOINT", "FROM sign_in", "FROM user_account", "FROM role_grant")
        )
        if not is_own:
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
