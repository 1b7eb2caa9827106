"""Numbers, wildcards and words in addresses: what no page links to answers 404 or 400, and never a 500."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.attacks.filled import fill
from tests.attacks.house import House
from tests.pages import Pages
from trainreg.attendance.models import Attendance
from trainreg.kernel.db import db

pytestmark = pytest.mark.slow

NUMBERS = ["0", "-1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "9" * 400, "1e3",
           "0x1", "1.5", "+1", " 1", "1;DROP", "NaN", "²"]  # fmt: skip
WORDS = ["'", '"', "' OR '1'='1", "%", "_", "\\", "%25", "..", "../../etc/passwd", "{{7*7}}", "%s", "${7*7}",
         "a" * 3000, "\ud7ff", "\u202e", "\x00", "\x7f", "é", "null", "None", "new", ";", "?", "#"]  # fmt: skip
QUERIES = ["page", "sort", "q", "status", "agency", "show", "measure", "outcome", "event", "sex", "session", "lang",
           "code", "next", "unknown"]  # fmt: skip
NONSENSE = [*NUMBERS[2:7], *WORDS[:6], "created_at; --", "person.email", "\x00", "a\x00"]
LISTS = [
    "/desk/events/<slug>/registrations", "/desk/events/<slug>/certificates", "/desk/events/<slug>/attendance",
    "/desk/projects/<code>", "/reports/<code>/rows", "/desk/messages", "/desk/users", "/desk/people",
    "/desk/duplicates", "/events", "/v/",
]  # fmt: skip
NUMBERED = re.compile(r"<int\(max=2147483647\):(\w+)>")


def rules(app: Flask, method: str) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in {"static", "accounts.sign_out"} and method in (rule.methods or set()):
            yield rule.rule


def closed(address: str) -> set[int]:
    """How a room that even an administrator does not enter answers, whatever is asked for."""
    return {401} if address.startswith("/me/") else {403} if address.startswith("/agency/") else set()


def test_every_number_in_an_address_has_a_bound(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert "<int:" not in rule.rule, f"{rule.rule}: databases keep no number of any size"


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_out_of_range(app: Flask, pages: Pages, house: House, number: str) -> None:
    token = pages.sign_in(house.world.administrator).token()
    values = house.values(house.own)
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            for name in NUMBERED.findall(rule):
                address = fill(rule, values | {name: quote(number)})
                body = {"csrf_token": token} if method == "POST" else None
                status = pages.client.open(address, method=method, data=body).status_code
                assert status in {404, 405, *closed(address)}, address


@pytest.mark.parametrize("word", WORDS)
def test_words_in_place_of_names(app: Flask, pages: Pages, house: House, word: str) -> None:
    """Each word at a third of the addresses, another third for the next word: every address meets eight of them."""
    token = pages.sign_in(house.world.administrator).token()
    values = house.values(house.own)
    for method in ("GET", "POST"):
        for rule in islice(sorted(rules(app, method)), WORDS.index(word) % 3, None, 3):
            for name in {"slug", "code", "reference", "receipt", "token"} & set(re.findall(r"<(\w+)>", rule)):
                address = fill(rule, values | {name: quote(word, safe="")})
                body = {"csrf_token": token} if method == "POST" else None
                status = pages.client.open(address, method=method, data=body, buffered=True).status_code
                refusals = {308, 400, 404, 405, 410, 429, *closed(address)}
                assert status in refusals or word == "new", f"{method} {address}: {status}"


@pytest.mark.parametrize("name", QUERIES)
def test_what_is_asked_of_lists(pages: Pages, house: House, name: str) -> None:
    """Nonsense in filters and sorts is left aside or refused; nothing of it reaches the database as words.

    Every list is asked by every name, and both meet every kind of nonsense, though not every three meet.
    """
    pages.sign_in(house.world.administrator)
    values = house.values(house.own)
    for place, rule in enumerate(LISTS, QUERIES.index(name)):
        for value in islice(NONSENSE, place % 3, None, 3):
            address = f"{fill(rule, values)}?{name}={quote(value)}"
            assert pages.client.get(address).status_code < 500, address


def test_what_is_asked_of_every_page(app: Flask, pages: Pages, house: House) -> None:
    pages.sign_in(house.world.administrator)
    values = house.values(house.own)
    asked = []
    for value in map(quote, ("9" * 4500, "'", "%", "\x00")):
        asked.append("&".join(f"{name}={value}&{name}[]=1&{name}[$ne]=2" for name in QUERIES))
        asked.append(f"q=a&q={value}&{value}=1")
    for rule in rules(app, "GET"):
        for query in asked:
            address = f"{fill(rule, values)}?{query}"
            assert pages.client.get(address, buffered=True).status_code < 500, address


def test_a_certificate_is_not_found_by_its_number(pages: Pages, house: House) -> None:
    for guess in (house.own.certificate.register_number, str(house.own.certificate.id), "1", "%"):
        assert pages.get(f"/v/{quote(guess)}").status == 404


def test_a_grid_of_too_many_cells_is_refused(pages: Pages, house: House) -> None:
    """More registrations than a database takes in one statement."""
    token = pages.sign_in(house.world.trainer).token()
    session = house.own.registration.event.sessions[0]
    before = db.session.scalar(select(func.count()).select_from(Attendance))
    body = "&".join([f"csrf_token={quote(token)}", *(f"m.{number}.{session.id}.=late" for number in range(40_000))])
    address = f"/desk/events/{house.own.registration.event.slug}/attendance"
    answer = pages.client.post(address, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Attendance)) == before


def test_as_many_references_as_a_body_holds(pages: Pages, house: House) -> None:
    token = pages.sign_in(house.world.organizer).token()
    address = f"/desk/events/{house.own.registration.event.slug}/registrations/decide"
    body = f"csrf_token={quote(token)}&action=decline&" + "&".join(
        f"registration={number:x}" for number in range(14_000)
    )
    answer = pages.client.post(address, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303


def test_as_many_rows_as_a_body_holds(pages: Pages, house: House) -> None:
    """Session rows nobody can have: answered in seconds, and none is stored."""
    token = pages.sign_in(house.world.organizer).token()
    event = house.own.registration.event
    rows = "&".join(f"sessions-{number}-day=2026-01-01" for number in range(9_999))
    answer = pages.client.post(
        f"/desk/events/{event.slug}/edit",
        data=f"csrf_token={quote(token)}&{rows}",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in {413, 422} and len(answer.data) < 1_000_000
    assert len(event.sessions) == 2


def test_a_circle_of_agencies_ends(pages: Pages, house: House) -> None:
    """Written past the service: lists come to an end all the same."""
    first = make.agency("First")
    second = make.agency("Second", parent_id=first.id)
    first.parent_id = second.id
    db.session.commit()
    pages.sign_in(house.world.administrator)
    for address in ("/desk/agencies", f"/desk/agencies/{first.id}", "/desk/users/new"):
        assert pages.get(address).status == 200
