"""The formal design: an engine-turned border and seal, one or two languages, two signatories."""

from __future__ import annotations

from functools import cache

from trainreg.certificates.designs import wording_1 as words
from trainreg.certificates.drawing.fitting import Fitted, Stage, fit
from trainreg.certificates.drawing.guilloche import border, rosette
from trainreg.certificates.drawing.placed import PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Anchor, Line
from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Colour, Ornament
from trainreg.certificates.drawing.typefaces import typeface
from trainreg.certificates.facts import CertificateFacts, Signatory
from trainreg.kernel.languages import in_language

DISPLAY, SERIF, ITALIC = "NotoSerifDisplay-Bold", "NotoSerif-Regular", "NotoSerif-Italic"
SERIF_BOLD, SANS, SANS_BOLD = "NotoSerif-Bold", "NotoSans-Regular", "NotoSans-Bold"

NAVY: Colour = (0.086, 0.188, 0.325)
INK: Colour = (0.13, 0.14, 0.17)
GOLD: Colour = (0.627, 0.471, 0.157)
GREY: Colour = (0.36, 0.38, 0.42)
RED: Colour = (0.62, 0.16, 0.14)

CENTRE = PAGE_WIDTH_MM / 2
POINT = 1 / POINTS_PER_MM
_WIDE = 226.0
_COLUMN = 110.0
_SIGNATORY = 88.0
_QR = (CENTRE - 12.0, 150.5, 24.0)
_NAME_STAGES = ((Stage(1, 31, 20), Stage(2, 22, 11)), (Stage(1, 18, 14), Stage(2, 14, 9)))
_TITLE_STAGES = (Stage(1, 13, 11), Stage(2, 12.5, 10.5), Stage(3, 11.5, 8), Stage(4, 9, 6.5))
_SMALL_STAGES = (Stage(1, 8, 7), Stage(2, 7.5, 5.5), Stage(3, 6.5, 5))


class Formal1:
    """Version 1 of the formal design, for certificates in English, Mongolian or both."""

    name = "formal-1"

    def qr_box(self) -> tuple[float, float, float]:
        return _QR

    def ground(self) -> Ornament:
        return _ground()

    def faces_of(self, facts: CertificateFacts) -> list[tuple[str, str]]:
        first, *others = facts.languages
        texts = [(facts.names[first], DISPLAY), *((facts.names[language], DISPLAY) for language in others)]
        for language in facts.languages:
            texts.append((in_language(facts.event_title, language), SERIF_BOLD))
            texts.append((in_language(facts.place, language), SERIF))
            texts.append((in_language(facts.organisation, language), SANS_BOLD))
            texts.append((in_language(facts.project_title, language), SANS))
            for signatory in facts.signatories:
                texts.append((in_language(signatory.name, language), SERIF_BOLD))
                texts.append((in_language(signatory.title, language), SERIF))
        texts += [(facts.register_number, SANS_BOLD), (facts.code, SANS_BOLD), (facts.verify_url, SANS)]
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


def _centred(text: str, face: str, size: float, y: float, colour: Colour, **options: float) -> Line:
    return Line(text=text, face=face, size=size, x=CENTRE, y=y, colour=colour, **options)


def _heading(facts: CertificateFacts) -> list[Line]:
    first, *others = facts.languages
    lines: list[Line] = []
    y = 46.5
    for count, text in enumerate(_distinct(facts.organisation, facts.languages)):
        face = SANS_BOLD if count == 0 else SANS
        fitted = fit(text.upper(), typeface(face), width=_WIDE / POINT, stages=(Stage(1, 8.5, 5.5),), tracking=0.9)
        lines.append(_centred(fitted.lines[0], face, fitted.size, y, NAVY if count == 0 else GREY, tracking=0.9))
        y += 4.3
    lines.append(_centred(words.TITLES[first][facts.kind], DISPLAY, 33, 65, NAVY, tracking=0.6))
    lines += [_centred(words.TITLES[other][facts.kind], DISPLAY, 16, 73, GOLD, tracking=0.5) for other in others]
    openings = "   ·   ".join(words.opening(facts, language) for language in facts.languages)
    lines.append(_centred(openings, ITALIC, 10.5, 81.5, GREY))
    return lines


def _names(facts: CertificateFacts) -> list[Line]:
    blocks: list[tuple[Fitted, Colour]] = []
    for count, name in enumerate(_distinct(facts.names, facts.languages)):
        fitted = fit(name, typeface(DISPLAY), width=_WIDE / POINT, stages=_NAME_STAGES[count])
        blocks.append((fitted, INK if count == 0 else NAVY))
    leading = [fitted.size * 1.12 * POINT for fitted, _ in blocks for _ in fitted.lines]
    gap = 0.8 * (len(blocks) - 1)
    # The block of names stands in the middle of its room, however many lines it takes.
    y = 97.2 - (sum(leading) + gap) / 2
    lines: list[Line] = []
    for fitted, colour in blocks:
        for text in fitted.lines:
            y += fitted.size * 1.12 * POINT
            lines.append(_centred(text, DISPLAY, fitted.size, y - fitted.size * 0.22 * POINT, colour))
        y += 0.8
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
    title = fit(
        in_language(facts.event_title, language), typeface(SERIF_BOLD), width=width / POINT, stages=_TITLE_STAGES
    )
    when = words.when(facts.starts_on, facts.ends_on, language)
    where = ", ".join(part for part in (in_language(facts.place, language), when) if part)
    if language == "mn":
        where = ", ".join(part for part in (when, in_language(facts.place, language)) if part)
    rows: list[tuple[str, str, float, float, Colour]] = [(words.deed(facts, language), ITALIC, 10, 0, GREY)]
    title_leading = title.size * 1.25 * POINT
    rows += [
        (text, SERIF_BOLD, title.size, title_leading + (1.2 if count == 0 else 0), INK)
        for count, text in enumerate(title.lines)
    ]
    for text, face, stages, colour, gap in (
        (where, SERIF, (Stage(1, 9.5, 8), Stage(2, 8.5, 6)), INK, 1.6),
        (words.duration(facts, language), SERIF, (Stage(1, 9.5, 7),), INK, 0.6),
        (words.project_line(facts, language), SANS, _SMALL_STAGES, GREY, 1.8),
    ):
        if text:
            fitted = fit(text, typeface(face), width=width / POINT, stages=stages)
            rows += [
                (line, face, fitted.size, fitted.size * 1.28 * POINT + (gap if count == 0 else 0), colour)
                for count, line in enumerate(fitted.lines)
            ]
    y = 118.0
    lines: list[Line] = []
    for text, face, size, advance, colour in rows:
        y += advance
        lines.append(Line(text=text, face=face, size=size, x=x, y=y, colour=colour))
    return lines


def _signatories(facts: CertificateFacts) -> list[Line]:
    places = (CENTRE - 74.0, CENTRE + 74.0)
    return [
        line
        for signatory, x in zip(facts.signatories, places, strict=False)
        for line in _signatory(signatory, facts.languages, x)
    ]


def _signatory(signatory: Signatory, languages: tuple[str, ...], x: float) -> list[Line]:
    y = 170.0
    rule = "_" * 34
    lines = [Line(text=rule, face=SANS, size=7, x=x, y=y, colour=GREY)]
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
    address = fit(facts.verify_url, typeface(SANS), width=100 / POINT, stages=(Stage(1, 6, 3.5),))
    return [
        _centred(facts.code, SANS_BOLD, 8, 178.6, INK, tracking=0.3),
        _centred(address.lines[0], SANS, address.size, 181.7, GREY),
        _centred(f"{register}  {facts.register_number}", SANS_BOLD, 7.5, 186.2, NAVY),
    ]


def _specimen(facts: CertificateFacts) -> list[Line]:
    if not facts.is_invented:
        return []
    return [
        Line(
            text=words.SPECIMEN[language], face=SANS, size=6.5, x=PAGE_WIDTH_MM - 25, y=27.0 + 3.2 * count,
            colour=RED, anchor=Anchor.RIGHT, tracking=0.2,
        )
        for count, language in enumerate(facts.languages)
    ]


def _distinct(texts: words.Mapping[str, str], languages: tuple[str, ...]) -> list[str]:
    """The text in each language, once where two languages share it."""
    return list(dict.fromkeys(filter(None, (in_language(texts, language) for language in languages))))


@cache
def _ground() -> Ornament:
    page = (PAGE_WIDTH_MM * POINTS_PER_MM, PAGE_HEIGHT_MM * POINTS_PER_MM)

    def band(amplitude: float, phases: int, wavelength: float, waves: int, pen: str) -> Ornament:
        return border(
            page=page, inset=11 * POINTS_PER_MM, radius=9 * POINTS_PER_MM, wavelength=wavelength * POINTS_PER_MM,
            corner_waves=waves, amplitude=amplitude * POINTS_PER_MM, phases=phases, pen=pen,
        )

    def flower(y: float, radius: float, petals: int, strands: int, depth: float, pen: str) -> Ornament:
        return rosette(
            centre=(page[0] / 2, page[1] - y * POINTS_PER_MM), radius=radius * POINTS_PER_MM,
            petals=petals, strands=strands, depth=depth, pen=pen,
        )

    parts = {
        "W": flower(112, 74, 9, 12, 0.62, "0.25 w 0.955 0.945 0.915 RG"),
        "B": band(4.3, 9, 12.2, 1, "0.3 w 0.086 0.188 0.325 RG"),
        "G": band(2.6, 5, 6.1, 2, "0.3 w 0.627 0.471 0.157 RG"),
        "O": flower(31, 9.6, 16, 8, 0.34, "0.28 w 0.086 0.188 0.325 RG"),
        "I": flower(31, 6.6, 8, 8, 0.55, "0.28 w 0.627 0.471 0.157 RG"),
    }
    return Ornament(" ".join([*(f"/{name} Do" for name in parts), _rules(page)]), (0, 0, *page), parts)


def _rules(page: tuple[float, float]) -> str:
    mm = POINTS_PER_MM

    def frame(inset: float, pen: str) -> str:
        width, height = page[0] - 2 * inset * mm, page[1] - 2 * inset * mm
        return f"{pen} {inset * mm:.2f} {inset * mm:.2f} {width:.2f} {height:.2f} re S"

    def diamond(x: float, y: float, reach: float) -> str:
        return f"{x - reach:.2f} {y:.2f} m {x:.2f} {y + reach:.2f} l {x + reach:.2f} {y:.2f} l {x:.2f} {y - reach:.2f} l f"

    gold = "0.627 0.471 0.157"
    middle, below_name = page[0] / 2, page[1] - 111.5 * mm
    return " ".join(
        [
            frame(17.4, f"0.6 w {gold} RG"),
            frame(18.4, "0.25 w 0.086 0.188 0.325 RG"),
            f"0.5 w {gold} RG {middle - 62 * mm:.2f} {below_name:.2f} m {middle - 4 * mm:.2f} {below_name:.2f} l S",
            f"{middle + 4 * mm:.2f} {below_name:.2f} m {middle + 62 * mm:.2f} {below_name:.2f} l S",
            f"{gold} rg {diamond(middle, below_name, 1.4 * mm)}",
        ]
    )
