"""A pass as a picture, for a page, for paper and for the telephone's gallery."""

import io

import segno

_QUIET = 4  # modules of white around the code, which scanners need
DOT = 12  # pixels of one module of the picture


def as_svg(code: str) -> bytes:
    """The code as lines, which print at any size."""
    file = io.BytesIO()
    _made(code).save(file, kind="svg", border=_QUIET, scale=6, light="#ffffff", xmldecl=True, svgns=True)
    return file.getvalue()


def as_png(code: str) -> bytes:
    """The code as a picture of some hundred pixels."""
    file = io.BytesIO()
    _made(code).save(file, kind="png", border=_QUIET, scale=DOT)
    return file.getvalue()


def _made(code: str) -> segno.QRCode:
    return segno.make(code, error="q", micro=False, boost_error=False)


def as_uri(text: str) -> str:
    """A code as the address of a picture inside a page; the text keeps its case, which links need."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=2, scale=8, light="#ffffff"))
