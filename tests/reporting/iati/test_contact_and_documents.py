"""Whom readers of the file can ask, and what they can open: as the project says it publicly, and nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from tests.pages import Pages
from tests.published import publication
from tests.reporting.iati.judging import assert_valid, opened, text, the
from tests.reporting.iati.telling import MARCH, NOW, made, set_for, trained
from tests.world import World
from trainreg.events.rules import EventStatus
from trainreg.iati.validator import check
from trainreg.kernel.db import db
from trainreg.publications.rules import PublicationKind, is_public_address
from trainreg.reporting.iati.contacts import contact_in
from trainreg.reporting.iati.rules import Mode

CONTACT = {
    "en": "IOM Mongolia\nMs. B. Saran, Street 12, 14201 Ulaanbaatar\nTel.: +976 70 14 31 00\n"
    "ask@example.org, www.example.org/mn.",
    "mn": "Утас: +976 70 14 31 00\nхаяг: ask@example.org (https://example.org/mongolia)",
}


@pytest.fixture
def public(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example.org")


def activity(world: World, mode: Mode = Mode.DIMENSIONS) -> Any:
    file = made(world.project, mode)
    assert file.verdict.findings == []
    assert_valid(file.data)
    return the(opened(file.data), "iati-activity")


@pytest.mark.parametrize("mode", list(Mode))
def test_the_contact_is_told_as_far_as_it_names_an_office(world: World, mode: Mode) -> None:
    trained(world)
    world.project.contact = CONTACT
    contact = the(activity(world, mode), "contact-info")
    assert text(contact, "organisation") == world.project.organisation["en"]
    told = {tag: [one.text for one in contact.findall(tag)] for tag in ("telephone", "email", "website")}
    assert told == {
        "telephone": ["+976 70 14 31 00"],
        "email": ["ask@example.org"],
        "website": ["https://www.example.org/mn", "https://example.org/mongolia"],
    }
    assert contact.find("person-name") is None and contact.find("mailing-address") is None


def test_without_a_contact_nobody_is_named(world: World) -> None:
    trained(world)
    world.event.reply_to = "private@example.org"
    world.project.contact = {"en": " \n"}
    file = made(world.project).data.decode()
    assert "contact-info" not in file and "@" not in file


@given(st.dictionaries(st.sampled_from(["en", "mn"]), st.text(max_size=80) | st.from_regex(r"www\.\S{1,20} \S+@\S+")))
def test_whatever_was_typed_is_read_or_left(told: dict[str, str]) -> None:
    found = contact_in(told, {"en": "Office"})
    assert all(is_public_address(one) for one in (found.websites if found else ()))
    assert all("@" in one and " " not in one for one in (found.emails if found else ()))


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("mode", list(Mode))
def test_pages_of_events_and_publications_with_an_address_are_linked(pages: Pages, world: World, mode: Mode) -> None:
    trained(world)
    world.event.status = EventStatus.CLOSED
    make.event(world.project, starts=MARCH, status=EventStatus.DRAFT, slug="secret-draft")
    make.event(world.project, starts=MARCH, status=EventStatus.CANCELLED, slug="called-off")
    report = {"kind": PublicationKind.ASSESSMENT_REPORT, "published_on": date(2026, 5, 4)}
    publication(world.project, web_address="https://example.org/report.PDF?v=2", **report)
    publication(
        world.project, web_address="http://example.org/guide", title={"mn": "Гарын авлага"}, translated_into="mn"
    )
    publication(world.project, web_address="https://example.org/soon", published_on=NOW.date() + timedelta(days=900))
    publication(world.project, title={"en": "On paper only"})
    links = activity(world, mode).findall("document-link")
    told = [(one.get("url"), one.get("format"), the(one, "category").get("code")) for one in links]
    assert told[:2] == [
        ("https://example.org/report.PDF?v=2", "application/pdf", "A07"),
        ("http://example.org/guide", "text/html", "A08"),
    ]
    own = [url for url, _format, category in told[2:] if category == "A12"]
    assert f"https://training.example.org/e/{world.event.slug}" in own and len(own) == len(told) - 2 == 3
    assert not any(word in str(told) for word in ("secret-draft", "called-off", "soon"))
    assert the(links[0], "document-date").get("iso-date") == "2026-05-04"
    assert [one.get("code") for one in links[1].findall("language")] == ["mn"]
    for url in own:
        assert pages.get(url.removeprefix("https://training.example.org")).status == 200


def test_an_installation_without_an_address_of_its_own_links_no_pages(world: World) -> None:
    trained(world)
    assert activity(world).findall("document-link") == []


def test_a_link_that_is_broken_is_caught(world: World) -> None:
    trained(world)
    publication(world.project, web_address="https://example.org/report.pdf")
    file = made(world.project).data
    for right, wrong in (
        (b'code="A08"', b'code="Q99"'),
        (b'format="application/pdf"', b""),
        (b"<category", b"<kategory"),
    ):
        assert right in file
        assert not check(file.replace(right, wrong), now=NOW).is_valid


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("https://example.org/a.pdf", True),
        ("http://xn--e1afmkfd.mn:8080/?q=1#x", True),
        ("javascript:alert(1)", False),
        ("https://localhost/a", False),
        ("https://127.0.0.1/a", False),
        ("https://user:secret@example.org/", False),
        ("https://example.org/a b", False),
        ("https://example.org:99999/", False),
        ("https://[::1]/", False),
        ("ftp://example.org/", False),
        ("www.example.org", False),
        ("https://пример.mn/", False),
    ],
)
def test_what_an_address_of_a_publication_is(address: str, is_public: bool) -> None:
    assert is_public_address(address) is is_public


def test_the_address_is_typed_at_the_publication(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    where = f"/desk/projects/{world.project.code}/publications/new"
    sent = {"kind": "handbook", "title_en": "Handbook", "translated_into": "", "outcome": ""}
    refused = pages.post(where, sent | {"web_address": "ftp://example.org/handbook"})
    assert refused.status == 422 and "This is not a public address of the web." in refused.text
    answer = pages.post(where, sent | {"web_address": "https://example.org/handbook.pdf"})
    page = pages.follow(answer)
    assert any(one.get("href") == "https://example.org/handbook.pdf" for one in page.find_all("a"))
    assert pages.get(f"{answer.location}/edit").value_of("web_address") == "https://example.org/handbook.pdf"
    set_for(world.project)
    db.session.commit()
    assert b"https://example.org/handbook.pdf" in made(world.project).data
