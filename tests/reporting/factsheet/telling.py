"""Factsheets made up: as long as a large project's, or as short as can be."""

from dataclasses import replace
from decimal import Decimal

from trainreg.reporting.factsheet.parts import (
    Achievement,
    Bar,
    Bars,
    Cell,
    Fact,
    Factsheet,
    IndicatorLine,
    Indicators,
    Numbered,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Tiles,
    Words,
)

LONG_TITLE = "Consultation of ministries, agencies and provinces on identifying and supporting victims of trafficking"


def en(text: str) -> Words:
    return Words(text, "en")


def short() -> Factsheet:
    """A title, and nothing else."""
    return Factsheet(
        language="en",
        code="P-1",
        kind="Factsheet",
        organisation=en("Example Organisation"),
        title=en("Safe migration"),
        place="Mongolia",
        warning="",
        facts=[Fact("Project duration", [en("August 2012 – February 2014")])],
        sections=[],
        contact=None,
        made=["Made on 28 November 2026."],
        footer="Factsheet · P-1",
    )


def long(*, events: int = 60, publications: int = 30, indicators: int = 40, photographs: int = 0) -> Factsheet:
    """Everything there can be, with long words and titles of a hundred letters."""
    sections = [
        Section("overview", "Project overview", [Paragraph(en("A long summary of what was done. " * 30), "lead")]),
        Section("outcomes", "Key outcomes", [Numbered([(str(one), en(LONG_TITLE)) for one in range(1, 31)])]),
        Section("figures", "The project in figures", [_headline(), _tiles(), *_bars()]),
        Section("achievements", "Key achievements", [_achievement(one) for one in range(events + publications)]),
        Section("indicators", "Indicators", [_indicators(indicators), Paragraph(en("Actual figures."), "quiet")]),
    ]
    if photographs:
        sections.append(Section("photographs", "Photographs", [_pictures(photographs)]))
    return replace(
        short(),
        title=en(LONG_TITLE),
        warning="This project is invented. " * 6,
        facts=[*short().facts, Fact("Project partners", [en(f"Ministry number {one}") for one in range(12)])],
        sections=sections,
        contact=Fact("For more information", [en("An office"), en("A" * 200), en("Tel: +976 70 14 31 00")]),
        made=["Made on 28 November 2026. " * 8],
    )


def _headline() -> Paragraph:
    return Paragraph(
        en("1,234,567 attendances by 234,567 officials (F: 120,000, M: 114,567, not stated: 0)."), "headline"
    )


def _tiles() -> Tiles:
    return Tiles([("1,234,567", "attendances"), ("over 10,000,000", "copies printed and handed out")] * 4)


def _bars() -> list[Bars]:
    bars = [Bar(LONG_TITLE, Decimal(one), str(one)) for one in range(15)] + [Bar("Hidden", None, "not told")]
    return [
        Bars("Attendances by agency", "Agency", "Attendances", bars),
        Bars("Attendances over time", "Period", "Attendances", bars[:10], in_time=True),
        Bars("Nothing yet", "Period", "Attendances", [Bar("2026", Decimal(0), "0")]),
    ]


def _achievement(number: int) -> Achievement:
    about = "What was taught, to whom, and what they went on to do with it. " * (number % 9)
    reached = (
        [] if number % 7 == 0 else ["42 participants attended.", "They came from: " + "Ministry of Labour (12), " * 9]
    )
    return Achievement(en(f"{LONG_TITLE} {number}"), "Two-day seminar, Ulaanbaatar, 4–5 May 2026*", en(about), reached)


def _indicators(count: int) -> Indicators:
    cell = Cell("1,234,567", "of 2,000,000", "and 1,200 without names")
    lines = [
        IndicatorLine(f"{one}.a", en(LONG_TITLE), en("officials"), "12,345 (2012)", [cell] * 4, "not told")
        for one in range(count)
    ]
    periods = [(f"2012-{one}-LONG-CODE", "handed in") for one in range(4)]
    return Indicators("Indicator", "Baseline", "All time", periods, lines)


def _pictures(count: int) -> Pictures:
    sizes = [(1600, 1066), (900, 1600), (1600, 300)]
    return Pictures(
        [
            Picture(one, f"{one:064x}", *sizes[one % 3], en("A caption of some length. " * 6), en("People at a table."))
            for one in range(count)
        ]
    )
