"""`trainreg serve`: the production server."""

import os
import signal
import subprocess
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from trainreg.accounts.queries import count_users
from trainreg.kernel.db import db
from trainreg.operations.database import upgrade_schema
from trainreg.operations.doctor import NO_ACCOUNT


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes; one per core.")
@click.option("--with-worker/--without-worker", default=True, show_default=True, help="Send mail from here too.")
@with_appcontext
def serve(host: str, port: int, workers: int, with_worker: bool) -> None:
    """Bring the schema up to date and serve the application with gunicorn."""
    upgrade_schema()
    if not count_users():
        click.echo(NO_ACCOUNT)
    click.echo(f"Serving {current_app.config['BASE_URL']} on {host}, port {port}. Stop with Ctrl+C.")
    start_server(host, port, workers, with_worker=with_worker)


def start_server(host: str, port: int, workers: int, *, with_worker: bool, base_url: str | None = None) -> None:
    """Become gunicorn's parent (and the worker's) and stay until both end; ends with gunicorn's exit code."""
    db.session.rollback()  # what was read so far began a transaction, and on SQLite that holds the one write lock
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn = [
        *(sys.executable, "-m", "gunicorn", "trainreg.wsgi:app", "--bind", bind, "--worker-class", "gthread"),
        *("--workers", str(workers), "--threads", "4", "--max-requests", "20000", "--max-requests-jitter", "2000"),
        *("--timeout", "60", "--graceful-timeout", "20", "--limit-request-line", "4094"),
        *("--log-level", "warning", "--no-control-socket"),
        *("--forwarder-headers", ""),  # no header says which page is asked for
    ]
    environment = {**os.environ, "TRAINREG_INSTANCE": str(current_app.instance_path)}
    if base_url is not None:
        environment["TRAINREG_BASE_URL"] = base_url
    children = [subprocess.Popen(gunicorn, env=environment)]  # noqa: S603 - our own arguments only
    if with_worker:
        own = [sys.executable, "-m", "trainreg", "worker"]
        children.append(subprocess.Popen(own, env=environment))  # noqa: S603 - as above

    def pass_on(number: int, _frame: object) -> None:
        for child in children:
            child.send_signal(number)

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, pass_on)
    code = children[0].wait()
    for child in children[1:]:
        child.terminate()
        child.wait()
    sys.exit(code)
