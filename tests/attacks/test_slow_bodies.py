"""Bodies that never end: one of few threads is not held for ever."""

import io
import socket

import pytest
from flask import Flask

from tests.pages import Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.config import load_settings
from trainreg.operations.doctor import examine
from trainreg.web.safety import PATIENCE

FORM = "application/x-www-form-urlencoded"


class Stalled(io.RawIOBase):
    """A line that went dead in the middle of a body."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def read(self, _size: int = -1) -> bytes:
        assert self._line.gettimeout() == PATIENCE, "this would wait for ever"
        raise TimeoutError("timed out")


@pytest.mark.parametrize("path", ["/login", "/e/open/register", "/logout", "/nowhere"])
def test_a_dead_line_is_hung_up(pages: Pages, world: World, path: str) -> None:
    near, far = socket.socketpair()
    with near, far:
        answer = pages.client.post(
            path.replace("open", world.event.slug),
            content_type=FORM,
            headers={"Content-Length": "500"},
            environ_overrides={"gunicorn.socket": near, "wsgi.input": Stalled(near)},
        )
    assert answer.status_code in {400, 404}


def test_a_body_in_time_is_read(pages: Pages, world: World) -> None:
    near, far = socket.socketpair()
    with near, far:
        answers = {"csrf_token": pages.token(), **filled(world.ministry)}
        path = f"/e/{world.event.slug}/register"
        answer = pages.client.post(path, data=answers, environ_overrides={"gunicorn.socket": near})
    assert answer.status_code == 303


def test_the_doctor_asks_for_the_proxy(app: Flask, session: object) -> None:
    """Behind a proxy that is not trusted everybody has one address, and one attacker throttles all."""
    for proxies, expected in (("0", True), ("1", False)):
        given = {"TRAINREG_BASE_URL": "https://training.example.org", "TRAINREG_TRUSTED_PROXIES": proxies}
        settings = load_settings(app.extensions["settings"].instance, given)
        said = [finding.sentence for finding in examine(settings) if not finding.is_good]
        assert any("TRAINREG_TRUSTED_PROXIES" in sentence for sentence in said) is expected
