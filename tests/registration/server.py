"""A real server of its own, and people who press its buttons at the same moment."""

import http.client
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from tests import databases
from tests.processes import FRESH, serve
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.kernel.db import Base, db

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Browser:
    """One visitor: a connection, cookies, and the form token of the last page."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""

    def get(self, path: str) -> int:
        return self._ask("GET", path, None)

    def post(self, path: str, data: list[tuple[str, str]]) -> int:
        token = TOKEN.search(self.page)
        assert token is not None, f"no form on the page: {self.page[:300]}"
        return self._ask("POST", path, urlencode([("csrf_token", token.group(1)), *data]))

    def send(self, path: str, data: dict[str, str]) -> int:
        """A form of a server that asks for no token."""
        return self._ask("POST", path, urlencode(data))

    def value_of(self, name: str) -> str:
        found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', self.page)
        assert found is not None
        return found.group(1)

    def _ask(self, method: str, path: str, body: str | None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        self.page = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return response.status


@dataclass
class Server:
    """Where it listens, and an application on the same database to prepare and to look."""

    port: int
    app: Flask
    pid: int


@contextmanager
def running(folder: Path, wsgi: str) -> Iterator[Server]:
    """gunicorn with two workers of four threads on a fresh database of its own; gone afterwards."""
    with databases.fresh(folder) as url:
        environment = {
            "TRAINREG_INSTANCE": str(folder),
            "TRAINREG_DATABASE_URL": url,
            # A hundred people on one machine share one throttle, whose row would stand in for the missing lock.
            "TRAINREG_REGISTRATIONS_PER_MINUTE": "0",
        }
        app = create_app(load_settings(folder, environment))
        with app.app_context():
            Base.metadata.create_all(db.engine)
        port = _free_port()
        server = FRESH.Process(
            target=serve, args=(wsgi, port, environment), kwargs={"workers": 2, "log_level": "warning"}
        )
        server.start()
        assert server.pid is not None
        try:
            _wait_for(port, server)
            yield Server(port, app, server.pid)
        finally:
            server.terminate()
            server.join(timeout=30)
            with app.app_context():
                db.engine.dispose()


def all_at_once(tasks: list[Callable[[], int]]) -> Counter[int]:
    """Start every task at the same moment; the statuses they got, counted."""
    gate = threading.Barrier(len(tasks))

    def start(task: Callable[[], int]) -> int:
        gate.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return Counter(pool.map(start, tasks))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int, server: BaseProcess) -> None:
    for _attempt in range(300):
        assert server.is_alive(), "the server ended before it answered"
        try:
            if Browser(port).get("/healthz") == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within 30 seconds")
