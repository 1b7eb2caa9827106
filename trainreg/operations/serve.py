"""`trainreg serve` and `trainreg worker`: the production server, and what runs beside it."""

import os
import signal
import subprocess
import sys
from functools import partial

import click
from flask import current_app
from flask.cli import with_appcontext

from trainreg.accounts.queries import count_users
from trainreg.certificates.queries import list_certificates_without_file
from trainreg.certificates.service import record_files
from trainreg.config import Settings
from trainreg.correspondence.tasks import remind_and_thank, write_news
from trainreg.imports.jobs import work_on_imports
from trainreg.jobs.runner import run, spaced, stop_on_signals
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.me.service import answer_requests, forget_old
from trainreg.operations.database import upgrade_schema
from trainreg.operations.doctor import NO_ACCOUNT
from trainreg.outbox.worker import deliver_due
from trainreg.registration.queries import list_events_with_lapsed_offers
from trainreg.registration.service import lapse_offers
from trainreg.web.throttle import forget_full_buckets

EVERY_SECONDS = 2.0


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


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Send waiting messages and keep house until told to stop."""
    settings: Settings = current_app.extensions["settings"]
    writing = (_answer_requests, _lapse_offers, write_news, spaced(remind_and_thank, 30))
    tasks = (*writing, partial(deliver_due, settings), _note_files, work_on_imports, _keep_house)
    run(tasks, every=EVERY_SECONDS, stop=stop_on_signals())


def _answer_requests() -> None:
    """Write the mails with links to own pages: only here is it looked up whether an address is known."""
    answer_requests()
    db.session.commit()


def _lapse_offers() -> None:
    """Give the places of those who did not answer in time to the next who wait, one transaction for each event."""
    for event in list_events_with_lapsed_offers(clock.now()):
        lapse_offers(event)
        db.session.commit()


def _note_files() -> None:
    """Fingerprint the files of certificates whose page was left before it was done, a few at a time."""
    waiting = list_certificates_without_file(limit=20)
    if waiting:
        record_files(waiting)
        db.session.commit()


def _keep_house() -> None:
    forget_full_buckets()
    forget_old()
    db.session.commit()


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
