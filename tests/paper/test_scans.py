"""The signed sheet as evidence: judged by content, found by its code, handed out by right and written down."""

import io
from collections.abc import Sequence
from random import Random

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from tests import factories as make
from tests.pages import Page, Pages
from tests.paper.reading import picture_of
from tests.paper.test_sheets import address, made, pdf_of
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.paper.codes import PageCode
from trainreg.paper.models import SheetScan
from trainreg.paper.refusals import OtherSession, WhichSession
from trainreg.paper.scans import LARGEST_SCAN, code_in
from trainreg.paper.service import keep_scan
from trainreg.questions.uploads import FileKind, Upload
from trainreg.registration.models import Registration


def send(desk: Pages, event: Event, content: bytes, name: str = "scan.png", **more: str) -> Page:
    return desk.post(f"{address(event)}/scans", {"file": (io.BytesIO(content), name), "session": "", **more})


def as_file(picture: Image.Image, form: str = "PNG") -> bytes:
    target = io.BytesIO()
    picture.save(target, form)
    return target.getvalue()


def kept() -> SheetScan | None:
    return db.session.scalar(select(SheetScan).order_by(SheetScan.id.desc()))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "PDF"])
def test_a_scan_says_itself_which_page_it_is(
    desk: Pages, training: Event, people: Sequence[Registration], form: str
) -> None:
    for _ in range(20):
        make.registration(training)
    db.session.commit()
    sheet = made(desk, training, what=f"session:{training.sessions[1].id}")
    picture = picture_of(pdf_of(desk, sheet), dots=150, page=2).rotate(2, expand=True, fillcolor=255)
    answer = send(desk, training, as_file(picture, form))
    assert f"page 2 of sheet {sheet.key}" in desk.follow(answer).text
    scan = kept()
    assert scan is not None and (scan.sheet_id, scan.page, scan.session_id) == (sheet.id, 2, training.sessions[1].id)
    assert history_of(training)[0].sentence.startswith("Scan scan")


def test_without_a_code_somebody_says_the_session(desk: Pages, training: Event) -> None:
    blank = as_file(Image.new("L", (400, 500), 255))
    page = send(desk, training, blank)
    assert page.status == 422 and "Choose the session it belongs to" in page.text and kept() is None
    assert send(desk, training, blank, session=str(training.sessions[0].id)).status == 303
    again = send(desk, training, blank, session=str(training.sessions[0].id))
    assert again.status == 409 and "kept with the session already" in again.text


def test_a_sheet_of_another_event_is_not_kept(
    desk: Pages, training: Event, people: Sequence[Registration], world: World
) -> None:
    picture = as_file(picture_of(pdf_of(desk, made(desk, training)), dots=100))
    page = send(desk, world.event, picture)
    assert page.status == 422 and "a sheet of another event" in page.text and kept() is None


def upload(content: bytes = b"%PDF-1.7 signed") -> Upload:
    return Upload("scan.pdf", FileKind.PDF, content)


def test_a_page_whose_session_was_removed_needs_one_chosen(training: Event, world: World) -> None:
    sheet, by = make.sheet(training, [], session_ids=[999_999]), world.organizer.actor()
    code, first = PageCode(sheet.key, 1), training.sessions[0]
    with pytest.raises(WhichSession):
        keep_scan(training, upload(), code=code, session=None, by=by)
    assert keep_scan(training, upload(), code=code, session=first, by=by).session_id == first.id
    both = PageCode(make.sheet(training, [], session_ids=[999_999, training.sessions[1].id]).key, 1)
    assert keep_scan(training, upload(), code=both, session=None, by=by).session_id == training.sessions[1].id


def test_what_the_code_says_is_not_talked_over(training: Event, world: World) -> None:
    code, by = PageCode(make.sheet(training, []).key, 1), world.organizer.actor()
    with pytest.raises(OtherSession, match="says another session"):
        keep_scan(training, upload(), code=code, session=training.sessions[1], by=by)
    assert kept() is None
    first = training.sessions[0]
    assert keep_scan(training, upload(), code=code, session=first, by=by).session_id == first.id


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"GIF89a"],
)
def test_what_no_scanner_makes_is_refused(desk: Pages, training: Event, content: bytes) -> None:
    page = send(desk, training, content, "scan.pdf", session=str(training.sessions[0].id))
    assert page.status == 422 and "PDF, PNG or JPEG" in page.text and kept() is None


def test_a_broken_file_is_no_error(desk: Pages, training: Event) -> None:
    """It looks like a PDF and is none inside: it is kept where somebody says so, as evidence may be damaged."""
    for content in (b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nxref\n0 1\ntrailer<</Root 1 0 R>>"):
        assert send(desk, training, content, session=str(training.sessions[0].id)).status == 303


@pytest.mark.parametrize("form", ["PNG", "JPEG", "PDF"])
def test_a_file_damaged_anywhere_is_no_error(app: Flask, form: str) -> None:
    picture, chance = Image.new("L", (300, 300), 200), Random(7)  # the same damage every time
    whole = as_file(picture, form)
    with app.app_context():
        for _ in range(60):
            damaged = bytearray(whole)
            for _ in range(chance.randrange(1, 12)):
                damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
            content = bytes(damaged[: chance.randrange(20, len(damaged))] if chance.random() < 0.3 else damaged)
            assert code_in(Upload("scan", FileKind(form.lower().replace("jpeg", "jpg")), content)) is None


def test_no_file_and_too_large_a_file_are_refused(desk: Pages, training: Event) -> None:
    assert desk.post(f"{address(training)}/scans", {"session": ""}).status == 422
    assert send(desk, training, b"%PDF-1.7 " + b"0" * LARGEST_SCAN).status == 422
    assert send(desk, training, b"%PDF-1.7 " + b"0" * (LARGEST_SCAN + 100_000)).status == 413
    assert kept() is None


def test_a_scan_is_handed_out_by_right_and_written_down(
    desk: Pages, pages: Pages, training: Event, world: World
) -> None:
    scan = make.scan(make.sheet(training, []), name="гарын үсэг.pdf")
    db.session.commit()
    answer = desk.post(f"{address(training)}/scans/{scan.id}").response
    assert answer.get_data() == b"%PDF-1.7 signed" and answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D0%B3")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert history_of(training)[0].sentence == "Scan гарын үсэг.pdf of a signed sheet handed out"
    assert desk.post(f"{address(world.event)}/scans/{scan.id}").status == 404
    for who, status in (("me_officer", 403), ("other_organizer", 404), ("viewer", 403)):
        assert pages.sign_in(getattr(world, who)).post(f"{address(training)}/scans/{scan.id}").status == status


def test_a_scan_kept_by_mistake_is_deleted_and_that_is_written_down(desk: Pages, training: Event) -> None:
    scan = make.scan(make.sheet(training, []))
    db.session.commit()
    assert scan.name in desk.get(address(training)).text
    assert desk.post(f"{address(training)}/scans/{scan.id}/delete").status == 303
    assert kept() is None and "deleted" in history_of(training)[0].sentence
