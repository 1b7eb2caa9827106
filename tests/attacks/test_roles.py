"""Every role at every door, by every method: the table says who comes in, everybody else is refused."""

import pytest
from flask import Flask

from tests.attacks.doors import ADMITTED, ANYBODY
from tests.attacks.filled import addresses
from tests.attacks.house import House
from tests.guards.test_routes import PUBLIC
from tests.pages import Pages

pytestmark = pytest.mark.slow

REFUSED = {403, 404}
# What an address or a form must say to be understood at all, and what is deleted after all else was tried.
ASKED = dict.fromkeys(("imports.template", "imports.attendance_template"), "?format=csv")
SAID = {
    "records.take_transcript": {"language": "en"},
    "questions.do_with_question": {"action": "retire"},
    "assessment.do_with_question": {"action": "up"},
}
LAST = {"exporting.throw_away_file", "framework.save_framework", "imports.delete_import", "paper.delete_scan"}


def test_the_table_names_every_door_once(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == ADMITTED.keys() | PUBLIC


@pytest.mark.parametrize("role", sorted(ANYBODY))
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading(app: Flask, pages: Pages, house: House, role: str, method: str) -> None:
    pages.sign_in(house.accounts[role])
    for endpoint, address in addresses(app, method, house.values(house.own)):
        if endpoint in ADMITTED:
            status = pages.client.open(address + ASKED.get(endpoint, ""), method=method, buffered=True).status_code
            if role in ADMITTED[endpoint]:
                assert status in {200, 303, 409}, f"{role} is refused {address}: {status}"
            else:
                assert status in REFUSED, f"{role} gets {status} from {address}"


@pytest.mark.parametrize("role", sorted(ANYBODY))
def test_writing(app: Flask, pages: Pages, house: House, role: str) -> None:
    pages.sign_in(house.accounts[role])
    session_id = house.own.registration.event.sessions[0].id
    body = {"csrf_token": pages.token(), f"m.{house.own.registration.id}.{session_id}.": "late"}
    doors = sorted(addresses(app, "POST", house.values(house.own)), key=lambda door: door[0] in LAST)
    for endpoint, address in doors:
        if endpoint in PUBLIC or endpoint == "accounts.sign_out":
            continue
        status = pages.client.post(address, data=body | SAID.get(endpoint, {"format": "csv"})).status_code
        if role in ADMITTED[endpoint]:
            assert status < 500 and status not in {401, *REFUSED}, f"{role} is refused {address}: {status}"
        else:
            assert status in REFUSED, f"{role} gets {status} from {address}"


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods_do_nothing(app: Flask, pages: Pages, house: House, method: str) -> None:
    pages.sign_in(house.world.viewer)
    for _endpoint, address in addresses(app, "GET", house.values(house.own)):
        answer = pages.client.open(address, method=method, buffered=True)
        assert answer.status_code in {400, 403, 404, 405} or (method == "OPTIONS" and not answer.data), address
        assert not any(name in answer.get_data(as_text=True) for name in house.own.names)


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"])
def test_no_header_changes_method_or_address(pages: Pages, house: House, header: str) -> None:
    pages.sign_in(house.world.viewer)
    value = "POST" if "Method" in header else f"/desk/events/{house.own.registration.event.slug}"
    answer = pages.client.get("/desk/me", headers={header: value})
    assert answer.status_code == 200 and house.world.viewer.name in answer.get_data(as_text=True)
