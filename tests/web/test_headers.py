"""What every answer carries: a strict policy, no caching of what is personal, cookies that stay where they belong."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import PASSWORD
from tests.pages import Pages
from tests.world import World
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.kernel.db import Base, db

PUBLIC = "https://training.example.org"


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser before an installation that is served by https, behind a proxy that is not trusted yet."""
    app = create_app(load_settings(tmp_path, {"TRAINREG_BASE_URL": PUBLIC}), TESTING=True)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/login", 200),
        ("/events", 200),
        ("/healthz", 200),
        ("/nowhere", 404),
        ("/desk/", 303),
        ("/logout", 405),
    ],
)
def test_every_answer_carries_the_policy(pages: Pages, world: World, path: str, status: int) -> None:
    response = pages.client.get(path)
    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_and_carry_a_policy_too(pages: Pages) -> None:
    response = pages.client.get("/static/css/trainreg.css")
    assert response.status_code == 200
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", ""])
def test_a_forged_host_is_refused(pages: Pages, host: str) -> None:
    response = pages.client.get("/login", headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in response.get_data(as_text=True)
    assert "Content-Security-Policy" in response.headers


def test_without_https_nothing_promises_it(pages: Pages) -> None:
    assert "Strict-Transport-Security" not in pages.client.get("/").headers


def test_under_https_browsers_are_told_to_stay(secure: FlaskClient) -> None:
    response = secure.get("/", base_url=PUBLIC)
    assert response.status_code == 200
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


@pytest.mark.slow
def test_cookies_under_https_go_nowhere_else(secure: FlaskClient) -> None:
    cookies = secure.get("/login?lang=mn", base_url=PUBLIC).headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-trainreg", "language"}
    for cookie in cookies:
        parts = {part.strip().casefold() for part in cookie.split(";")}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts
        assert not any(part.startswith("domain") for part in parts)


def test_cookies_are_secure_behind_a_proxy_that_speaks_http(secure: FlaskClient) -> None:
    cookies = secure.get("/login?lang=mn", base_url="http://training.example.org").headers.getlist("Set-Cookie")
    assert cookies and all("Secure" in cookie for cookie in cookies)


def test_signing_in_changes_the_session(pages: Pages, world: World) -> None:
    pages.get("/login")
    before = pages.client.get_cookie("trainreg")
    pages.post("/login", {"email": world.organizer.email, "password": PASSWORD})
    after = pages.client.get_cookie("trainreg")
    assert before is not None and after is not None and before.value != after.value
    assert after.http_only and after.same_site == "Lax"


@pytest.mark.parametrize("path", ["/e/a%00b", "/v/%00", "/desk/?q=%00", "/events?page=%00"])
def test_a_nul_in_an_address_is_no_defect(pages: Pages, world: World, path: str) -> None:
    assert pages.sign_in(world.administrator).get(path).status in {400, 404}


def test_a_body_over_the_limit_is_refused(app: Flask, pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    page = pages.post("/desk/agencies/new", {"name_en": "x" * 300_000})
    assert page.status == 413 and "larger than this page accepts" in page.text


def test_a_body_of_unknown_length_is_limited_too(pages: Pages, world: World) -> None:
    response = pages.client.post(
        "/login",
        input_stream=BytesIO(b"email=" + b"x" * 400_000),
        content_type="application/x-www-form-urlencoded",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert response.status_code in {400, 413}
