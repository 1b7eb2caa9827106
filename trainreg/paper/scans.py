"""Read the QR code of a sheet from a scan that somebody sent."""

import io
import logging
from collections.abc import Iterator

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from trainreg.paper.codes import PageCode, read_page_code
from trainreg.questions.uploads import FileKind, Upload

LARGEST_SCAN = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000  # an A4 page at 600 dpi has 35 million
SIDE = 3_600  # enough for a code of 23 mm on a page scanned at 300 dpi
PAGES_READ = 3
PICTURES_READ = 4
_FORMATS = zxingcpp.barcode_formats_from_str("QRCode")
_log = logging.getLogger(__name__)


def code_in(upload: Upload) -> PageCode | None:
    """Which page of which sheet a file shows; None where no code of ours can be read. A file may hold anything."""
    try:
        for picture in _pictures(upload):
            for found in zxingcpp.read_barcodes(picture, formats=_FORMATS):
                if (code := read_page_code(found.text)) is not None:
                    return code
    except Exception as error:  # whatever the readers of two formats trip over: the file is kept all the same
        _log.info("a scan could not be read: %s", type(error).__name__)
    return None


def _pictures(upload: Upload) -> Iterator[Image.Image]:
    if upload.kind is not FileKind.PDF:
        yield _small(Image.open(io.BytesIO(upload.content)))
        return
    for page in PdfReader(io.BytesIO(upload.content)).pages[:PAGES_READ]:
        resources = page.get("/Resources")
        objects = resources.get_object().get("/XObject") if resources is not None else None
        if objects is None:
            continue
        for name, reference in list(objects.get_object().items())[:PICTURES_READ]:
            known = reference.get_object()
            if known.get("/Subtype") == "/Image" and int(known["/Width"]) * int(known["/Height"]) <= MOST_PIXELS:
                picture = page.images[name].image
                if picture is not None:
                    yield _small(picture)


def _small(picture: Image.Image) -> Image.Image:
    """In grey, and no larger than the code needs."""
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("more pixels than a scanned page has")
    picture.draft("L", (SIDE, SIDE))
    grey = picture.convert("L")
    grey.thumbnail((SIDE, SIDE))
    return grey
