"""Asking for a link tells nobody whether an address is known, and costs whoever asks too often."""

import re

import pytest
import time_machine
from sqlalchemy import func, select

from tests import factories as make
from tests.me.visiting import ask, enter, last_mail, links_in
from tests.pages import Page, Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.kernel.db import db
from trainreg.me.models import LinkRequest, OwnPageLink
from trainreg.me.service import answer_requests
from trainreg.outbox.models import Message

TOKEN = re.compile(r'name="csrf_token"[^>]*>')


def mails() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def asked_by(pages: Pages, email: str) -> tuple[Page, Page, list[str]]:
    token = pages.token()
    with counted_statements() as statements:
        answer = pages.post("/me", {"email": email}, token=token)
    return answer, pages.follow(answer), list(statements)


def test_a_known_and_an_unknown_address_are_answered_alike(pages: Pages, world: World) -> None:
    ask(pages, "somebody@example.org")  # the caller's own bucket stands
    known, known_page, known_work = asked_by(pages, "bolor@example.org")
    unknown, unknown_page, unknown_work = asked_by(pages, "nobody@example.org")
    assert (known.status, known.location) == (unknown.status, unknown.location) == (303, "/me/asked")
    assert TOKEN.sub("", known_page.html) == TOKEN.sub("", unknown_page.html)
    assert known_work == unknown_work, "the same work for both"
    assert not any("person" in statement for statement in known_work), "nobody looks while somebody waits"
    assert mails() == []


def test_only_the_address_on_record_gets_a_mail(pages: Pages, world: World) -> None:
    make.registration(world.event, world.tuya, email="typed@example.org")
    for email in ("Bolor@Example.org", "nobody@example.org", "typed@example.org"):
        ask(pages, email)
    assert answer_requests() == 1
    [mail] = mails()
    assert (mail.kind, mail.recipient, mail.language) == ("own_page_link", "bolor@example.org", "mn")
    assert db.session.scalar(select(func.count()).select_from(LinkRequest)) == 0
    assert "unsigned" in mail.text and links_in(mail)[0] not in mail.text, "the database holds no key to anybody"


def test_people_of_one_address_get_one_mail_with_a_link_each(pages: Pages, world: World) -> None:
    world.tuya.email = "bolor@example.org"
    others = [make.person(f"Хүн{number}", email="bolor@example.org") for number in range(6)]
    db.session.commit()
    ask(pages, "bolor@example.org")
    assert answer_requests() == 2, "six fit into one mail"
    db.session.commit()
    first, second = mails()
    assert len(links_in(first)) == 6 and len(links_in(second)) == 2
    assert all(name in first.text for name in ("Батын Болор", "Доржийн Туяа"))
    assert others[-1].name in second.text
    page = pages.follow(pages.post(links_in(first)[1]))
    assert "Доржийн Туяа" in page.text and "Батын Болор" not in page.text


@pytest.mark.parametrize("typed", ["", "no address", "a@b", "x" * 300 + "@example.org", "a@example.org\x00"])
def test_what_is_no_address_is_told_beside_the_field(pages: Pages, world: World, typed: str) -> None:
    page = ask(pages, typed)
    assert page.status == 422
    assert page.find_all("p", class_="field-error")


def test_one_address_is_not_flooded_whether_it_is_known_or_not(pages: Pages, world: World) -> None:
    for email in ("bolor@example.org", "nobody@example.org"):
        assert [ask(pages, email).status for _number in range(5)] == [303] * 4 + [429]
    answer_requests()
    assert len(mails()) == 4


def test_one_caller_is_slowed_down(pages: Pages, world: World) -> None:
    answers = [ask(pages, f"nobody{number}@example.org").status for number in range(21)]
    assert answers == [303] * 20 + [429]


def test_the_hurry_ends(pages: Pages, world: World) -> None:
    with time_machine.travel("2026-11-25 08:00Z", tick=False) as clock:
        for _number in range(4):
            ask(pages, "bolor@example.org")
        clock.shift(600)
        assert ask(pages, "bolor@example.org").status == 303


def test_pages_ask_not_to_be_listed_or_kept(pages: Pages, world: World) -> None:
    for path in ("/me", "/me/asked", "/me/erased", "/me/data"):
        page = pages.get(path)
        assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.response.headers["Cache-Control"] == "no-store"
        assert page.response.headers["Referrer-Policy"] == "same-origin"


def test_the_public_pages_lead_here(pages: Pages, world: World) -> None:
    assert pages.get("/").find_all("a", href="/me")


def test_a_mail_speaks_the_language_of_its_reader(pages: Pages, world: World) -> None:
    world.bolor.language = "en"
    db.session.commit()
    enter(pages, world.bolor)
    assert last_mail("own_page_link").subject == "Your link to your registrations"


def test_old_links_are_dropped_by_the_worker(pages: Pages, world: World) -> None:
    ask(pages, "bolor@example.org")
    answer_requests()
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(OwnPageLink)) == 1
