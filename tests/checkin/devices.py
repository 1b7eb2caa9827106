"""A device at the door as the server sees it: signed in, with its own id, handing in scans over HTTP."""

import http.client
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from tests import factories as make
from tests.registration.server import Browser


@dataclass
class Device:
    """One telephone; `Browser` holds its cookies."""

    port: int
    slug: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    token: str = ""
    browser: Browser = field(init=False)

    def __post_init__(self) -> None:
        self.browser = Browser(self.port)

    def sign_in(self, email: str) -> "Device":
        assert self.browser.get("/login") == 200
        answer = self.browser.post("/login", [("email", email), ("password", make.PASSWORD)])
        assert answer == 303, self.browser.page[:300]
        self.ask("GET", "list.json")
        return self

    def scan(self, code: str, **said: Any) -> dict[str, Any]:
        """Hand one scan in; its answer."""
        [answer] = self.hand_in({"id": str(uuid.uuid4()), "kind": "qr", "code": code, "at": now(), **said})
        return answer

    def hand_in(self, *scans: dict[str, Any]) -> list[dict[str, Any]]:
        body = {"device": self.id, "now": now(), "language": "en", "scans": list(scans)}
        answers: list[dict[str, Any]] = json.loads(self.ask("POST", "sync", body))["scans"]
        return answers

    def ask(self, method: str, name: str, body: dict[str, Any] | None = None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.token}
        connection.request(
            method, f"/checkin/{self.slug}/{name}", json.dumps(body) if body is not None else None, headers
        )
        response = connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.browser.cookies[name] = value
        connection.close()
        assert response.status == 200, f"{response.status}: {text[:300]}"
        self.token = response.headers.get("X-Form-Token") or self.token
        return text


def now() -> int:
    """This moment as devices say it."""
    return int(time.time() * 1000)
