"""What a reader, and a camera, find on a drawn page."""

import io
import subprocess

import zxingcpp
from PIL import Image


def text_of(content: bytes) -> str:
    """All words of the file, white space folded."""
    return " ".join(_run(["pdftotext", "-raw", "-", "-"], content).decode().split())


def codes_of(content: bytes, *, dots: int, page: int = 1) -> list[str]:
    """The QR codes of one page, drawn at so many dots to the inch."""
    return [one.text for one in zxingcpp.read_barcodes(picture_of(content, dots=dots, page=page))]


def picture_of(content: bytes, *, dots: int, page: int = 1) -> Image.Image:
    options = ["-r", str(dots), "-png", "-f", str(page), "-l", str(page)]
    return Image.open(io.BytesIO(_run(["pdftoppm", *options, "-"], content))).convert("L")


def _run(command: list[str], content: bytes) -> bytes:
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout
