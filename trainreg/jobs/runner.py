"""The worker: runs the standing tasks again and again until it is told to stop."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence

from trainreg.kernel.db import db
from trainreg.kernel.logs import traced

log = logging.getLogger(__name__)
Task = Callable[[], object]


def run(tasks: Sequence[Task], *, every: float, stop: threading.Event) -> None:
    """Run each task, wait `every` seconds, and again. A task that fails is logged and tried in the next round."""
    while not stop.is_set():
        for task in tasks:
            try:
                task()
            except Exception as error:
                log.error("a standing task failed: %s", traced(error))
            finally:
                db.session.remove()
        stop.wait(every)


def spaced(task: Task, seconds: float) -> Task:
    """The task, for most rounds left out: at most once in so many seconds."""
    last = [float("-inf")]

    def now_and_then() -> None:
        if time.monotonic() - last[0] >= seconds:
            last[0] = time.monotonic()
            task()

    return now_and_then


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set, so that the worker ends between two tasks."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop
