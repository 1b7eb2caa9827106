"""Read the words of a PDF that anybody may have made: in a process of its own, with bounds on time and memory.

Run as a script it reads a PDF from its standard input and writes the words of each page, as JSON, to its output: what
its glyphs read, what the file tells beside them (ActualText) where glyphs join, turn or stack, and the credentials that
it carries. What our own key sealed is read by `pdf.reading`, which knows only our files, at a hundredth of the cost.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, NameObject

_MOST_ELEMENTS = 50_000  # of a file's structure: a certificate has some twenty on a page
_MOST_LETTERS = 20_000  # of one page: a certificate has some hundred
_MOST_CREDENTIALS = 4
_SAYING = re.compile(rb"Tj|TJ|['\"]|BDC")  # the operators that show letters or tell of them
_LONGEST_CREDENTIAL = 65_000  # ours have some three thousand letters


class Unreadable(StrEnum):
    """Why the words of a file cannot be read."""

    NOT_A_PDF = "not_a_pdf"
    LOCKED = "locked"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_COSTLY = "too_costly"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a file may ask for: pages, seconds of computing for it and each of its megabytes, bytes of memory."""

    pages: int = 5000
    seconds: int = 60
    seconds_per_megabyte: int = 30  # a true file of 5000 pages is read in minutes
    most_seconds: int = 600
    memory: int = 1 << 30  # beside the file itself

    def seconds_for(self, size: int) -> int:
        """How long reading so many bytes may take."""
        return min(self.most_seconds, self.seconds + self.seconds_per_megabyte * size // 1_000_000)


AT_THE_OFFICE = Bounds()
FROM_A_STRANGER = Bounds(pages=10, seconds=12, seconds_per_megabyte=0, most_seconds=12, memory=1 << 29)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of each page as its glyphs read, what the file tells beside them, or why there is none.

    `carried` are the files in it that are called as our credentials are.
    """

    pages: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    carried: tuple[bytes, ...] = ()
    problem: Unreadable | None = None


def read_pages(content: bytes, bounds: Bounds = AT_THE_OFFICE, *, carried_as: str = "") -> Reading:
    """Read a file's pages in reasonable time and memory; whatever the file holds, there is an answer."""
    if b"%PDF-" not in content[:1024]:
        return Reading(problem=Unreadable.NOT_A_PDF)
    seconds = bounds.seconds_for(len(content))
    most = bounds.memory + 4 * len(content)
    reader = [sys.executable, "-I", __file__, str(most), str(seconds), str(bounds.pages), carried_as]
    try:
        # Our own arguments only; the file is handed over by pipe.
        done = subprocess.run(reader, input=content, capture_output=True, timeout=2 * seconds, check=True)  # noqa: S603
        pages, told, carried, problem = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        # Killed at its bounds, or broken in a way that pypdf did not foresee.
        return Reading(problem=Unreadable.TOO_COSTLY)
    files = tuple(one.encode("latin-1") for one in carried)
    return Reading(tuple(pages), tuple(told), files, Unreadable(problem) if problem else None)


def texts_of_pages(content: bytes) -> list[str]:
    """The text of each page; nothing when this is not a PDF that can be read."""
    return list(read_pages(content).pages)


def _words(
    content: bytes, most_pages: int, carried_as: str
) -> tuple[list[str], list[str], list[str], Unreadable | None]:
    try:
        reader = PdfReader(io.BytesIO(content), strict=True)
        if reader.is_encrypted:
            return [], [], [], Unreadable.LOCKED
        if len(reader.pages) > most_pages:
            return [], [], [], Unreadable.TOO_MANY_PAGES
        beside = _told_by_structure(reader)
        read = [_words_of(page) for page in reader.pages]
        told = [
            " ".join([*in_content, *beside.get(page.indirect_reference.idnum, [])])[:_MOST_LETTERS]
            for page, (_, in_content) in zip(reader.pages, read, strict=True)
            if page.indirect_reference is not None
        ]
        carried = _carried(reader, carried_as) if carried_as else []
    except (MemoryError, RecursionError):
        return [], [], [], Unreadable.TOO_COSTLY
    except Exception:  # pypdf answers broken files with whatever broke first
        return [], [], [], Unreadable.NOT_A_PDF
    return [text for text, _ in read], told, carried, None if read else Unreadable.NOT_A_PDF


def _carried(reader: PdfReader, name: str) -> list[str]:
    files = reader.attachments.get(name, [])
    return [file.decode("latin-1") for file in files[:_MOST_CREDENTIALS] if len(file) <= _LONGEST_CREDENTIAL]


def _empty_ornaments(page: Any) -> None:
    """Empty the forms that say nothing: an ornament is drawn hundreds of times, and pypdf would read it each time."""
    forms, known = _drawn_by(page), dict[int, bool]()
    for name in [name for name, form in forms.items() if _is_silent(form.get_object(), known)]:
        forms[name] = DecodedStreamObject()
        forms[name][NameObject("/Subtype")] = NameObject("/Form")


def _drawn_by(page: Any) -> Any:
    """The forms and pictures by the names that a page or a form has for them."""
    resources = page.get("/Resources", DictionaryObject()).get_object()
    return resources.get("/XObject", DictionaryObject()).get_object()


def _is_silent(form: Any, known: dict[int, bool]) -> bool:
    """Whether neither it nor a form that it draws says anything; not of one that draws itself."""
    if form.get("/Subtype") != "/Form":
        return False
    if id(form) not in known:
        known[id(form)] = False
        content, drawn = form.get_data(), _drawn_by(form).values()
        known[id(form)] = not _SAYING.search(content) and (
            b"Do" not in content or (bool(drawn) and all(_is_silent(one.get_object(), known) for one in drawn))
        )
    return known[id(form)]


def _words_of(page: Any) -> tuple[str, list[str]]:
    _empty_ornaments(page)
    told: list[str] = []

    def visit(operator: bytes, operands: Any, *_matrices: object) -> None:
        beside = operands[1] if operator == b"BDC" and len(operands) == 2 else None
        if isinstance(beside, DictionaryObject) and "/ActualText" in beside:
            told.append(str(beside["/ActualText"]))

    return page.extract_text(visitor_operand_before=visit)[:_MOST_LETTERS], told


def _told_by_structure(reader: PdfReader) -> dict[int, list[str]]:
    """What the elements of the document's structure tell beside their glyphs, by the number of their page."""
    told: dict[int, list[str]] = {}
    waiting: list[Any] = [reader.root_object.get("/StructTreeRoot")]
    for _ in range(_MOST_ELEMENTS):
        if not waiting:
            break
        element = waiting.pop()
        element = element.get_object() if element is not None else None
        if isinstance(element, ArrayObject):
            waiting += reversed(element)
        elif isinstance(element, DictionaryObject):
            page = element.raw_get("/Pg") if "/Pg" in element else None
            if "/ActualText" in element and isinstance(page, IndirectObject):
                told.setdefault(page.idnum, []).append(str(element["/ActualText"]))
            if "/K" in element:
                waiting.append(element.raw_get("/K"))
    return told


def _main() -> None:
    most, seconds, most_pages = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(_words(sys.stdin.buffer.read(), most_pages, sys.argv[4])))


if __name__ == "__main__":
    _main()
