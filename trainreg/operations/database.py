"""`trainreg db`: the schema."""

import click
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask.cli import AppGroup
from flask_migrate import downgrade as to_older
from flask_migrate import revision as new_revision
from flask_migrate import upgrade as to_newer

from trainreg.kernel.db import Base, db
from trainreg.migrations import FOLDER
from trainreg.totals.service import settle

database = AppGroup("db", help="The database's schema.")


@database.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the schema to the newest revision, or to the one named."""
    upgrade_schema(revision)
    if not schema_differences():
        settle(db.session())  # what a migration left to be counted anew; the first to write need not wait for it
        db.session.commit()
    click.echo(f"The schema is at {present_revision() or 'nothing'}.")


@database.command("downgrade")
@click.argument("revision", default="-1")
@click.confirmation_option(prompt="Going back can drop tables and what they hold. Go on?")
def downgrade(revision: str) -> None:
    """Take the schema one revision back, or to the one named."""
    to_older(directory=str(FOLDER), revision=revision)
    click.echo(f"The schema is at {present_revision() or 'nothing'}.")


@database.command("check")
def check() -> None:
    """Say whether the schema is what this version expects; exit code 1 when it is not."""
    differences = schema_differences()
    if differences:
        raise click.ClickException(
            f"The schema differs in {len(differences)} places; run `trainreg db upgrade`. First: {differences[0]}"
        )
    click.echo("The schema is what this version expects.")


@database.command("revision")
@click.option("-m", "--message", required=True, help="What the change is for.")
def revision(message: str) -> None:
    """Write a migration from the difference between models and database (for developers); read it before use."""
    new_revision(directory=str(FOLDER), message=message, autogenerate=True, rev_id=_next_number())


def _next_number() -> str:
    """Revisions are numbered, so that the folder reads in order."""
    return f"{len(list((FOLDER / 'versions').glob('[0-9]*.py'))) + 1:04d}"


def upgrade_schema(revision: str = "head") -> None:
    """Run the migrations up to a revision."""
    to_newer(directory=str(FOLDER), revision=revision)


def present_revision() -> str | None:
    """The revision the database is at; None for an empty one."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()


def schema_differences() -> list[object]:
    """Where models and database disagree."""
    context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))
