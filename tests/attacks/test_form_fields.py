"""Hostile bodies for the public form: a 4xx with its sentence, everything kept that can be, nothing half-written."""

import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from sqlalchemy import func, select

from tests.pages import Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Person
from trainreg.registration.models import Registration, Submission

FORM = "application/x-www-form-urlencoded"
TEXT_FIELDS = ("family_name", "given_name", "family_name_latin", "given_name_latin", "position", "email")
EVERY_FIELD = (*TEXT_FIELDS, "agency", "sex", "level", "key", "run_event", "share_name")
HIDDEN = {
    "a NUL": "Са\x00ран",
    "a line break": "Саран\r\nBcc: evil@example.org",
    "an escape": "Саран\x1b[31m",
    "a right-to-left override": "Саран\u202efdp.exe",
    "a direction isolate": "Сар\u2067ан",
    "a zero-width space": "Са\u200bран",
    "a joiner at the end": "Саран\u200d",
    "a soft hyphen": "Са\u00adран",
    "a byte order mark": "\ufeffСаран",
    "a filler": "Саран\u3164",
    "a blank braille": "Саран\u2800",
    "a line separator": "Саран\u2028Бат",
    "a private letter": "Саран\ue000",
    "a noncharacter": "Саран\uffff",
    "a tag letter": "Саран\U000e0041",
    "a variation selector": "Саран\U000e0100",
}


def rows() -> tuple[int | None, ...]:
    models = (Person, Registration, Submission, Message)
    return tuple(db.session.scalar(select(func.count()).select_from(model)) for model in models)


def send(pages: Pages, world: World, fields: Iterable[tuple[str, Any]]) -> Any:
    return pages.client.post(
        f"/e/{world.event.slug}/register",
        data=urlencode([("csrf_token", pages.token()), *fields]),
        content_type=FORM,
    )


@pytest.mark.parametrize("problem", HIDDEN)
def test_hidden_characters(pages: Pages, world: World, problem: str) -> None:
    token, path = pages.token(), f"/e/{world.event.slug}/register"
    for name in TEXT_FIELDS:
        before = rows()
        page = pages.post(path, filled(world.ministry, **{name: HIDDEN[problem]}), token=token)
        if page.status == 303:  # trimmed away, or a mark that changes how a letter looks and nothing else
            person = db.session.scalars(select(Person).order_by(Person.id.desc())).first()
            assert person is not None and problem in {"a variation selector", "a byte order mark"}
            assert "\ufeff" not in person.given_name + person.family_name
        else:
            assert page.status == 422 and page.find_all("a", href=f"#{name}"), name
            assert rows() == before


@pytest.mark.parametrize("value", ["x" * 5000, "я" * 2000, "-1", str(2**63), "null", "[]", "\u0301" * 3000, "'" * 200])
def test_values_no_page_sends(pages: Pages, world: World, value: str) -> None:
    for name in EVERY_FIELD:
        before = rows()
        answer = send(pages, world, {**filled(world.ministry), name: value}.items())
        assert answer.status_code in {303, 400, 422}, f"{name}: {answer.status_code}"
        if answer.status_code != 303:
            assert rows() == before
        else:
            short = name in TEXT_FIELDS and len(value) <= 200
            assert short or name in {"sex", "level", "run_event", "share_name"}  # unknown values mean "not stated"


def test_every_field_left_out_or_sent_twice(pages: Pages, world: World) -> None:
    for name in EVERY_FIELD:
        body = filled(world.ministry)
        assert send(pages, world, [(key, value) for key, value in body.items() if key != name]).status_code < 500
        twice = send(pages, world, [*body.items(), (name, "second"), (f"{name}[]", "third"), (f"{name}[$ne]", "")])
        assert twice.status_code < 500
    assert not any("second" in f"{one.name} {one.email}" for one in db.session.scalars(select(Person)))


def test_ten_thousand_fields(pages: Pages, world: World) -> None:
    many = [(f"f{number}", "") for number in range(3000)]
    assert send(pages, world, [*filled(world.ministry).items(), *many]).status_code == 303
    before = rows()
    assert send(pages, world, [(f"f{number}", "x") for number in range(10_000)]).status_code == 413
    assert rows() == before


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"given_name": "x", "run_event": true}'),
        ("text/plain", b"given_name=x&run_event=y"),
        ("application/xml", b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=", b"--\r\n\r\n"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="given_name"'),
        (f"{FORM}; charset=utf-16", "given_name=x".encode("utf-16")),
        (f"{FORM}; charset=nonsense", b"given_name=x"),
        ("", b"given_name=x"),
        ("\xff/\xff", b"given_name=x"),
    ],
)
def test_bodies_of_another_kind(pages: Pages, world: World, content_type: str, body: bytes) -> None:
    before = rows()
    for path in (f"/e/{world.event.slug}/register", "/login"):
        answer = pages.client.post(path, data=body, content_type=content_type)
        assert answer.status_code in {400, 413, 415, 422}, answer.status_code
    assert rows() == before


@pytest.mark.parametrize("body", ["[]", "[1, 2]", '"x"', "1", "null", '{"given_name": 1}', '{"email": ["x"]}', "{"])
def test_json_is_no_form(pages: Pages, world: World, body: str) -> None:
    """Also from a page of the same browser, which may send its token as a header."""
    headers = {"X-CSRFToken": pages.sign_in(world.administrator).token()}
    for path in (f"/e/{world.event.slug}/register", "/login", "/desk/me", "/desk/projects/new", "/desk/users/new"):
        answer = pages.client.post(path, data=body, content_type="application/json", headers=headers)
        assert answer.status_code in {400, 415, 422}, f"{path}: {answer.status_code}"


@pytest.mark.parametrize("body", [b"\xff\xfe", b"%ff%fe", b"given_name=%ED%A0%80", b"given_name=%C0%80", b"%", b"&&=&"])
def test_bytes_that_are_no_text(pages: Pages, world: World, body: bytes) -> None:
    token = quote_from_bytes(pages.token().encode())
    sent = urlencode(filled(world.ministry, given_name="")).encode() + b"&" + body
    answer = pages.client.post(
        f"/e/{world.event.slug}/register", data=f"csrf_token={token}&".encode() + sent, content_type=FORM
    )
    assert answer.status_code in {400, 422}


def test_files_where_none_are_expected(pages: Pages, world: World) -> None:
    before = rows()
    body = {**filled(world.ministry), "given_name": (io.BytesIO(b"%PDF"), "a.pdf"), "csrf_token": pages.token()}
    answer = pages.client.post(f"/e/{world.event.slug}/register", data=body)
    assert answer.status_code == 422 and rows() == before
    large = {**filled(world.ministry), "photo": (io.BytesIO(b"x" * 100_000), "a.jpg"), "csrf_token": pages.token()}
    assert pages.client.post(f"/e/{world.event.slug}/register", data=large).status_code == 413
    assert rows() == before


@pytest.mark.parametrize(
    "email",
    [
        "a@example.org,b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org%0aBcc:b@example.org",
        '"a\\"@x"@example.org',
        "Bolor <a@example.org>",
        "a@[127.0.0.1]",
        "a@localhost",
        "a@example.org ",
        "-oQ/tmp@example.org\u0085",
        "a@exa\u202emple.org",
        "=cmd|'/c calc'!A1@example.org",
        "x" * 250 + "@example.org",
    ],
)
def test_addresses_that_would_reach_others(pages: Pages, world: World, email: str) -> None:
    page = pages.post(f"/e/{world.event.slug}/register", filled(world.ministry, email=email))
    kept = db.session.scalars(select(Message.recipient)).all()
    assert page.status in {303, 422}
    assert all(address.count("@") == 1 and not set(address) & set(' ,;<>\r\n\t"') for address in kept), kept


def test_a_body_over_the_limit_of_its_route(pages: Pages, world: World) -> None:
    """The public form takes 32 kB, whatever its length is said to be."""
    body = urlencode({**filled(world.ministry), "position": "x" * 40_000}).encode()
    path = f"/e/{world.event.slug}/register"
    assert pages.client.post(path, data=body, content_type=FORM).status_code == 413
    for headers in (
        {"Content-Length": "10"},
        {"Content-Length": "-1"},
        {"Content-Length": "x"},
        {"Content-Length": ""},
    ):
        answer = pages.client.post(path, input_stream=io.BytesIO(body), content_type=FORM, headers=headers)
        assert answer.status_code in {400, 413, 422}, headers
    assert rows()[1:] == (0, 0, 0)
