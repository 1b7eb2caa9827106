"""Sessions, tokens, hosts and proxies: what an attacker holds of another browser opens nothing."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import factories as make
from tests.attacks.doors import FOR_EVERYBODY, MAILS, SHEETS
from tests.attacks.filled import addresses
from tests.attacks.house import House
from tests.attacks.test_roles import ASKED
from tests.factories import PASSWORD
from tests.pages import Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.accounts.models import SignIn
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.correspondence.framing import MAIL_POLICY
from trainreg.kernel.db import Base, db
from trainreg.kernel.permissions import Role
from trainreg.outbox.models import Message
from trainreg.web.throttle import caller

COOKIE = "trainreg"
NEW = "four words and a stone"


def cookie_of(pages: Pages) -> str:
    kept = pages.client.get_cookie(COOKIE)
    assert kept is not None
    return kept.value


def with_cookie(app: Flask, value: str) -> Pages:
    pages = Pages(app)
    pages.client.set_cookie(COOKIE, value)
    return pages


def sign_in(pages: Pages, world: World) -> str:
    page = pages.post("/login", {"email": world.organizer.email, "password": PASSWORD})
    assert page.status == 303
    return cookie_of(pages)


def test_a_planted_session_is_worth_nothing(app: Flask, pages: Pages, world: World) -> None:
    """The attacker's own cookie and token, planted in the victim's browser before signing in."""
    attacker = Pages(app)
    token = attacker.token()
    planted = cookie_of(attacker)
    victim = with_cookie(app, planted)
    sign_in(victim, world)
    assert attacker.get("/desk/").status == 303
    assert victim.client.post("/desk/me/sign-ins/end", data={"csrf_token": token}).status_code == 400
    assert with_cookie(app, planted).get("/desk/").status == 303


def test_a_token_of_another_session_is_refused(app: Flask, pages: Pages, world: World) -> None:
    foreign = Pages(app).sign_in(world.organizer).token()
    pages.sign_in(world.organizer)
    for token in (foreign, "", "x" * 4000, foreign[:-1]):
        assert pages.post("/desk/me/sign-ins/end", token=token).status == 400
    assert pages.post("/desk/me/sign-ins/end").status == 303


def test_a_token_in_the_address_or_a_cookie_is_none(pages: Pages, world: World) -> None:
    token = pages.sign_in(world.organizer).token()
    pages.client.set_cookie("csrf_token", token)
    assert pages.client.post(f"/desk/me/sign-ins/end?csrf_token={token}").status_code == 400


def test_a_new_password_ends_every_other_session(app: Flask, pages: Pages, world: World) -> None:
    stolen = with_cookie(app, sign_in(pages, world))
    other = Pages(app)
    sign_in(other, world)
    assert stolen.get("/desk/me").status == other.get("/desk/me").status == 200
    before = cookie_of(pages)
    assert pages.post("/desk/me/password", {"old_password": PASSWORD, "password": NEW}).status == 303
    assert stolen.get("/desk/me").status == other.get("/desk/me").status == 303
    assert pages.get("/desk/me").status == 200 and cookie_of(pages) != before
    old = pages.post("/login", {"email": world.organizer.email, "password": PASSWORD})
    assert old.status == 401


def test_a_forged_cookie_is_nobody(app: Flask, pages: Pages, world: World) -> None:
    real = sign_in(pages, world)
    payload, _dot, _rest = real.partition(".")
    for forged in (payload, f"{payload}..", real[:-2], "x", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "a" * 4000, "%00"):
        assert with_cookie(app, forged).get("/desk/").location.startswith("/login"), forged[:40]


def test_numbers_and_mails_are_no_session(app: Flask, pages: Pages, world: World) -> None:
    """The cookie names a sign-in by its secret: an account's key, its hash or nothing stands for nobody."""
    sign_in(pages, world)
    kept = db.session.scalars(select(SignIn.token_hash)).one()
    for value in (str(world.organizer.id), world.organizer.email, kept, "", "None", "0"):
        other = Pages(app)
        with other.client.session_transaction() as cookie:
            cookie["_user_id"] = value
        assert other.get("/desk/").status == 303, value


def test_one_account_is_not_tried_without_end(pages: Pages, world: World) -> None:
    """From ever new addresses, in ever new spellings of the name."""
    token, statuses = pages.token(), []
    for number in range(12):
        email = f" {world.organizer.email.upper() if number % 2 else world.organizer.email} "
        body = {"csrf_token": token, "email": email, "password": "wrong every time"}
        statuses.append(
            pages.client.post(
                "/login", data=body, environ_overrides={"REMOTE_ADDR": f"198.51.100.{number}"}
            ).status_code
        )
    assert statuses[0] == 401 and statuses[-1] == 429


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP"])
def test_a_header_is_no_new_address(pages: Pages, world: World, header: str) -> None:
    token, statuses = pages.token(), []
    for number in range(25):
        body = {"csrf_token": token, "email": f"nobody{number}@example.org", "password": "wrong every time"}
        statuses.append(pages.client.post("/login", data=body, headers={header: f"10.0.0.{number}"}).status_code)
    assert statuses[0] == 401 and statuses[-1] == 429


@pytest.fixture
def behind_a_proxy(tmp_path: Path) -> Iterator[Flask]:
    settings = load_settings(
        tmp_path, {"TRAINREG_BASE_URL": "https://training.example.org", "TRAINREG_TRUSTED_PROXIES": "1"}
    )
    app = create_app(settings, TESTING=True)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_behind_one_proxy_only_its_own_word_counts(behind_a_proxy: Flask) -> None:
    """The proxy adds the last address; what stands before it was written by the caller."""

    def seen(forwarded: str) -> str:
        environ = {"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": "127.0.0.1"}
        found: list[str] = []
        behind_a_proxy.before_request_funcs.setdefault(None, []).append(lambda: found.append(caller()))
        behind_a_proxy.test_client().get("/healthz", base_url="https://training.example.org", environ_overrides=environ)
        return found[-1]

    assert seen("203.0.113.9") == seen("1.1.1.1, 203.0.113.9") == seen("a, b, c, 203.0.113.9") == "203.0.113.9"
    assert seen("2001:db8:1:2:aaaa::1") == seen("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::"


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Server", "Forwarded"])
def test_a_proxy_cannot_change_the_host(behind_a_proxy: Flask, header: str) -> None:
    value = "host=evil.example" if header == "Forwarded" else "evil.example"
    client: FlaskClient = behind_a_proxy.test_client()
    answer = client.get("/desk/", base_url="https://training.example.org", headers={header: value})
    assert answer.status_code == 303 and "evil" not in str(answer.headers)


def test_links_in_mails_come_from_the_settings(pages: Pages, world: World) -> None:
    """A host that is trusted for pages still does not get into a mail."""
    token = pages.token()
    body = {"csrf_token": token, **filled(world.ministry)}
    path = f"/e/{world.event.slug}/register"
    forged = pages.client.post(path, data=body, headers={"Host": "evil.example"})
    assert forged.status_code == 400
    answer = pages.client.post(path, data=body, headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 303 and "evil" not in answer.location
    mail = db.session.scalars(select(Message)).one()
    assert "http://localhost/e/" in mail.text and "evil" not in mail.text + mail.html


TARGETS = ["//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "javascript:alert(1)",
           "/\t/evil.example", "\n//evil.example", "/%0d%0aSet-Cookie:x=1", "///evil.example", "https://localhost@evil.example",
           " //evil.example", "data:text/html,x", "/desk/\r\nX: y", "", "evil.example", "/\u2028/x"]  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_leads_away(pages: Pages, house: House, target: str) -> None:
    body = {"email": house.world.organizer.email, "password": PASSWORD}
    answer = pages.post(f"/login?next={quote(target)}", body).response
    landed = answer.headers["Location"]
    assert answer.status_code == 303 and landed.startswith("/") and landed[1:2] not in {"/", "\\"}
    assert "x=1" not in str(answer.headers.getlist("Set-Cookie")) and "X" not in answer.headers
    decide = f"/desk/events/{house.own.registration.event.slug}/registrations/decide"
    landed = pages.post(decide, {"next": target}).location
    assert landed.startswith("/") and landed[1:2] not in {"/", "\\"}


def test_signing_in_takes_as_long_for_nobody(pages: Pages, world: World) -> None:
    """An unknown or closed account costs the same hash as a known one (twice the time would tell them apart)."""
    closed = make.user(Role.VIEWER)
    closed.is_active = False
    db.session.commit()

    def cost(email: str) -> float:
        body = {"csrf_token": token, "email": email, "password": "wrong every time"}
        started = time.process_time()
        assert pages.client.post("/login", data=body).status_code == 401
        return time.process_time() - started

    token = pages.token()
    cost("warm@example.org")
    emails = (world.organizer.email, "nobody@example.org", closed.email)
    costs = [statistics.median(cost(email) for _ in range(5)) for email in emails]
    assert max(costs) < 2 * min(costs), costs


def test_personal_pages_are_kept_nowhere(app: Flask, pages: Pages, house: House) -> None:
    pages.sign_in(house.world.administrator)
    for endpoint, address in addresses(app, "GET", house.values(house.own)):
        answer = pages.client.get(address + ASKED.get(endpoint, ""), buffered=True)
        kept = answer.headers["Cache-Control"]
        is_sheet, is_file = answer.mimetype in SHEETS, answer.mimetype in {"application/pdf", "application/zip"}
        wanted = "private, no-cache" if is_file else "private, no-store" if is_sheet else "no-store"
        allowed = {FOR_EVERYBODY.get(endpoint, wanted), "private, no-store"}  # the last is the strictest of all
        assert kept in allowed, f"{address}: {kept}"
        policy = answer.headers["Content-Security-Policy"]
        assert policy == MAIL_POLICY if endpoint in MAILS else "frame-ancestors 'none'" in policy, address
        assert answer.headers["Referrer-Policy"] == "same-origin" and answer.headers["X-Content-Type-Options"]


@pytest.mark.parametrize(
    "address", ["/static/nothing", "/static/../trainreg/config.py", "/static/%2e%2e/wsgi.py", "/e/x"]
)
def test_the_policy_stands_on_what_is_missing(pages: Pages, address: str) -> None:
    answer = pages.client.get(address)
    assert answer.status_code == 404 and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "KEYS" not in answer.get_data(as_text=True)


def test_sign_ins_do_not_pile_up_secrets(pages: Pages, world: World) -> None:
    sign_in(pages, world)
    with pages.client.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "_fresh", "csrf_token", "_id", "_flashes"}
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1
