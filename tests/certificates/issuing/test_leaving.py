"""Files leave the house checked: by mail as an attachment, as an archive whose size is told, never a wrong one."""

import io
import logging
import zipfile
from email import message_from_bytes, policy

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from tests import factories as make
from tests.certificates.attending import attend
from tests.certificates.firsts import as_first_format
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import delivery, service
from trainreg.certificates.editor.plans import save_plan
from trainreg.certificates.editor.queries import Plan
from trainreg.certificates.editor.rules import Mailing
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw_certificate
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.outbox.delivery import as_mail
from trainreg.outbox.models import Message


def issue(event: Event, mail: Mailing, world: World) -> Certificate:
    save_plan(event, Plan(mail=mail), by=make.STAFF)
    attend(make.registration(event, world.bolor), 4)
    (certificate,) = service.issue(event, by=make.STAFF).certificates
    db.session.commit()
    return certificate


def attached(message: Message) -> list[tuple[str | None, object]]:
    mail = as_mail(message, sender="desk@example.org", domain="example.org")
    parsed = message_from_bytes(mail.as_bytes(), policy=policy.default)
    return [(part.get_filename(), part.get_content()) for part in parsed.iter_attachments()]


def test_the_file_goes_along_drawn_as_the_mail_leaves(world: World, event: Event) -> None:
    certificate = issue(event, Mailing.ATTACHMENT, world)
    (message,) = db.session.scalars(select(Message))

    ((name, content),) = attached(message)

    assert content == draw_certificate(certificate)
    assert name == delivery.file_name(facts_of(certificate))
    assert "attached to this letter" in message.text


def test_what_was_revoked_meanwhile_goes_along_no_more(world: World, event: Event) -> None:
    service.revoke(issue(event, Mailing.ATTACHMENT, world), reason="Mistake", by=make.STAFF)
    (message,) = db.session.scalars(select(Message))

    assert attached(message) == []


def test_no_mail_is_written_where_none_is_planned(world: World, event: Event) -> None:
    issue(event, Mailing.NONE, world)

    assert db.session.scalars(select(Message)).all() == []


def test_a_file_that_says_something_else_leaves_nobodys_hands(
    pages: Pages,
    world: World,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    event = certificate.registration.event
    attend(make.registration(event, world.tuya), 4)
    (other,) = service.issue(event, by=make.STAFF).certificates
    db.session.commit()
    wrong = draw_certificate(other)
    monkeypatch.setattr(delivery, "draw_certificate", lambda _certificate: wrong)

    with caplog.at_level(logging.CRITICAL):
        answer = pages.sign_in(world.organizer).get(f"/desk/certificates/{certificate.id}.pdf")

    assert answer.status == 500 and "does not say what was issued" in answer.text
    assert certificate.register_number in caplog.text and "Болор" not in caplog.text
    assert service.record_files([certificate]) == 0


def test_an_archive_tells_its_size_beforehand(pages: Pages, world: World, certificate: Certificate) -> None:
    answer = (
        pages.sign_in(world.organizer)
        .get(f"/desk/events/{certificate.registration.event.slug}/certificates.zip")
        .response
    )

    content = answer.get_data()
    assert answer.content_length == len(content)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_without_files_noted_the_archive_is_sent_all_the_same(
    pages: Pages, world: World, certificate: Certificate
) -> None:
    for rendition in list(certificate.renditions):
        db.session.delete(rendition)
    db.session.commit()

    answer = (
        pages.sign_in(world.organizer)
        .get(f"/desk/events/{certificate.registration.event.slug}/certificates.zip")
        .response
    )

    assert zipfile.ZipFile(io.BytesIO(answer.get_data())).testzip() is None


def test_what_was_taken_back_is_in_no_archive(pages: Pages, world: World, certificate: Certificate) -> None:
    slug = certificate.registration.event.slug
    service.revoke(certificate, reason="Mistake", by=make.STAFF)
    db.session.commit()

    assert pages.sign_in(world.organizer).get(f"/desk/events/{slug}/certificates.zip").status == 404


@pytest.mark.parametrize(("layout", "pages_made"), [("plain", 5), ("crop", 5), ("proof", 2)])
def test_for_the_printer_plain_with_marks_or_four_to_a_sheet(
    pages: Pages, world: World, certificate: Certificate, layout: str, pages_made: int
) -> None:
    event = certificate.registration.event
    for _ in range(4):
        attend(make.registration(event), 4)
    service.issue(event, by=make.STAFF)
    as_first_format(certificate)

    answer = pages.sign_in(world.organizer).get(f"/desk/events/{event.slug}/certificates.pdf?layout={layout}")

    printed = PdfReader(io.BytesIO(answer.response.get_data())).pages
    assert len(printed) == pages_made
    assert f"{world.project.code}/0001" in printed[0].extract_text()
