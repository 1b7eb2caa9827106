"""The worker's share: one file at a time, in a thread of its own, so that mails and all else do not wait for it."""

from threading import Event, Thread

from flask import Flask, current_app

from trainreg.exporting import claims
from trainreg.exporting.claims import Claim, ClaimLost
from trainreg.exporting.making import make
from trainreg.exporting.service import forget_old
from trainreg.kernel.db import db


class Preparing:
    """A standing task: begins the next file when none is being made, else gives a sign of life for it.

    The sign of life comes from outside the thread, which may wait long for a single answer of the database.
    """

    def __init__(self, stop: Event) -> None:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        self.app, self.stop = app, stop
        self.thread: Thread | None = None
        self.claim: Claim | None = None

    def __call__(self) -> None:
        if self.claim is not None and self.thread is not None and self.thread.is_alive():
            self._renew(self.claim)
            return
        self.claim = claims.take_next()
        if self.claim is not None:
            self.thread = Thread(target=self._make, args=(self.claim,), name="export", daemon=True)
            self.thread.start()

    def wait(self, seconds: float) -> None:
        """At the end of the worker: the thread notices `stop` and lets its file go; one that cannot is left behind."""
        if self.thread is not None:
            self.thread.join(seconds)

    def _make(self, claim: Claim) -> None:
        with self.app.app_context():
            make(claim, stopped=self.stop.is_set)

    @staticmethod
    def _renew(claim: Claim) -> None:
        try:
            claims.keep(claim)
        except ClaimLost:  # made, thrown away or failed a moment ago
            db.session.rollback()
        else:
            db.session.commit()


def forget_old_files() -> None:
    forget_old()
    db.session.commit()
