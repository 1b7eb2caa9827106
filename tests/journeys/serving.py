"""Servers forked from a process that has loaded the product: loading it takes longer than most of these journeys.

The demonstration of `conftest.py` is the one that is started by its command, from nothing.
"""

import os
from collections.abc import Mapping
from multiprocessing.process import BaseProcess

from tests import processes
from tests.processes import FRESH


def serve(port: int, environment: Mapping[str, str]) -> BaseProcess:
    """A server with one worker at that port, the leader of a group of its own."""
    server = FRESH.Process(target=_run, args=(port, dict(environment)), daemon=True)
    server.start()
    return server


def _run(port: int, environment: dict[str, str]) -> None:
    os.setsid()
    os.environ.clear()
    processes.serve("wsgi:app", port, environment, workers=1, log_level="error")
