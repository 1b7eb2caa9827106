"""Servers forked from a process that has loaded the product: loading it takes longer than most of these journeys.

The demonstration of `conftest.py` is the one that is started by its command, from nothing.
"""

import os
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from gunicorn.app import wsgiapp

ROOT = Path(__file__).parents[2]
_context = get_context("forkserver")
_context.set_forkserver_preload(["gunicorn.app.wsgiapp", "trainreg.app"])


def serve(port: int, environment: Mapping[str, str]) -> ForkServerProcess:
    """A server with one worker at that port, the leader of a group of its own."""
    server = _context.Process(target=_run, args=(port, dict(environment)), daemon=True)
    server.start()
    return server


def _run(port: int, environment: dict[str, str]) -> None:
    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [
        *("gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--workers", "1"),
        *("--worker-class", "gthread", "--threads", "4", "--log-level", "error", "--no-control-socket"),
    ]
    wsgiapp.run()
