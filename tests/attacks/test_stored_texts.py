"""Whatever people write is shown, mailed and drawn as they wrote it: never as a page, a template or a format."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from tests import factories as make
from tests.attacks.filled import addresses
from tests.attacks.house import House
from tests.pages import Pages
from tests.registration.forms import filled
from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.service import mark_many
from trainreg.certificates import service as certificates
from trainreg.imports.models import ImportRow
from trainreg.kernel.db import db
from trainreg.outbox.delivery import as_mail
from trainreg.outbox.models import Message
from trainreg.people.service import PersonDetails
from trainreg.questions.models import StoredAnswer
from trainreg.registration.service import cancel

HOSTILE = "\"'><b class=pwned onclick=a()>{{7*7}}{%x%}%(x)s%s{0}${7*7}</b>&lt;"
FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\sname="([^"]+)"')
LABEL = re.compile(r"zz[a-z]+zz")


def hostile(where: str) -> str:
    """A text that is known again wherever it comes out: zzpersonzz and the attack."""
    return f"zz{where}zz{HOSTILE}"


def texts(where: str) -> dict[str, str]:
    return {"en": hostile(where), "mn": hostile(where)}


@pytest.fixture
def poisoned(house: House) -> House:
    """Every text of the first project and of its people is an attack."""
    own, world = house.own, house.world
    event, project = own.registration.event, world.project
    project.title, project.summary, project.organisation = texts("project"), texts("summary"), texts("organisation")
    project.funder, own.publication.title = texts("funder"), texts("publication")
    own.publication.handouts[0].recipient = texts("distributed")
    event.title, event.summary, event.place = texts("event"), texts("about"), texts("place")
    for session in event.sessions:
        session.title, session.place = texts("session"), texts("room")
    for signatory in project.signatories:
        signatory.name, signatory.title = texts("signatory"), texts("office")
    world.outcome.title = texts("outcome")
    world.ministry.name = own.registration.agency.name = texts("agency")
    own.registration.position = hostile("position")
    own.person.given_name, own.person.given_name_latin = hostile("given"), hostile("latin")
    for account in house.accounts.values():
        account.name = hostile("user")
    newcomer = make.person(hostile("newcomer"), hostile("family"), email="newcomer@example.org")
    newcomer.match_key = PersonDetails(given_name=hostile("newcomer"), family_name=hostile("family")).match_key
    make.registration(world.event, newcomer, agency=world.ministry)
    world.event.title = texts("open")
    own.message.subject = hostile("subject")
    _poison_what_is_kept(house)
    db.session.commit()
    return house


def _poison_what_is_kept(house: House) -> None:
    """The form with an answer, a letter, a list, an announcement and a second record."""
    own = house.own
    own.question.label, own.question.help = texts("question"), texts("help")
    answer = db.session.scalars(select(StoredAnswer).where(StoredAnswer.question_id == own.question.id)).one()
    answer.value = {**answer.value, "name": hostile("filename")}
    own.letter.subject, own.letter.body, own.letter.writer = texts("letter"), texts("lettertext"), hostile("writer")
    own.run.filename, own.run.headings, own.run.actor_label = hostile("list"), [hostile("heading")], hostile("sender")
    row = db.session.scalars(select(ImportRow).where(ImportRow.run_id == own.run.id)).one()
    row.shown, row.reason = hostile("row"), hostile("rowreason")
    own.announcement.before = {**own.announcement.before, "title": texts("before")}
    own.twin.given_name, own.merge.merged.given_name = hostile("twin"), hostile("merged")
    own.invitation.name = hostile("guest")


def document(text: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(text)
    assert not parser.errors, parser.errors[:3]
    return tree


def words_of(tree: Element) -> Iterator[str]:
    """Text and attributes, but for addresses, which are written in their own way; what a block of JSON says."""
    for block in tree.iter("script"):
        text, block.text = block.text or "", ""
        assert "<" not in text and (block.get("type") == "application/ld+json" or not text), "text in a script"
        yield from strings_of(json.loads(text or "null"))
    yield " ".join("".join(tree.itertext()).split())
    for element in tree.iter():
        assert element.get("class") != "pwned" and element.get("onclick") is None, "the text became a part of the page"
        yield from (value for name, value in element.items() if name not in {"href", "action", "src"})


def strings_of(value: Any) -> Iterator[str]:
    """Every string in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_of(part)


def assert_harmless(text: str) -> set[str]:
    """What is shown is shown to the letter; returns what was shown."""
    found = set()
    for words in words_of(document(text)):
        for label in LABEL.findall(words):
            found.add(label)
            # A list of codes is cut at its semicolons, and the attack ends with one.
            whole = label + HOSTILE.removesuffix(";")
            assert words.count(label) == words.count(whole), f"{label} was changed in {words[:200]}"
    return found


@pytest.mark.parametrize("language", ["en", "mn"])
def test_on_every_page(app: Flask, pages: Pages, poisoned: House, language: str) -> None:
    pages.sign_in(poisoned.world.administrator)
    shown = set()
    values = poisoned.values(poisoned.own)
    opened = values | {"slug": poisoned.world.event.slug, "reference": "none", "receipt": "none"}
    for found in (values, opened):
        for _endpoint, address in addresses(app, "GET", found):
            answer = pages.client.get(f"{address}?lang={language}", buffered=True)
            assert answer.status_code < 500, address
            if answer.mimetype == "text/html" and answer.status_code == 200:
                shown |= assert_harmless(answer.get_data(as_text=True))
    pages.sign_in(poisoned.world.focal_point)
    shown |= assert_harmless(pages.client.get("/agency/").get_data(as_text=True))
    missing = {"project", "event", "agency", "given", "user", "publication", "outcome", "place", "subject"}
    missing |= {"question", "filename", "letter", "lettertext", "writer", "list", "row", "rowreason", "before", "twin"}
    assert not {f"zz{where}zz" for where in missing} - shown


def test_in_every_form_that_is_refused(app: Flask, pages: Pages, poisoned: House) -> None:
    """Typed back into the fields, into the summary of errors and into the histories."""
    pages.sign_in(poisoned.world.administrator)
    token = pages.token()
    refused = set()
    for endpoint, address in addresses(app, "POST", poisoned.values(poisoned.own)):
        if endpoint in {"events.cancel_event", "accounts.sign_out"}:
            continue
        names = FIELD.findall(pages.client.get(address).get_data(as_text=True))
        body = {name: hostile("typed") for name in (*names, "name", "reason")} | {"csrf_token": token}
        answer = pages.client.post(address, data=body)
        assert answer.status_code < 500, address
        if answer.status_code == 422 and "zztypedzz" in assert_harmless(answer.get_data(as_text=True)):
            refused.add(endpoint)
    assert {"accounts.new_user", "agencies.save_agency", "events.save_event", "programme.save_project"} <= refused
    assert len(refused) >= 8, refused


def test_in_every_mail(pages: Pages, poisoned: House) -> None:
    world = poisoned.world
    answers = filled(world.ministry, given_name=hostile("typed"), family_name=hostile("family"))
    assert pages.post(f"/e/{world.event.slug}/register", answers).status == 303
    registration = make.registration(world.event, make.person(hostile("cancelled"), email="c@example.org"))
    cancel(registration, by=make.STAFF, reason=hostile("reason"))
    poisoned.own.registration.person.email = "again@example.org"
    db.session.commit()
    messages = db.session.scalars(select(Message).where(Message.text.contains("{{7*7}}"))).all()
    assert len(messages) >= 2
    for message in messages:
        shown = assert_harmless(f"<!doctype html>{message.html.removeprefix('<!doctype html>')}")
        assert shown and "zzreasonzz" not in message.html + message.text
        for text in (message.subject, message.text, message.recipient_name):
            for label in LABEL.findall(text):
                assert label + HOSTILE in text or len(text) >= 220, text
        mail = as_mail(message, sender="trainreg@example.org", domain="example.org")
        assert mail.keys().count("To") == 1 and len(mail["To"].addresses) == 1
        assert mail["To"].addresses[0].addr_spec == message.recipient


def test_on_paper(app: Flask, pages: Pages, poisoned: House) -> None:
    """Drawn as it is written, or refused with a sentence; never more than text in the file."""
    event = poisoned.own.registration.event
    for label in ("given", "latin"):
        person = make.person(f"zz{label}zz{{{{7*7}}}}%s{{0}}<b>(x)\\", email="paper@example.org")
        attend(event, make.registration(event, person))
    event.title = {"en": "zzeventzz {{7*7}} %(x)s", "mn": "zzeventzz ) Tj ET ("}
    for signatory in event.project.signatories:
        signatory.name, signatory.title = {"en": "A. %s", "mn": "A. {0}"}, {"en": "B<i>", "mn": "B"}
    event.place, event.project.organisation, event.project.title = {"en": "P"}, {"en": "O"}, {"en": "T"}
    db.session.commit()
    issued = certificates.issue(event, by=make.STAFF)
    db.session.commit()
    assert len(issued.certificates) == 2
    pages.sign_in(poisoned.world.administrator)
    for certificate in issued.certificates:
        content = pages.client.get(f"/desk/certificates/{certificate.id}.pdf", buffered=True).data
        file = PdfReader(io.BytesIO(content))
        objects = repr([file.get_object(number) for number in range(1, int(str(file.trailer["/Size"])))])
        assert "/Catalog" in objects and "/EmbeddedFile" in objects, "the one file inside is the credential"
        assert list(file.attachments) == ["credential.jwt"]
        assert not re.search(r"/(?:JavaScript|JS|Launch|URI|OpenAction|AA)\b", objects)
        read = "".join(file.pages[0].extract_text().split())
        assert "{{7*7}}%s{0}<b>(x)\\" in read and ")TjET(" in read


def attend(event: Any, registration: Any) -> None:
    marks = {(registration.id, session.id): AttendanceState.PRESENT for session in event.sessions}
    mark_many(event, marks, by=make.STAFF)
