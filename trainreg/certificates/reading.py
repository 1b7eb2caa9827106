"""Read the words of a PDF that anybody may have made: in a process of its own, with bounds on time and memory.

Run as a script it reads a PDF from its standard input and writes the text of each page, as JSON, to its output.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys

from pypdf import PdfReader

MOST_PAGES = 5000
_MOST_LETTERS = 20_000  # of one page: a certificate has some hundred
_SECONDS, _SECONDS_PER_MEGABYTE, _MOST_SECONDS = 60, 30, 600  # a true file of 5000 pages is read in minutes
_MEMORY = 1 << 30  # what reading may take beside the file itself


def texts_of_pages(content: bytes) -> list[str]:
    """The text of each page; nothing when this is not a PDF that can be read in reasonable time and memory."""
    seconds = min(_MOST_SECONDS, _SECONDS + _SECONDS_PER_MEGABYTE * len(content) // 1_000_000)
    reader = [sys.executable, "-I", __file__, str(len(content)), str(seconds)]
    try:
        # Our own arguments only; the file is handed over by pipe.
        done = subprocess.run(reader, input=content, capture_output=True, timeout=2 * seconds, check=True)  # noqa: S603
        pages: list[str] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        # pypdf answers broken files with whatever broke first; for us they are all simply unreadable.
        return []
    return pages


def _main() -> None:
    size, seconds = map(int, sys.argv[1:])
    most = _MEMORY + 4 * size
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=True)
    pages = [] if len(reader.pages) > MOST_PAGES else [page.extract_text()[:_MOST_LETTERS] for page in reader.pages]
    sys.stdout.write(json.dumps(pages))


if __name__ == "__main__":
    _main()
