"""`trainreg worker`: what runs beside the server, again and again."""

from functools import partial

import click
from flask import current_app
from flask.cli import with_appcontext

from trainreg.certificates.tasks import issue_and_draw, lapse_and_remind
from trainreg.config import Settings
from trainreg.correspondence.tasks import remind_and_thank, write_news
from trainreg.exporting.worker import Preparing, forget_old_files
from trainreg.imports.jobs import work_on_imports
from trainreg.jobs.runner import run, spaced, stop_on_signals
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.me.service import answer_requests, forget_old
from trainreg.operations.duplicates import find_duplicates
from trainreg.outbox.worker import deliver_due
from trainreg.registration.queries import list_events_with_lapsed_offers
from trainreg.registration.service import lapse_offers
from trainreg.web.throttle import forget_full_buckets

EVERY_SECONDS = 2.0
SECONDS_TO_LET_GO = 5.0


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Send waiting messages and keep house until told to stop."""
    settings: Settings = current_app.extensions["settings"]
    writing = (_answer_requests, give_places_of_no_answer, write_news, spaced(remind_and_thank, 30))
    keeping = (issue_and_draw, spaced(lapse_and_remind, 300), find_duplicates, work_on_imports, _keep_house)
    stop = stop_on_signals()
    preparing = Preparing(stop)
    files = (preparing, spaced(forget_old_files, 60))
    run((*writing, *files, partial(deliver_due, settings), *keeping), every=EVERY_SECONDS, stop=stop)
    preparing.wait(SECONDS_TO_LET_GO)


def _answer_requests() -> None:
    """Write the mails with links to own pages: only here is it looked up whether an address is known."""
    answer_requests()
    db.session.commit()


def give_places_of_no_answer() -> None:
    """Give the places of those who did not answer in time to the next who wait, one transaction for each event."""
    for event in list_events_with_lapsed_offers(clock.now()):
        lapse_offers(event)
        db.session.commit()


def _keep_house() -> None:
    forget_full_buckets()
    forget_old()
    db.session.commit()
