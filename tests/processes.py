"""Processes of their own for tests, each with the application read already.

Reading it takes seconds of CPU. So one process reads it once and does nothing else (no thread, no open database), and
every other is forked from that one: as much a process of its own as one begun anew.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from gunicorn.app import wsgiapp

ROOT = Path(__file__).parents[1]
# There is one such process for each that tests: what it reads beforehand is said here and nowhere else.
FRESH = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload(
    [
        *("trainreg.domains", "trainreg.app", "trainreg.operations.crowd"),
        *("pytest", "tests.factories", "tests.pages", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread"),
    ]
)


def serve(wsgi: str, port: int, environment: Mapping[str, str], *, workers: int, log_level: str) -> None:
    """What the command `gunicorn` does, in this process."""
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.argv = [
        *("gunicorn", wsgi, "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", str(workers)),
        *("--threads", "4", "--log-level", log_level, "--no-control-socket"),
    ]
    wsgiapp.run()
