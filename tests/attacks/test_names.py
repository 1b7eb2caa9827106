"""Names and contacts reach those who may see them, and nobody else: every page and every link on it is opened."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.attacks.filled import addresses
from tests.attacks.house import House
from tests.attacks.test_roles import ADMITTED
from tests.pages import Pages

pytestmark = pytest.mark.slow

MOST_PAGES = 150
LINK = re.compile(r'<a\b[^>]*\shref="([^"]+)"')
ELSEWHERE = re.compile(r"/(?:me|v|login|static)/|.*(?:/received/|[?&]lang=)")


def crawl(app: Flask, pages: Pages, house: House) -> dict[str, str]:
    """Every address of both projects, and every link found on the way: what each answered, headers included."""
    waiting = [
        address
        for secret in (house.own, house.other)
        for _endpoint, address in addresses(app, "GET", house.values(secret))
    ]
    waiting = [one for one in waiting if not ELSEWHERE.match(one)]
    found: dict[str, str] = {}
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        if address in found:
            continue
        answer = pages.client.get(address, buffered=True)
        assert answer.status_code < 500, address
        headers = str([(name, value) for name, value in answer.headers if name != "Set-Cookie"])
        text = unescape(answer.get_data().decode(errors="replace"))
        found[address] = (text + headers).replace(address, "")
        links = [*LINK.findall(text), urlsplit(answer.location or "/").path]
        waiting += [one.partition("#")[0] for one in links if one.startswith("/") and not ELSEWHERE.match(one)]
    return found


def pages_that_show(secrets: set[str], found: dict[str, str]) -> list[str]:
    return [address for address, text in found.items() if any(secret in text for secret in secrets)]


@pytest.mark.parametrize("role", ["viewer", "nobody", "focal_point", "trainer", "me_officer", "organizer"])
def test_what_a_role_can_read(app: Flask, pages: Pages, house: House, role: str) -> None:
    pages.sign_in(house.accounts[role])
    found = crawl(app, pages, house)
    shown = pages_that_show(house.own.names, found)
    assert bool(shown) is (role not in {"viewer", "nobody"}), shown
    contacts = pages_that_show(house.own.contacts, found)
    assert bool(contacts) is (role == "organizer"), contacts
    assert not pages_that_show(house.other.names | house.other.contacts, found)


def test_a_stranger_reads_neither(app: Flask, pages: Pages, house: House) -> None:
    found = crawl(app, pages, house)
    for secret in (house.own, house.other):
        assert not pages_that_show(secret.names | secret.contacts, found)


def test_a_viewer_reads_no_reference(app: Flask, pages: Pages, house: House) -> None:
    pages.sign_in(house.world.viewer)
    numbers = {house.own.registration.reference, house.own.certificate.register_number, house.own.certificate.code}
    assert not pages_that_show(numbers, crawl(app, pages, house))


@pytest.mark.parametrize("role", ["viewer", "nobody", "focal_point", "trainer"])
def test_no_refusal_says_a_name(app: Flask, pages: Pages, house: House, role: str) -> None:
    """Whoever may not write gets no name in the refusal either."""
    token = pages.sign_in(house.accounts[role]).token()
    for endpoint, address in addresses(app, "POST", house.values(house.own)):
        if endpoint in ADMITTED and role not in ADMITTED[endpoint]:
            body = {"csrf_token": token, "registration": house.own.registration.reference, "action": "decline"}
            answer = pages.client.post(address, data=body).get_data(as_text=True)
            assert not any(word in answer for word in house.own.names | house.own.contacts), address


@pytest.mark.parametrize("role", ["trainer", "me_officer"])
def test_those_without_contacts_get_none_by_the_back_door(pages: Pages, house: House, role: str) -> None:
    """Neither by searching for an address nor by sorting by it."""
    pages.sign_in(house.accounts[role])
    address = f"/desk/events/{house.own.registration.event.slug}/registrations"
    for query in (f"q={house.own.person.email}", "q=secret.example", f"q={house.own.person.phone}", "sort=email"):
        page = pages.get(f"{address}?{query}")
        assert page.status == 200
        is_found = house.own.person.given_name in page.html
        assert is_found is query.startswith("sort"), query


def test_rows_behind_figures_are_not_read_without_names(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.viewer)
    for measure in ("attendances", "persons", "person_days"):
        page = pages.get(f"/reports/{house.world.project.code}/rows?measure={measure}")
        assert page.status == 200 and not page.find_all("tr") and "not told" in page.text
        assert not any(word in page.html for word in house.own.names | house.own.contacts)
