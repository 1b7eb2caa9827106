"""`trainreg seed`: an invented world of any size."""

import click
from flask.cli import with_appcontext
from sqlalchemy import text

from trainreg.kernel.db import db
from trainreg.operations.crowd import PREFIX, Crowd, is_seeded
from trainreg.totals.service import settle

FEWEST, MOST = 50, 10_000_000


@click.command("seed")
@click.option(
    "--registrations",
    type=click.IntRange(FEWEST, MOST),
    required=True,
    help="How many registrations; three marks of attendance each, a person for five, an event for fifty, a project for "
    "two thousand.",
)
@with_appcontext
def seed(registrations: int) -> None:
    """Fill the database with invented projects, events, people and attendance, the same each time. For measuring."""
    if is_seeded():
        raise click.ClickException(f"This database holds seeded projects ({PREFIX}…) already. Seed a fresh one.")
    Crowd(registrations, click.echo).build()
    settle(db.session())
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    click.echo("Done.")
