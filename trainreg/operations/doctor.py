"""`trainreg doctor`: is this installation sound?"""

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from trainreg.accounts.queries import count_users
from trainreg.certificates.keys.health import look_at_keys
from trainreg.config import Settings
from trainreg.kernel.db import SQLITE_VERSION, db, file_of
from trainreg.operations.database import present_revision, schema_differences
from trainreg.outbox.models import MessageStatus
from trainreg.outbox.queries import count_by_status

NO_ACCOUNT = "There is no account yet: `trainreg user add EMAIL --role administrator` makes the first."
SOUND_SQLITE = (3, 51, 3)  # earlier versions can corrupt a database when the write-ahead log is reset


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    is_good: bool
    sentence: str


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look at settings, database and mail; exit code 1 when something needs care."""
    findings = list(examine(current_app.extensions["settings"]))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_good else 'LOOK'}  {finding.sentence}")
    if not all(finding.is_good for finding in findings):
        sys.exit(1)


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, the worst news included."""
    yield Finding(True, f"The instance folder is {settings.instance}.")
    yield Finding(os.access(settings.instance, os.W_OK), "The instance folder can be written to.")
    yield _secret(settings.instance / "secret-key")
    yield Finding(True, f"Links in mails and on papers begin with {settings.base_url}.")
    yield from _proxies(settings)
    yield Finding(True, f"Mail goes to {settings.mail_url.split('@')[-1]}.")
    if settings.database_url.startswith("sqlite"):
        yield _sqlite()
        yield from _file_of(settings)
    yield from _database()


def _secret(path: Path) -> Finding:
    if not path.exists():
        return Finding(True, "The secret key comes from the settings.")
    mode = stat.S_IMODE(path.stat().st_mode)
    who = "its owner alone" if mode == 0o600 else "others than its owner"
    return Finding(mode == 0o600, f"The secret key is readable by {who} (mode {mode:o}).")


def _proxies(settings: Settings) -> Iterator[Finding]:
    if settings.is_https and not settings.trusted_proxies:
        yield Finding(
            False,
            "No proxy is trusted, so all visitors seem to come from one address and are slowed down together: "
            "set TRAINREG_TRUSTED_PROXIES=1.",
        )


def _sqlite() -> Finding:
    text = ".".join(map(str, SQLITE_VERSION))
    if SQLITE_VERSION >= SOUND_SQLITE:
        return Finding(True, f"SQLite is {text}.")
    return Finding(False, f"SQLite is {text}: versions before 3.51.3 can corrupt the database. Install pysqlite3.")


def _file_of(settings: Settings) -> Iterator[Finding]:
    """SQLite's file holds every name; its journals are created with its own mode."""
    path = file_of(settings.database_url, settings.instance)
    if path is not None and path.is_file():
        mode = stat.S_IMODE(path.stat().st_mode)
        who = "others than its owner" if mode & 0o077 else "its owner alone"
        yield Finding(not mode & 0o077, f"The database is readable by {who} (mode {mode:o}).")


def _database() -> Iterator[Finding]:
    try:
        revision, differences = present_revision(), schema_differences()
    except SQLAlchemyError as error:
        yield Finding(False, f"The database does not answer: {type(error).__name__}.")
        return
    if differences:
        yield Finding(False, f"The schema ({revision or 'empty'}) is not this version's: run `trainreg db upgrade`.")
        return
    yield Finding(True, f"The schema is at {revision}.")
    accounts = count_users()
    yield Finding(accounts > 0, f"Accounts: {accounts}." if accounts else NO_ACCOUNT)
    counts = count_by_status()
    yield Finding(True, f"{counts.get(MessageStatus.WAITING, 0)} messages wait to be sent.")
    gave_up = counts.get(MessageStatus.GAVE_UP, 0)
    yield Finding(gave_up == 0, f"{gave_up} messages could not be sent.")
    yield from (Finding(is_good, sentence) for is_good, sentence in look_at_keys())
    db.session.rollback()
