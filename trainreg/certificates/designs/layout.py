"""From a design and one record to the items of a page, in the order of the design's elements."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image

from trainreg.certificates.designs.ornaments import rgb, stroke
from trainreg.certificates.designs.phrases import Phrases
from trainreg.certificates.designs.schema import (
    Box,
    Design,
    Element,
    Paragraph,
    PictureElement,
    QrElement,
    SealElement,
    SignatoriesElement,
    SpecimenElement,
    TextElement,
    Texts,
    VerticalElement,
)
from trainreg.certificates.designs.setting import POINTS_PER_MM, Block, gap_above, set_stack
from trainreg.certificates.facts import CertificateFacts, Signatory
from trainreg.certificates.pdf import pictures
from trainreg.certificates.pdf.canvas import qr_squares
from trainreg.certificates.pdf.page import Anchor, Item, Line, Picture, QrCode, Strokes, Tag, Text
from trainreg.kernel.languages import in_language
from trainreg.people.printing import TRADITIONAL

_QUIET_MODULES = 4
_CIRCLE = 0.5523


class Layout:
    """One certificate on a design; raises DoesNotFit where words are too long for their box."""

    def __init__(self, design: Design, facts: CertificateFacts, *, verify: str, offline: str) -> None:
        self._design, self._facts, self._verify, self._offline = design, facts, verify, offline
        self.phrases = Phrases(design, facts, verify=verify)

    def items(self) -> list[Item]:
        """All items of the page."""
        return [item for element in self._design.elements for item in self._items_of(element)]

    def words(self) -> Iterator[tuple[str, str]]:
        """Each text of the page with its family, whether or not it can be drawn."""
        for element in self._design.elements:
            if isinstance(element, TextElement) and element.box.on(len(self._facts.languages)):
                for paragraph, text, _ in self._paragraphs(element):
                    yield from ((line, paragraph.family) for line in text.split("\n"))
            if isinstance(element, SignatoriesElement):
                for signatory in self._facts.signatories[: element.most]:
                    yield from ((text, paragraph.family) for paragraph, text, _ in self._signed(element, signatory))
            if isinstance(element, VerticalElement) and self._facts.names.get(TRADITIONAL):
                yield self.phrases.said(element.text, TRADITIONAL), element.family

    def _items_of(self, element: Element) -> Iterator[Item]:
        box = element.box.on(len(self._facts.languages))
        if box is None:
            return
        if isinstance(element, TextElement):
            yield from self._stack(self._paragraphs(element), box, element.align, element.upright)
        elif isinstance(element, PictureElement):
            yield _picture(element.image, box, self._in_first(element.alternative))
        elif isinstance(element, SignatoriesElement):
            yield from self._signatories(element, box)
        elif isinstance(element, SealElement):
            yield from self._seal(element, box)
        elif isinstance(element, QrElement):
            yield from self._qr(element, box)
        elif isinstance(element, VerticalElement):
            yield from self._vertical(element, box)
        else:
            yield from self._specimen(element, box)

    def _language_of(self, slot: str) -> str:
        languages = self._facts.languages
        if slot in {"1", "2"}:
            return languages[int(slot) - 1] if int(slot) <= len(languages) else ""
        return slot

    def _in_first(self, texts: Texts) -> str:
        language = self._facts.languages[0]
        template = texts if isinstance(texts, str) else in_language(texts, language)
        return self.phrases.said(template, language)

    def _paragraphs(self, element: TextElement) -> list[tuple[Paragraph, str, str]]:
        found: list[tuple[Paragraph, str, str]] = []
        said: set[str] = set()
        for paragraph in element.paragraphs:
            language = self._language_of(paragraph.slot)
            if not language:
                continue
            template = paragraph.text if isinstance(paragraph.text, str) else in_language(paragraph.text, language)
            text = self.phrases.lines(template, language)
            if text and text not in said:
                found.append((paragraph, text.upper() if paragraph.capitals else text, language))
                said.add(text)
        return found

    def _stack(
        self, texts: list[tuple[Paragraph, str, str]], box: Box, align: str, upright: str = "top"
    ) -> Iterator[Text]:
        blocks = set_stack(texts, box.width, box.height)
        tightness = gap_above(blocks, box.height)
        height = sum(block.height + block.paragraph.gap * tightness * (count > 0) for count, block in enumerate(blocks))
        y = box.y + {"top": 0.0, "middle": 0.5, "bottom": 1.0}[upright] * (box.height - height)
        x = box.x + {"left": 0.0, "middle": 0.5, "right": 1.0}[align] * box.width
        for count, block in enumerate(blocks):
            y += block.paragraph.gap * tightness if count else 0
            yield self._text(block, x, y, Anchor(align))
            y += block.height

    def _text(self, block: Block, x: float, y: float, anchor: Anchor) -> Text:
        paragraph = block.paragraph
        # Capitals and descenders together stand in the middle of a line's height.
        first = y + block.leading / 2 + block.size * 0.27 / POINTS_PER_MM
        lines = tuple(
            Line(
                text=text,
                face=paragraph.family,
                size=block.size,
                x=round(x, 3),
                y=round(first + count * block.leading, 3),
                colour=rgb(self._design.colours[paragraph.colour]),
                anchor=anchor,
                tracking=paragraph.tracking,
            )
            for count, text in enumerate(block.lines)
        )
        return Text(lines=lines, language=block.language, tag=Tag(paragraph.tag))

    def _signed(self, element: SignatoriesElement, signatory: Signatory) -> list[tuple[Paragraph, str, str]]:
        found: list[tuple[Paragraph, str, str]] = []
        for count, language in enumerate(self._facts.languages):
            name, title = in_language(signatory.name, language), in_language(signatory.title, language)
            for text, family, size, colour, gap in (
                (name, element.name_family, element.name_size - count, element.name_colour, 1.2),
                (title, element.title_family, element.title_size - count * 0.5, element.title_colour, 0.2),
            ):
                if text and text not in {said for _, said, _ in found}:
                    largest = max(size, element.smallest)
                    wrap_at = max(largest - 1.5, element.smallest)
                    paragraph = Paragraph(
                        text="", family=family, size=largest, smallest=element.smallest, wrap_at=wrap_at,
                        lines=2, colour=colour, gap=gap,
                    )  # fmt: skip
                    found.append((paragraph, text, language))
        return found

    def _signatories(self, element: SignatoriesElement, box: Box) -> Iterator[Item]:
        signing = self._facts.signatories[: element.most]
        if not signing:
            return
        column = box.width / len(signing)
        width = min(element.widest, column - 4 if len(signing) > 1 else column)
        line = min(element.line, width)
        pen = stroke(self._design.colours[element.line_colour], 0.5)
        for count, signatory in enumerate(signing):
            x = box.x + column * count + {"left": 0.0, "middle": 0.5, "right": 1.0}[element.align] * (column - width)
            start = x + {"left": 0.0, "middle": 0.5, "right": 1.0}[element.align] * (width - line)
            if signatory.image:
                room = Box(start, box.y, line, element.room - 0.5)
                language = self._facts.languages[0]
                name = in_language(signatory.name, language)
                alternative = self.phrases.part("signature", language, signatory=name)
                yield _picture(signatory.image, _fitted(signatory.image, room), alternative)
            up = (self._design.size[1] - box.y - element.room) * POINTS_PER_MM
            yield Strokes(
                operators=f"{pen} {start * POINTS_PER_MM:.2f} {up:.2f} m "
                f"{(start + line) * POINTS_PER_MM:.2f} {up:.2f} l S"
            )
            below = Box(x, box.y + element.room + 1, width, box.height - element.room - 1)
            yield from self._stack(self._signed(element, signatory), below, element.align)

    def _seal(self, element: SealElement, box: Box) -> Iterator[Item]:
        words = self.phrases.part("seal", self._facts.languages[0])
        if element.image:
            yield _picture(element.image, _fitted(element.image, box), words)
            return
        radius = min(box.width, box.height) / 2 * POINTS_PER_MM
        x = (box.x + box.width / 2) * POINTS_PER_MM
        y = (self._design.size[1] - box.y - box.height / 2) * POINTS_PER_MM
        bow = radius * _CIRCLE
        arcs = " ".join(
            f"{x + a:.2f} {y + b:.2f} {x + c:.2f} {y + d:.2f} {x + e:.2f} {y + f:.2f} c"
            for a, b, c, d, e, f in (
                (radius, bow, bow, radius, 0, radius),
                (-bow, radius, -radius, bow, -radius, 0),
                (-radius, -bow, -bow, -radius, 0, -radius),
                (bow, -radius, radius, -bow, radius, 0),
            )
        )
        pen = stroke(self._design.colours[element.colour], 0.4)
        yield Strokes(operators=f"{pen} [1.5 1.5] 0 d {x + radius:.2f} {y:.2f} m {arcs} S")
        paragraph = Paragraph(text="", family="sans", size=7.0, smallest=5.0, colour=element.colour)
        yield from self._stack([(paragraph, words, self._facts.languages[0])], box, "middle", "middle")

    def _qr(self, element: QrElement, box: Box) -> Iterator[Item]:
        content = self._verify if element.form == "address" else self._offline
        if not content:
            return
        modules, _ = qr_squares(content)
        # The box holds the quiet zone too, so that nothing that keeps out of it can come too near.
        side = min(box.width, box.height)
        quiet = side * _QUIET_MODULES / (modules + 2 * _QUIET_MODULES)
        part = "qr" if element.form == "address" else "offline_qr"
        yield QrCode(
            content=content,
            x=round(box.x + (box.width - side) / 2 + quiet, 3),
            y=round(box.y + (box.height - side) / 2 + quiet, 3),
            side=round(side - 2 * quiet, 3),
            alternative=self.phrases.part(part, self._facts.languages[0]),
        )

    def _vertical(self, element: VerticalElement, box: Box) -> Iterator[Item]:
        if not self._facts.names.get(TRADITIONAL):
            return
        text = self.phrases.said(element.text, TRADITIONAL)
        paragraph = Paragraph(text="", family=element.family, size=element.size, smallest=element.smallest)
        (block,) = set_stack([(paragraph, text, TRADITIONAL)], box.height, box.width)
        # The script hangs on its baseline, which stands left of the middle of the column.
        x = box.x + box.width / 2 - block.size * 0.27 / POINTS_PER_MM
        line = Line(
            text=text, face=element.family, size=block.size, x=round(x, 3), y=round(box.y + box.height / 2, 3),
            colour=rgb(self._design.colours[element.colour]), anchor=Anchor.MIDDLE, is_vertical=True,
        )  # fmt: skip
        yield Text(lines=(line,), language=TRADITIONAL)

    def _specimen(self, element: SpecimenElement, box: Box) -> Iterator[Item]:
        if not self._facts.is_invented:
            return
        paragraph = Paragraph(
            text="", family=element.family, size=element.size, smallest=element.smallest, colour=element.colour
        )
        texts = [(paragraph, self.phrases.part("specimen", language), language) for language in self._facts.languages]
        yield from self._stack(texts, box, element.align)


def _picture(image: str, box: Box, alternative: str) -> Picture:
    return Picture(
        image=image, x=round(box.x, 3), y=round(box.y, 3), width=round(box.width, 3), height=round(box.height, 3),
        alternative=alternative,
    )  # fmt: skip


def _fitted(image: str, room: Box) -> Box:
    """The largest box of the picture's own proportions in the room, standing on its lower edge."""
    width, height = _proportions(image)
    scale = min(room.width / width, room.height / height)
    return Box(
        room.x + (room.width - width * scale) / 2, room.y + room.height - height * scale, width * scale, height * scale
    )


@lru_cache(maxsize=256)
def _proportions(image: str) -> tuple[int, int]:
    with Image.open(io.BytesIO(pictures.loader()(image))) as opened:
        width, height = opened.size
    return width, height
