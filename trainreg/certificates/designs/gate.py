"""The gate before a design is published: everything that has to hold is tried on the longest and strangest records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock

import page as judge
from flask_babel import gettext as _

from trainreg.certificates.designs import trials
from trainreg.certificates.designs.kit import Kit
from trainreg.certificates.designs.ornaments import rgb
from trainreg.certificates.designs.schema import (
    Design,
    PictureElement,
    SealElement,
    TextElement,
    canonical,
    digest,
    parse,
)
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.pdf import pictures as drawn_pictures
from trainreg.certificates.pdf.canvas import qr_squares
from trainreg.certificates.pdf.page import Page, QrCode
from trainreg.certificates.pdf.reading import said
from trainreg.certificates.pdf.writer import About, draw
from trainreg.certificates.rules import CertificateKind

LEAST_MODULE_MM = 0.33
LEAST_CONTRAST = 4.5
MOST_BYTES = 100_000
_MOST_TOLD = 12
_lock = Lock()


def problems(design: Design, pictures: Mapping[str, bytes] | None = None) -> list[str]:
    """Every sentence that speaks against publishing a design; empty when it may be published.

    `pictures` are the prepared bytes of its pictures by SHA-256, beside those that are provided anyway.
    """
    with _lock, _provided(pictures or {}):
        found = [*_of_form(design), *_of_pictures(design), *_of_contrast(design)]
        if not found:
            found = [*_of_drawing(Kit(design))]
    return list(dict.fromkeys(found))[:_MOST_TOLD]


@contextmanager
def _provided(pictures: Mapping[str, bytes]) -> Iterator[None]:
    if not pictures:
        yield
        return
    before = drawn_pictures.loader()
    drawn_pictures.provide(lambda name: pictures[name] if name in pictures else before(name))
    try:
        yield
    finally:
        drawn_pictures.provide(before)


def _of_form(design: Design) -> Iterator[str]:
    if digest(parse(canonical(design))) != digest(design):
        yield _("The design does not read back as it was written.")


def _of_pictures(design: Design) -> Iterator[str]:
    for element in design.elements:
        if isinstance(element, PictureElement | SealElement) and element.image:
            try:
                drawn_pictures.prepare(element.image)
            except (LookupError, ValueError, OSError):
                yield _("%(element)s: its picture is missing or cannot be drawn.", element=element.id)


def _of_contrast(design: Design) -> Iterator[str]:
    for element in design.elements:
        names = {name: getattr(element, name) for name in dir(element) if name.endswith("colour")}
        names.pop("line_colour", None)
        used = set(names.values())
        if isinstance(element, TextElement):
            used = {paragraph.colour for paragraph in element.paragraphs}
        for colour in sorted(used):
            if contrast_with_white(design.colours[colour]) < LEAST_CONTRAST:
                yield _(
                    "%(element)s: the colour “%(colour)s” is too pale to be read on white.",
                    element=element.id,
                    colour=colour,
                )


def contrast_with_white(colour: str) -> float:
    """The contrast of a colour with white paper, as WCAG 2 counts it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(colour)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _of_drawing(kit: Kit) -> Iterator[str]:
    by_languages: dict[tuple[str, ...], list[tuple[CertificateFacts, Page]]] = {}
    for facts in trials.records(kit.design):
        languages = ", ".join(facts.languages)
        if flaws := kit.flaws(facts):
            yield from (
                _("Characters that cannot be drawn: %(characters)s", characters=flaw.characters)
                if flaw.characters
                else _(
                    "Too long for its place (%(kind)s, %(languages)s): “%(text)s”",
                    kind=facts.kind.value,
                    languages=languages,
                    text=flaw.text,
                )
                for flaw in flaws
            )
            continue
        drawn = kit.page(facts, verify=facts.verify_url, offline=trials.OFFLINE)
        yield from _of_codes(drawn)
        by_languages.setdefault(facts.languages, []).append((facts, drawn))
    for count, certificates in enumerate(by_languages.values()):
        # Every record is written and read back; what the judge is asked, who takes his time, is one kind for each pair.
        yield from _of_words(certificates)
        kind = list(CertificateKind)[count % len(CertificateKind)]
        if tried := [each for each in certificates if each[0].kind is kind]:
            yield from _of_file(tried)


def _of_codes(drawn: Page) -> Iterator[str]:
    for item in drawn.items:
        if isinstance(item, QrCode):
            modules, _squares = qr_squares(item.content)
            if item.side / modules < LEAST_MODULE_MM:
                yield _("The QR code is too small to be read from paper.")


def _about(first: CertificateFacts) -> About:
    if first.issued_at is None:
        raise ValueError("a record to try a design on has the moment of its issue")
    return About(
        title=first.register_number,
        language=first.languages[0],
        created_at=first.issued_at,
        fingerprint="0" * 64,
        author=first.organisation["en"],
    )


def _of_words(certificates: Sequence[tuple[CertificateFacts, Page]]) -> Iterator[str]:
    """Name and number of every record are said by its file."""
    for facts, drawn in certificates:
        text = " ".join(one.text for one in said(draw([drawn], about=_about(facts))))
        wanted = [facts.register_number, *(facts.names[language] for language in facts.languages)]
        if any(" ".join(each.split()) not in text for each in wanted):
            languages = ", ".join(facts.languages)
            yield _("Name and number cannot be read back from the file in %(languages)s.", languages=languages)


def _of_file(certificates: Sequence[tuple[CertificateFacts, Page]]) -> Iterator[str]:
    about = _about(certificates[0][0])
    content = draw([drawn for _facts, drawn in certificates], about=about)
    single = draw([certificates[0][1]], about=about)
    if len(single) > MOST_BYTES:
        yield _("A certificate would have %(size)s kB; at most 100 may be.", size=len(single) // 1000)
    for profile in ("3a", "ua1"):
        if failures := judge.validate_pdf_bytes(content, profile=profile).failures:
            yield _("The file would not keep to %(profile)s: %(rule)s", profile=profile, rule=failures[0].message)
