"""Read the words of a PDF that anybody may have made: in a process of its own, with bounds on time and memory.

Run as a script it reads a PDF from its standard input and writes the text of each page, as JSON, to its output.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum

from pypdf import PdfReader

_MOST_LETTERS = 20_000  # of one page: a certificate has some hundred


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
FROM_A_STRANGER = Bounds(pages=20, seconds=8, seconds_per_megabyte=0, most_seconds=8, memory=1 << 29)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of each page, or why there is none."""

    pages: tuple[str, ...] = ()
    problem: Unreadable | None = None


def read_pages(content: bytes, bounds: Bounds = AT_THE_OFFICE) -> Reading:
    """Read a file's pages in reasonable time and memory; whatever the file holds, there is an answer."""
    if b"%PDF-" not in content[:1024]:
        return Reading(problem=Unreadable.NOT_A_PDF)
    seconds = bounds.seconds_for(len(content))
    most = bounds.memory + 4 * len(content)
    reader = [sys.executable, "-I", __file__, str(most), str(seconds), str(bounds.pages)]
    try:
        # Our own arguments only; the file is handed over by pipe.
        done = subprocess.run(reader, input=content, capture_output=True, timeout=2 * seconds, check=True)  # noqa: S603
        pages, problem = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        # Killed at its bounds, or broken in a way that pypdf did not foresee.
        return Reading(problem=Unreadable.TOO_COSTLY)
    return Reading(tuple(pages), Unreadable(problem) if problem else None)


def texts_of_pages(content: bytes) -> list[str]:
    """The text of each page; nothing when this is not a PDF that can be read."""
    return list(read_pages(content).pages)


def _texts(content: bytes, most_pages: int) -> tuple[list[str], Unreadable | None]:
    try:
        reader = PdfReader(io.BytesIO(content), strict=True)
        if reader.is_encrypted:
            return [], Unreadable.LOCKED
        if len(reader.pages) > most_pages:
            return [], Unreadable.TOO_MANY_PAGES
        texts = [page.extract_text()[:_MOST_LETTERS] for page in reader.pages]
    except (MemoryError, RecursionError):
        return [], Unreadable.TOO_COSTLY
    except Exception:
        return [], Unreadable.NOT_A_PDF
    return texts, None if texts else Unreadable.NOT_A_PDF


def _main() -> None:
    most, seconds, most_pages = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(_texts(sys.stdin.buffer.read(), most_pages)))


if __name__ == "__main__":
    _main()
