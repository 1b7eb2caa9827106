"""Addresses that come back in, and addresses that leave."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.world import World
from trainreg.web.links import absolute, is_signed, personal_link, safe_next, secret_for, sign_link, signature_of


@pytest.mark.parametrize(
    "target",
    ["/", "/desk/", "/desk/events/x?page=2&q=%D3%A9#p3", "/desk//x", "/e/өвөр", "/desk/?next=https://evil.example"],
)
def test_an_address_of_this_site_is_kept(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "desk",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "/\tevil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "\x00/desk",
        " //evil.example",
        "/desk\x7f",
    ],
)
def test_an_address_that_leads_away_is_dropped(target: str | None) -> None:
    assert safe_next(target) is None


@given(st.text(st.sampled_from("/\\:.@?#[]%evilhtps \t\n\r\x00") | st.characters(), max_size=30))
def test_whatever_is_kept_stays_here(target: str) -> None:
    kept = safe_next(target)
    if kept is not None:
        for seen in (kept, kept.replace("\\", "/")):  # browsers take a backslash for a slash
            assert urlsplit(urljoin("https://training.example.org/login", seen)).netloc == "training.example.org"


def test_links_in_mails_come_from_the_configured_address(app: Flask, world: World) -> None:
    with app.test_request_context("/", base_url="http://evil.example", headers={"Host": "evil.example"}):
        link = absolute("registration.public_event", slug=world.event.slug)
    assert link == f"http://localhost/e/{world.event.slug}"


def test_links_are_made_outside_a_request_too(app: Flask, world: World) -> None:
    assert absolute("home.index") == "http://localhost/"


def test_a_personal_link_is_signed_when_its_mail_leaves(world: World) -> None:
    kept = f"Your place: {personal_link('r/7K3F-9Q2M')} (or {personal_link('r/7K3F-9Q2M')})."
    sent = sign_link(kept, "r/7K3F-9Q2M")
    assert "unsigned" not in sent and sent.count(signature_of("r/7K3F-9Q2M")) == 2
    assert is_signed("r/7K3F-9Q2M", signature_of("r/7K3F-9Q2M"))


def test_no_link_but_the_message_s_own_is_signed(world: World) -> None:
    """Somebody may give another's link as their name, and have it mailed to themselves."""
    for thing in (None, "r/7K3F-9Q2M"):
        assert sign_link(personal_link("r/AAAA-BBBB"), thing) == personal_link("r/AAAA-BBBB")


@pytest.mark.parametrize("thing", ["r/7K3F-9Q2N", "l/7K3F-9Q2M", "r/7K3F-9Q2M/"])
def test_a_signature_holds_for_one_thing(world: World, thing: str) -> None:
    assert not is_signed(thing, signature_of("r/7K3F-9Q2M"))
    assert not is_signed("r/7K3F-9Q2M", "ö" + signature_of("r/7K3F-9Q2M")[1:])
    assert secret_for("another purpose", thing) != signature_of(thing)
