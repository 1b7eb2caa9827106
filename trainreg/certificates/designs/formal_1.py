"""The formal design: an engine-turned border and seal, one or two languages, two signatories."""

from __future__ import annotations

from functools import cache

from trainreg.certificates.designs import wording_1 as words
from trainreg.certificates.drawing.fitting import DoesNotFit, Fitted, Stage, fit
from trainreg.certificates.drawing.guilloche import border, rosette
from trainreg.certificates.drawing.placed import PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Anchor, Line
from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Colour, Ornament
from trainreg.certificates.drawing.typefaces import typeface
from trainreg.certificates.facts import CertificateFacts, Signatory, Texts
from trainreg.kernel.languages import in_language

DISPLAY, SERIF, ITALIC = "NotoSerifDisplay-Bold", "NotoSerif-Regular", "NotoSerif-Italic"
SERIF_BOLD, SANS_BOLD = "NotoSerif-Bold", "NotoSans-Bold"

NAVY: Colour = (0.086, 0.188, 0.325)
INK: Colour = (0.13, 0.14, 0.17)
GOLD: Colour = (0.627, 0.471, 0.157)
GREY: Colour = (0.36, 0.38, 0.42)
RED: Colour = (0.62, 0.16, 0.14)

Stages = tuple[Stage, ...]

CENTRE = PAGE_WIDTH_MM / 2
POINT = 1 / POINTS_PER_MM
_WIDE = 226.0
_COLUMN = 110.0
_SIGNATORY = 88.0
_SIGNATORY_PLACES = (CENTRE - 74.0, CENTRE + 74.0)
_SIGNATURE_LINE = 170.0
_QR = (CENTRE - 12.0, 150.5, 24.0)
_NAME_SETTINGS = (
    (DISPLAY, INK, (Stage(1, 31, 20), Stage(2, 22, 11))),
    (SERIF_BOLD, NAVY, (Stage(1, 17, 13.5), Stage(2, 14, 8.5))),
)
_DEED_STAGES = (Stage(1, 10, 9), Stage(2, 9.5, 7))
_ROOMY = ((Stage(1, 13, 11), Stage(2, 12.5, 10.5), Stage(3, 11.5, 8.5)), (Stage(1, 8, 7), Stage(2, 7.5, 5.5)))
_TIGHT = (
    (Stage(2, 10.5, 8), Stage(3, 9.5, 7.5), Stage(4, 8, 6)),
    (Stage(1, 7, 6), Stage(2, 6.5, 4.5), Stage(3, 5.5, 4.5)),
)
_COLUMN_TOP, _COLUMN_END = 111.0, 149.5


class Formal1:
    """Version 1 of the formal design, for certificates in English, Mongolian or both."""

    name = "formal-1"

    def qr_box(self) -> tuple[float, float, float]:
        return _QR

    def ground(self) -> Ornament:
        return _ground()

    def strokes(self, facts: CertificateFacts) -> str:
        left, top, side = _QR
        box = (left - 1, PAGE_HEIGHT_MM - top - side - 1, side + 2, side + 2)
        height = (PAGE_HEIGHT_MM - _SIGNATURE_LINE) * POINTS_PER_MM
        lines = [
            f"{(x - 26) * POINTS_PER_MM:.2f} {height:.2f} m {(x + 26) * POINTS_PER_MM:.2f} {height:.2f} l S"
            for _, x in zip(facts.signatories, _SIGNATORY_PLACES, strict=False)
        ]
        quiet = " ".join(f"{edge * POINTS_PER_MM:.2f}" for edge in box)
        return f"1 g {quiet} re f 0.5 w 0.36 0.38 0.42 RG {' '.join(lines)}"

    def faces_of(self, facts: CertificateFacts) -> list[tuple[str, str]]:
        names = _distinct(facts.names, facts.languages)
        texts = [(name, face) for name, (face, _, _) in zip(names, _NAME_SETTINGS, strict=False)]
        for language in facts.languages:
            texts.append((in_language(facts.event_title, language), SERIF_BOLD))
            texts.append((in_language(facts.place, language), SERIF))
            texts.append((in_language(facts.organisation, language), SANS_BOLD))
            texts.append((in_language(facts.project_title, language), SERIF))
            for signatory in facts.signatories:
                texts.append((in_language(signatory.name, language), SERIF_BOLD))
                texts.append((in_language(signatory.title, language), SERIF))
        texts += [(facts.register_number, SANS_BOLD), (facts.code, SANS_BOLD), (facts.verify_url, SERIF)]
        return texts

    def lines(self, facts: CertificateFacts) -> list[Line]:
        if not 1 <= len(facts.languages) <= 2 or not set(facts.languages) <= words.TITLES.keys():
            raise ValueError("this design speaks English, Mongolian or both")
        return [
            *_heading(facts),
            *_names(facts),
            *_columns(facts),
            *_signatories(facts),
            *_proof(facts),
            *_specimen(facts),
        ]


def _centred(text: str, face: str, size: float, y: float, colour: Colour, tracking: float = 0) -> Line:
    return Line(text=text, face=face, size=size, x=CENTRE, y=y, colour=colour, tracking=tracking)


def _heading(facts: CertificateFacts) -> list[Line]:
    first, *others = facts.languages
    lines: list[Line] = []
    y = 43.5
    for count, text in enumerate(_distinct(facts.organisation, facts.languages)):
        face = SANS_BOLD if count == 0 else SERIF
        fitted = fit(text.upper(), typeface(face), width=_WIDE / POINT, stages=(Stage(1, 8.5, 5.5),), tracking=0.9)
        lines.append(_centred(fitted.lines[0], face, fitted.size, y, NAVY if count == 0 else GREY, tracking=0.9))
        y += 4.3
    lines.append(_centred(words.TITLES[first][facts.kind], DISPLAY, 33, 61, NAVY, tracking=0.6))
    lines += [_centred(words.TITLES[other][facts.kind], SERIF_BOLD, 15, 68.5, GOLD, tracking=0.4) for other in others]
    openings = "   ·   ".join(words.opening(facts, language) for language in facts.languages)
    lines.append(_centred(openings, ITALIC, 10.5, 76, GREY))
    return lines


def _names(facts: CertificateFacts) -> list[Line]:
    blocks: list[tuple[Fitted, str, Colour]] = []
    for name, (face, colour, stages) in zip(_distinct(facts.names, facts.languages), _NAME_SETTINGS, strict=False):
        blocks.append((fit(name, typeface(face), width=_WIDE / POINT, stages=stages), face, colour))
    leading = [fitted.size * 1.12 * POINT for fitted, _, _ in blocks for _ in fitted.lines]
    gap = 1.2
    # The block of names stands in the middle of its room, however many lines it takes.
    y = 91 - (sum(leading) + gap * (len(blocks) - 1)) / 2
    lines: list[Line] = []
    for fitted, face, colour in blocks:
        for text in fitted.lines:
            y += fitted.size * 1.12 * POINT
            lines.append(_centred(text, face, fitted.size, y - fitted.size * 0.22 * POINT, colour))
        y += gap
    return lines


def _columns(facts: CertificateFacts) -> list[Line]:
    if len(facts.languages) == 1:
        return _column(facts, facts.languages[0], CENTRE, _WIDE)
    first, second = facts.languages
    reach = _COLUMN / 2 + 4
    return [
        *_column(facts, first, CENTRE - reach, _COLUMN),
        *_column(facts, second, CENTRE + reach, _COLUMN),
    ]


def _column(facts: CertificateFacts, language: str, x: float, width: float) -> list[Line]:
    for title_stages, small_stages in (_ROOMY, _TIGHT):
        try:
            lines = _set_column(facts, language, x, width, title_stages, small_stages)
        except DoesNotFit:
            continue
        if lines[-1].y <= _COLUMN_END:
            return lines
    raise DoesNotFit(in_language(facts.event_title, language))


def _set_column(
    facts: CertificateFacts, language: str, x: float, width: float, title_stages: Stages, small_stages: Stages
) -> list[Line]:
    when = words.when(facts.starts_on, facts.ends_on, language)
    place = in_language(facts.place, language)
    where = ", ".join(filter(None, (when, place) if language == "mn" else (place, when)))
    title = in_language(facts.event_title, language)
    y = _COLUMN_TOP - 10 * 1.28 * POINT
    lines: list[Line] = []
    for text, face, stages, colour, gap in (
        (words.deed(facts, language), ITALIC, _DEED_STAGES, GREY, 0),
        (title, SERIF_BOLD, title_stages, INK, 1.2),
        (where, SERIF, (Stage(1, 9.5, 8), Stage(2, 8.5, 6)), INK, 1.2),
        (words.duration(facts, language), SERIF, (Stage(1, 9.5, 7),), INK, 0.4),
        (words.project_line(facts, language), SERIF, small_stages, GREY, 1.4),
    ):
        if not text:
            continue
        fitted = fit(text, typeface(face), width=width / POINT, stages=stages)
        y += gap
        for piece in fitted.lines:
            y += fitted.size * 1.28 * POINT
            lines.append(Line(text=piece, face=face, size=fitted.size, x=x, y=y, colour=colour))
    return lines


def _signatories(facts: CertificateFacts) -> list[Line]:
    return [
        line
        for signatory, x in zip(facts.signatories, _SIGNATORY_PLACES, strict=False)
        for line in _signatory(signatory, facts.languages, x)
    ]


def _signatory(signatory: Signatory, languages: tuple[str, ...], x: float) -> list[Line]:
    y = _SIGNATURE_LINE
    lines: list[Line] = []
    for count, language in enumerate(languages):
        for text, face, largest, colour in (
            (in_language(signatory.name, language), SERIF_BOLD if count == 0 else SERIF, 9, INK),
            (in_language(signatory.title, language), ITALIC, 7.5, GREY),
        ):
            if not text:
                continue
            stages = (Stage(1, largest, 6), Stage(2, 6.5, 4.5))
            fitted = fit(text, typeface(face), width=_SIGNATORY / POINT, stages=stages)
            for piece in fitted.lines:
                y += fitted.size * 1.28 * POINT
                lines.append(Line(text=piece, face=face, size=fitted.size, x=x, y=y, colour=colour))
        y += 0.9
    return lines


def _proof(facts: CertificateFacts) -> list[Line]:
    register = "  ·  ".join(words.LABELS[language]["register"] for language in facts.languages)
    address = fit(facts.verify_url, typeface(SERIF), width=100 / POINT, stages=(Stage(1, 6, 3.5),))
    return [
        _centred(facts.code, SANS_BOLD, 8, 178.6, INK, tracking=0.3),
        _centred(address.lines[0], SERIF, address.size, 181.7, GREY),
        _centred(f"{register}  {facts.register_number}", SANS_BOLD, 7.5, 186.2, NAVY),
    ]


def _specimen(facts: CertificateFacts) -> list[Line]:
    if not facts.is_invented:
        return []
    return [
        Line(
            text=words.SPECIMEN[language],
            face=SERIF,
            size=6.5,
            x=PAGE_WIDTH_MM - 25,
            y=27.0 + 3.2 * count,
            colour=RED,
            anchor=Anchor.RIGHT,
            tracking=0.2,
        )
        for count, language in enumerate(facts.languages)
    ]


def _distinct(texts: Texts, languages: tuple[str, ...]) -> list[str]:
    """The text in each language, once where two languages share it."""
    return list(dict.fromkeys(filter(None, (in_language(texts, language) for language in languages))))


@cache
def _ground() -> Ornament:
    page = (PAGE_WIDTH_MM * POINTS_PER_MM, PAGE_HEIGHT_MM * POINTS_PER_MM)

    def band(amplitude: float, phases: int, wavelength: float, waves: int, pen: str) -> Ornament:
        return border(
            page=page,
            inset=11 * POINTS_PER_MM,
            radius=11.5 * POINTS_PER_MM,
            wavelength=wavelength * POINTS_PER_MM,
            corner_waves=waves,
            amplitude=amplitude * POINTS_PER_MM,
            phases=phases,
            pen=pen,
        )

    def flower(y: float, radius: float, petals: int, strands: int, depth: float, pen: str) -> Ornament:
        return rosette(
            centre=(page[0] / 2, page[1] - y * POINTS_PER_MM),
            radius=radius * POINTS_PER_MM,
            petals=petals,
            strands=strands,
            depth=depth,
            pen=pen,
        )

    parts = {
        "W": flower(106, 74, 9, 12, 0.62, "0.25 w 0.925 0.91 0.865 RG"),
        "B": band(4.2, 12, 9.03, 2, "0.3 w 0.086 0.188 0.325 RG"),
        "G": band(2.6, 6, 4.515, 4, "0.3 w 0.627 0.471 0.157 RG"),
        "O": flower(29.5, 9, 16, 8, 0.34, "0.28 w 0.086 0.188 0.325 RG"),
        "I": flower(29.5, 6.2, 8, 8, 0.55, "0.28 w 0.627 0.471 0.157 RG"),
    }
    return Ornament(" ".join([*(f"/{name} Do" for name in parts), _rules(page)]), (0, 0, *page), parts)


def _rules(page: tuple[float, float]) -> str:
    mm = POINTS_PER_MM

    def frame(inset: float, pen: str) -> str:
        width, height = page[0] - 2 * inset * mm, page[1] - 2 * inset * mm
        return f"{pen} {inset * mm:.2f} {inset * mm:.2f} {width:.2f} {height:.2f} re S"

    def diamond(x: float, y: float, reach: float) -> str:
        corners = ((x - reach, y, "m"), (x, y + reach, "l"), (x + reach, y, "l"), (x, y - reach, "l"))
        return " ".join(f"{across:.2f} {up:.2f} {verb}" for across, up, verb in corners) + " f"

    gold = "0.627 0.471 0.157"
    middle, below_name = page[0] / 2, page[1] - 105 * mm
    return " ".join(
        [
            frame(17.4, f"0.6 w {gold} RG"),
            frame(18.4, "0.25 w 0.086 0.188 0.325 RG"),
            f"0.5 w {gold} RG {middle - 62 * mm:.2f} {below_name:.2f} m {middle - 4 * mm:.2f} {below_name:.2f} l S",
            f"{middle + 4 * mm:.2f} {below_name:.2f} m {middle + 62 * mm:.2f} {below_name:.2f} l S",
            f"{gold} rg {diamond(middle, below_name, 1.4 * mm)}",
        ]
    )
