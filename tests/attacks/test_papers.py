"""Certificates: guessed codes, forged links, revoked papers, and files made to break whoever checks them."""

import hashlib
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from itsdangerous import URLSafeSerializer

from tests.attacks.house import House
from tests.pages import Pages
from trainreg.certificates import reading
from trainreg.certificates.codes import new_code
from trainreg.certificates.commands import certificates as commands
from trainreg.certificates.notices import token_for
from trainreg.certificates.service import revoke
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.receipts import receipt_for

MISSES = 60
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
    b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
)


def pdf(*objects: bytes) -> bytes:
    """A file that is a PDF to the letter, whatever its objects do."""
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + end


def stream(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return b"<</Length %d/Filter %b>>\nstream\n%b\nendstream" % (len(content), filters, content)


def page_of(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return pdf(CATALOG, ONE_PAGE, PAGE, stream(content, filters))


def squeezed(count: int, times: int = 1) -> bytes:
    """So many blanks, in so many wrappings."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * 1_000_000) for _ in range(count // 1_000_000)) + packer.flush()
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return content


# Made when they are asked for: the bombs alone take seconds to squeeze.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no PDF": lambda: b"MZ" + b"\0" * 1000,
    "a head only": lambda: b"%PDF-1.4\n%%EOF",
    "400 MB in 400 kB": lambda: page_of(squeezed(400_000_000)),
    "a bomb in a bomb": lambda: page_of(squeezed(400_000_000, 2), b"[/FlateDecode/FlateDecode]"),
    "pages of themselves": lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "a million pages": lambda: pdf(
        CATALOG,
        *(b"<</Type/Pages/Kids[%b]/Count 9>>" % b" ".join([b"%d 0 R" % (level + 1)] * 10) for level in range(2, 9)),
        b"<</Type/Page>>",
    ),
    "deep arrays": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 100_000 + b"]" * 100_000 + b">>", ONE_PAGE, PAGE
    ),
    "a filter nobody knows": lambda: page_of(b"x", b"/Nonsense"),
    "a false length": lambda: pdf(CATALOG, ONE_PAGE, PAGE, b"<</Length 99999999999>>\nstream\nx\nendstream"),
    "a number of no size": lambda: pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count " + b"9" * 5000 + b">>", PAGE),
    "a page tree of words": lambda: pdf(CATALOG, b"<</Type/Pages/Kids(abc)/Count(x)>>"),
    "half a surrogate": lambda: page_of(zlib.compress(b"BT /F 9 Tf <D800> Tj ET")),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_ends_with_a_sentence(app: Flask, house: House, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(HOSTILE[kind]())
    answer = app.test_cli_runner().invoke(commands, ["verify", str(path)])
    assert answer.exit_code == 1 and isinstance(answer.exception, SystemExit), answer.exception
    assert "cannot be trusted as it stands" in answer.output and "Traceback" not in answer.output


def test_time_and_memory_of_reading_are_bounded() -> None:
    """With the bounds at nothing even a sound file is not read: they are what ends the reading."""
    sound = page_of(zlib.compress(b"BT /F 9 Tf (Bolor) Tj ET"))
    assert [text.strip() for text in reading.texts_of_pages(sound)] == ["Bolor"]
    slow = page_of(b"\x80\x0b\x60\x50" * 1_500_000, b"/LZWDecode")
    for bounds in (reading.Bounds(seconds=1, most_seconds=1), reading.Bounds(memory=1 << 20)):
        assert reading.read_pages(slow, bounds) == reading.Reading(problem=reading.Unreadable.TOO_COSTLY)


def test_codes_are_not_guessed_for_long(pages: Pages, house: House) -> None:
    true = f"/v/{house.own.certificate.code}"
    with time_machine.travel(clock.now(), tick=False) as now:
        assert {pages.client.get(true).status_code for _ in range(MISSES + 20)} == {200}
        guesses = [pages.client.get(f"/v/{new_code()}").status_code for _ in range(MISSES + 1)]
        assert guesses == [404] * MISSES + [429]
        assert pages.client.get(true).status_code == 429, "else a guesser would know that this one is a hit"
        elsewhere = pages.client.get(true, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
        assert elsewhere.status_code == 200
        now.shift(120)
        assert pages.client.get(true).status_code == 200


def test_every_miss_reads_the_same(pages: Pages, house: House) -> None:
    own = house.own.certificate
    typed = [new_code(), own.code[:-1], "x", "a" * 300, str(own.id), "%FF%FE", "' OR 1=1", "\u202e"]
    answers = [pages.get(f"/v/{code}") for code in typed]
    assert {answer.status for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert len({str(sorted(name for name, _value in answer.response.headers)) for answer in answers}) == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_revoked_certificate_says_so_everywhere(pages: Pages, house: House, method: str) -> None:
    own = house.own.certificate
    link = f"/me/certificate/{token_for(own)}.pdf"
    assert getattr(pages.client, method)(link, buffered=True).status_code == 200
    revoke(own, reason="Bolor was not there", by=house.world.organizer.actor())
    db.session.commit()
    assert getattr(pages.client, method)(link).status_code == 410
    page = pages.get(f"/v/{own.code}")
    assert "no longer valid" in page.text and "was not there" not in page.html
    assert house.world.organizer.name not in page.html


def signed(key: str, purpose: str, number: int) -> str:
    return str(URLSafeSerializer(key, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256}).dumps(number))


def test_a_link_to_a_certificate_is_not_forged(app: Flask, pages: Pages, house: House) -> None:
    own, other = house.own.certificate, house.other.certificate
    token = token_for(own)
    body, _dot, signature = token.rpartition(".")
    key = app.config["SECRET_KEY"]
    forged = [
        str(other.id), f"{other.id}.{signature}", body, f"{token}x", token.swapcase(), f".{token}", "..", "%00",
        signed("another key", "fetch one's own certificate", other.id),
        signed(key, "another purpose", other.id),
        signed(key, "itsdangerous", other.id),
        receipt_for("x"),
    ]  # fmt: skip
    for guess in forged:
        assert pages.client.get(f"/me/certificate/{guess}.pdf").status_code in {400, 404}, guess
    answer = pages.client.get(f"/me/certificate/{token}.pdf", buffered=True)
    assert answer.status_code == 200 and answer.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer.headers["X-Robots-Tag"] and "private" in answer.headers["Cache-Control"]


def test_after_the_key_has_changed_old_links_open_while_it_is_kept(app: Flask, pages: Pages, house: House) -> None:
    token, old = token_for(house.own.certificate), app.config["SECRET_KEY"]
    address = f"/me/certificate/{token}.pdf"
    try:
        app.config.update(SECRET_KEY="n" * 40)
        assert pages.client.get(address).status_code == 404
        app.config.update(SECRET_KEY_FALLBACKS=[old])
        assert pages.client.get(address, buffered=True).status_code == 200
    finally:
        app.config.update(SECRET_KEY=old, SECRET_KEY_FALLBACKS=None)


def test_the_public_page_says_what_the_paper_says_and_no_more(pages: Pages, house: House) -> None:
    own = house.own
    page = pages.get(f"/v/{own.certificate.code}")
    assert page.status == 200 and own.person.given_name in page.text
    hidden = [*own.contacts, own.registration.reference, own.registration.agency.name["en"], own.registration.position]
    assert not any(word and word in page.html for word in hidden)
