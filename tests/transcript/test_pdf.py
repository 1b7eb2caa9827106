"""The paper: what a reader finds on it, on how many pages, the same every time."""

import re
import subprocess
from dataclasses import replace

import pytest

from tests.paper.reading import text_of
from tests.records.worlds import certify
from tests.transcript.histories import AT, came, many
from tests.world import World
from trainreg.transcript.content import Transcript, compose
from trainreg.transcript.pdf import draw_transcript, name_on_paper

pytestmark = pytest.mark.slow


def told_of(world: World, language: str = "en") -> Transcript:
    return compose(world.bolor, None, language=language, at=AT)


def pages_in(content: bytes) -> int:
    told = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True).stdout.decode()
    found = re.search(r"Pages:\s+(\d+)", told)
    assert found is not None and "A4" in told
    return int(found[1])


@pytest.mark.parametrize(
    ("language", "head", "foot"),
    [("en", "Transcript of trainings", "Page 1 of 1"), ("mn", "Сургалтад оролцсон түүх", "1-р тал, нийт 1")],
)
def test_name_numbers_hours_and_what_it_is_not(world: World, language: str, head: str, foot: str) -> None:
    certify(came(world.bolor, world.project, world.ministry), 7)
    told = told_of(world, language)
    text = text_of(draw_transcript(told))
    for words in (head, foot, "Батын Болор", "P/0007", told.organisation, *told.statements, told.made):
        assert words in text
    assert f"/v/{7:020d}" in text and told.years[0].entries[0].hours in text


@pytest.mark.slow
def test_a_hundred_and_twenty_trainings_on_numbered_pages(world: World) -> None:
    many(world.bolor, world.project, world.ministry, 120)
    told = told_of(world, "mn")
    content = draw_transcript(told)
    pages = pages_in(content)
    assert 8 <= pages <= 14
    text = text_of(content)
    assert f"{pages}-р тал, нийт {pages}" in text and "Сургалт 119" in text
    for year in told.years:
        for paper in (paper for entry in year.entries for paper in entry.papers):
            assert paper.number in text and paper.address in text
    assert text.count(told.heads.result) == pages, "the head stands on every page"


def test_the_same_records_give_the_same_bytes(world: World) -> None:
    certify(came(world.bolor, world.project, world.ministry), 7)
    assert draw_transcript(told_of(world)) == draw_transcript(told_of(world))
    assert draw_transcript(told_of(world)) != draw_transcript(told_of(world, "mn"))


def test_a_name_that_cannot_be_drawn_stands_in_latin_letters(world: World) -> None:
    came(world.bolor, world.project, world.ministry)
    told = replace(told_of(world), name="王 Болор", latin="Wang Bolor")
    text = text_of(draw_transcript(told))
    assert "Wang Bolor" in text and "U+738B" in text and "王" not in text
    without = replace(told, latin="王")
    assert name_on_paper(without).text == without.reference and without.reference in text_of(draw_transcript(without))


@pytest.mark.slow
@pytest.mark.parametrize("words", ["x" * 400, "слово " * 120, "\u202eabc \U0001f600", ""])
def test_whatever_somebody_wrote_it_is_drawn(world: World, words: str) -> None:
    came(world.bolor, world.project, world.ministry)
    told = told_of(world)
    year = told.years[0]
    entry = replace(year.entries[0], title=words, place=words)
    told = replace(told, organisation=words, name=words or "–", years=(replace(year, entries=(entry,) * 30),))
    assert pages_in(draw_transcript(told)) >= 2


def test_nobody_s_past_is_one_page(world: World) -> None:
    content = draw_transcript(told_of(world))
    assert pages_in(content) == 1 and "No training is on record." in text_of(content)
