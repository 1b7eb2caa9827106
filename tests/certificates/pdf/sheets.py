"""Pages to draw in tests, and how to look at what came of them."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import page as judge
from PIL import Image

from trainreg.certificates.designs.formal_1 import Formal1
from trainreg.certificates.pdf.page import Attachment, Line, Page, QrCode, Tag, Text
from trainreg.certificates.pdf.writer import About

ABOUT = About(
    title="Batbayar Enkhtuya: Training for trainers (MN-2012/0001)",
    language="en",
    created_at=datetime(2013, 3, 15, 4, 30, tzinfo=UTC),
    fingerprint="5e" * 32,
    author="Example Organisation · Жишээ",
    subject="Certificate",
)
CREDENTIAL = Attachment(
    name="credential.jwt", media_type="application/vc+jwt", content=b"eyJ0.e30.x" * 200, description="The credential"
)
ADDRESS = "https://training.example.org/v/7K3F-9Q2M-ABCD-EFGH-JKM0"
INK = (0.13, 0.14, 0.17)


def line(text: str, y: float, *, face: str = "serif", size: float = 12, x: float = 148.5, **more: object) -> Line:
    """A line in the middle of a lying A4 page."""
    return Line(text=text, face=face, size=size, x=x, y=y, colour=INK, **more)  # type: ignore[arg-type]


def spoken(*lines: Line, language: str = "en", tag: Tag = Tag.PARAGRAPH) -> Text:
    """Lines that belong together."""
    return Text(lines=lines, language=language, tag=tag)


def sheet(*items: object, ground: bool = False) -> Page:
    """A lying A4 page with these items."""
    return Page(
        width=297,
        height=210,
        language="en",
        ground=(Formal1().ground(),) if ground else (),
        items=items,  # type: ignore[arg-type]
    )


def certificate(name: str = "Batbayar Enkhtuya", mongolian: str = "Батбаярын Энхтуяа", number: int = 1) -> Page:
    """A page with everything that a certificate has."""
    return sheet(
        spoken(line("Certificate of Training", 61, face="display-bold", size=33, tracking=0.6), tag=Tag.HEADING),
        spoken(line("Гэрчилгээ", 68.5, face="serif-bold", size=15, tracking=0.4), language="mn"),
        spoken(line("is awarded to", 76, face="serif-italic", size=10.5)),
        spoken(line(name, 90, face="display-bold", size=28)),
        spoken(line(mongolian, 99, face="serif-bold", size=15), language="mn"),
        spoken(line("who took part, from the first day to the last, in", 112, face="serif-italic", size=10)),
        spoken(
            line("Training for trainers on labour migration", 118, face="serif-bold", size=12),
            line("and counter trafficking", 124, face="serif-bold", size=12),
        ),
        spoken(line("Ulaanbaatar, 12–14 March 2013, 21 hours", 132)),
        spoken(line("Улаанбаатар, 2013 оны 3 дугаар сарын 12–14, 21 цаг", 138, size=9), language="mn"),
        spoken(line("D. Ganbold", 175, x=74, face="serif-bold", size=9)),
        spoken(line("State Secretary · Төрийн нарийн бичгийн дарга", 180, x=74, face="serif-italic", size=7.5)),
        spoken(line("S. Oyuunbileg", 175, x=223, face="serif-bold", size=9)),
        spoken(line("Chief of Mission · Дарга", 180, x=223, face="serif-italic", size=7.5)),
        spoken(line("7K3F-9Q2M-ABCD-EFGH-JKM0", 179, face="sans-bold", size=8, tracking=0.3)),
        spoken(line(ADDRESS, 183, size=6)),
        spoken(line(f"Register number MN-2012/{number:04d}", 187, face="sans-bold", size=7.5)),
        QrCode(content=ADDRESS, x=136.5, y=146, side=24, alternative="QR code that leads to the verification page"),
        ground=True,
    )


def faults(content: bytes) -> list[str]:
    """What page-validation finds against PDF/A-3a and PDF/UA-1."""
    return [
        f"{profile}: {failure.rule_id} {failure.message}"
        for profile in ("3a", "ua1")
        for failure in judge.validate_pdf_bytes(content, profile=profile).failures
    ]


def run(*command: str | Path) -> str:
    """What a program prints; it must end well."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def words(content: bytes, folder: Path, *options: str) -> str:
    """What pdftotext reads, without the marks of direction that it adds."""
    path = folder / "words.pdf"
    path.write_bytes(content)
    found = run("pdftotext", *options, path, "-")
    return " ".join(found.translate(dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f"))).split())


def picture(content: bytes, folder: Path, dpi: int = 100) -> Image.Image:
    """The first page as pdftoppm draws it."""
    path = folder / "picture.pdf"
    path.write_bytes(content)
    run("pdftoppm", "-r", str(dpi), "-png", "-singlefile", path, folder / "picture")
    return Image.open(io.BytesIO((folder / "picture.png").read_bytes()))


def several(count: int) -> Sequence[Page]:
    """So many certificates for different people."""
    given = ("Enkhtuya", "Bold", "Oyuun", "Ulzii", "Sarnai", "Temuulen", "Nomin", "Khulan", "Dulam", "Zaya")
    family = (
        "Batbayar",
        "Dorj",
        "Ganbaatar",
        "Munkhbat",
        "Tserendorj",
        "Purev",
        "Lkhagva",
        "Jargal",
        "Chimed",
        "Ochir",
    )
    return [certificate(f"{family[number // 10 % 10]} {given[number % 10]}", number=number) for number in range(count)]
