"""The QR code as vector squares."""

from __future__ import annotations

from itertools import groupby

import segno

from trainreg.certificates.drawing.sheet import POINTS_PER_MM

# Choosing among eight masks takes four fifths of the time, and any of them reads as well on clean paper.
_MASK = 3


def qr_operators(address: str, *, left: float, bottom: float, side: float) -> str:
    """Drawing operators for the code of an address in a square, in millimetres from the lower left corner."""
    code = segno.make_qr(address, error="m", mask=_MASK, boost_error=False)
    rows = list(code.matrix)
    module = side / len(rows) * POINTS_PER_MM
    squares: list[str] = []
    for count, row in enumerate(rows):
        start = 0
        for dark, modules in groupby(row):
            length = len(list(modules))
            if dark:
                squares.append(f"{start} {len(rows) - 1 - count} {length} 1 re")
            start += length
    move = f"{module:.5f} 0 0 {module:.5f} {left * POINTS_PER_MM:.3f} {bottom * POINTS_PER_MM:.3f} cm"
    return f"{move} 0 g {' '.join(squares)} f"
