"""`trainreg demo`: the reference project, ready to be tried."""

import os

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect

from trainreg.accounts.models import User
from trainreg.config import Settings
from trainreg.demo import service
from trainreg.kernel.db import Base, db
from trainreg.operations.database import upgrade_schema
from trainreg.operations.serve import start_server
from trainreg.programme.models import Project


@click.command("demo")
@click.option("--fresh", is_flag=True, help="Start over: drop everything in the database, after asking.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--serve/--no-serve", "serves", default=True, help="Only load the data, or serve it too.")
@with_appcontext
def demo(fresh: bool, yes: bool, port: int, serves: bool) -> None:
    """Load the reference project and serve it on this machine."""
    settings: Settings = current_app.extensions["settings"]
    address = os.environ.get("TRAINREG_BASE_URL") or f"http://127.0.0.1:{port}"
    current_app.config["BASE_URL"] = address
    _ensure_nobody_works_here()
    if fresh:
        question = f"Everything in {settings.database_url.rsplit('@')[-1]} will be lost. Start over?"
        if not yes:
            click.confirm(question, abort=True)
        _drop_everything()
    upgrade_schema()
    if service.is_loaded():
        click.echo("The demonstration is there already; going on from what it holds.")
    else:
        click.echo("Loading the reference project ...")
        click.echo(str(service.load()))
        db.session.commit()
    click.echo(f"\nOpen {address}\n\nSign in at {address}/login as")
    for sign_in in service.sign_ins():
        click.echo(f"  {sign_in.role:<14} {sign_in.email:<28} {sign_in.password}")
    click.echo(f"\nMails are written to {settings.instance / 'mail'}. Stop with Ctrl+C.\n")
    if serves:
        start_server("127.0.0.1", port, 2, with_worker=True, base_url=address)


def _ensure_nobody_works_here() -> None:
    """Known passwords must not get into real data, and real data must not be dropped for the demonstration."""
    tables = inspect(db.session.connection()).get_table_names()
    holds_other_data = {Project.__tablename__, User.__tablename__} <= set(tables) and service.holds_other_data()
    db.session.rollback()
    if holds_other_data:
        raise click.ClickException(
            "This database holds other data than the demonstration's. Set TRAINREG_INSTANCE to an empty folder."
        )


def _drop_everything() -> None:
    Base.metadata.drop_all(db.engine)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
