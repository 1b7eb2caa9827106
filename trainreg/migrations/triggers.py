"""Triggers that note which registrations were touched: no way of writing goes past them.

They are dropped while the schema is migrated (a rebuilt table would lose or break them) and created after it.
"""

from sqlalchemy import Connection, inspect

_TOUCHED = (
    ("attendance", "INSERT", "", "SELECT NEW.registration_id AS id"),
    ("attendance", "DELETE", "", "SELECT OLD.registration_id AS id"),
    (
        "attendance",
        "UPDATE",
        "registration_id, session_id, state",
        "SELECT OLD.registration_id AS id UNION SELECT NEW.registration_id",
    ),
    (
        "registration",
        "UPDATE",
        "event_id, person_id, role, status, agency_id, sex, level, province",
        "SELECT NEW.id AS id",
    ),
    ("registration", "DELETE", "", "SELECT OLD.id AS id"),
    (
        "session",
        "UPDATE",
        "event_id, status, day_share, starts_at, timezone",
        "SELECT DISTINCT registration_id AS id FROM attendance WHERE session_id = NEW.id",
    ),
    ("event", "UPDATE", "project_id, status, kind", "SELECT id FROM registration WHERE event_id = NEW.id"),
    ("certificate", "INSERT", "", "SELECT NEW.registration_id AS id"),
    ("certificate", "DELETE", "", "SELECT OLD.registration_id AS id"),
    (
        "certificate",
        "UPDATE",
        "registration_id, kind, state, issued_at",
        "SELECT OLD.registration_id AS id UNION SELECT NEW.registration_id",
    ),
)
NAMES = tuple(f"tally_{table}_{verb.lower()}" for table, verb, _columns, _touched in _TOUCHED)


def create_triggers(connection: Connection) -> None:
    """Create them anew, where the tables are there."""
    tables = set(inspect(connection).get_table_names())
    if not {"tally_due", *(table for table, *_rest in _TOUCHED)} <= tables:
        return
    drop_triggers(connection)
    create = _for_sqlite if connection.dialect.name == "sqlite" else _for_postgresql
    for table, verb, columns, touched in _TOUCHED:
        create(connection, table, verb, f"{verb} OF {columns}" if columns else verb, touched)


def drop_triggers(connection: Connection) -> None:
    """As if they had never been."""
    tables = set(inspect(connection).get_table_names())
    for name, (table, *_rest) in zip(NAMES, _TOUCHED, strict=True):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        else:
            if table in tables:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


def _for_sqlite(connection: Connection, table: str, verb: str, what: str, touched: str) -> None:
    # Not INSERT OR IGNORE: the outer statement's own OR would stand in its place.
    connection.exec_driver_sql(
        f"CREATE TRIGGER tally_{table}_{verb.lower()} AFTER {what} ON {table} BEGIN "  # noqa: S608 - our own words
        f"INSERT INTO tally_due SELECT id FROM ({touched}) AS touched "
        "WHERE id NOT IN (SELECT registration_id FROM tally_due WHERE registration_id = touched.id); END"
    )


def _for_postgresql(connection: Connection, table: str, verb: str, what: str, touched: str) -> None:
    name = f"tally_{table}_{verb.lower()}"
    connection.exec_driver_sql(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608 - our own words
        f"INSERT INTO tally_due SELECT id FROM ({touched}) AS touched ON CONFLICT DO NOTHING; "
        "RETURN NULL; END $$"
    )
    connection.exec_driver_sql(f"CREATE TRIGGER {name} AFTER {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
