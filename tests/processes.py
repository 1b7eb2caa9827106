"""Processes of their own for tests, each with the application read already.

Reading it takes seconds of CPU. So one process reads it once and does nothing else (no thread, no open database), and
every other is forked from that one: as much a process of its own as one begun anew.
"""

import multiprocessing

FRESH = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload(
    [
        *("trainreg.domains", "trainreg.app", "trainreg.operations.crowd"),
        *("pytest", "tests.factories", "tests.pages", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread"),
    ]
)
