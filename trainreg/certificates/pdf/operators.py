"""The operators that put text and pictures on a page: glyph numbers, with kerning and moved marks between them."""

from __future__ import annotations

from functools import lru_cache

from trainreg.certificates.pdf.faces import Setting


@lru_cache(maxsize=4096)
def show(line: Setting, size: float, tracking: float) -> str:
    """Show a line from the current point on; where the pen should be is reckoned anew for each glyph."""
    shown: list[str] = []
    pieces: list[str] = []
    target = pen = rise = 0
    extra = tracking * 1000 / size
    gaps = 0

    def close() -> None:
        if pieces:
            shown.append("[" + "".join(pieces).replace("><", "") + "] TJ")
            pieces.clear()

    for stretch in line.stretches:
        close()
        shown.append(f"/F{stretch.cut.code} {size:g} Tf")
        width = stretch.cut.nominal_width
        for glyph in stretch.glyphs:
            if glyph.y_offset != rise:
                close()
                rise = glyph.y_offset
                shown.append(f"{rise * size / 1000:.3f} Ts")
            place = target + glyph.x_offset + round(gaps * extra)
            if place != pen:
                pieces.append(str(pen - place))
            pieces.append(f"<{glyph.number:04X}>")
            pen = place + stretch.cut.thousandths(width(glyph.number))
            target += glyph.advance
            gaps += glyph.ends and stretch.is_spaceable
    close()
    if rise:
        shown.append("0 Ts")
    return " ".join(shown)


def spoken(text: str) -> str:
    """A text string of the file, as UTF-16."""
    return f"<{(chr(0xFEFF) + text).encode('utf-16-be').hex().upper()}>"
