"""A line break typed into a text stands on the paper; nothing that is filled in breaks a line."""

import json
from dataclasses import replace

import pytest

from tests.certificates.pdf.sheets import ABOUT
from trainreg.certificates.designs import gate, trials
from trainreg.certificates.designs.gallery import GALLERY
from trainreg.certificates.designs.kit import Kit
from trainreg.certificates.designs.refusals import DesignRefused
from trainreg.certificates.designs.schema import Design, canonical, digest, parse
from trainreg.certificates.pdf.page import Text
from trainreg.certificates.pdf.reading import said
from trainreg.certificates.pdf.writer import draw


def with_opening(text: str, lines: int = 1) -> Design:
    told = json.loads(canonical(GALLERY["ministry"]))
    (element,) = [one for one in told["elements"] if one["id"] == "opening"]
    element["paragraphs"] = [{"text": {"en": text}, "size": 9, "smallest": 5, "lines": lines}]
    return parse(json.dumps(told))


def lines_of(design: Design, **changes: object) -> list[tuple[str, ...]]:
    page = Kit(design).page(replace(trials.LONG, **changes), verify="")
    return [tuple(line.text for line in item.lines) for item in page.items if isinstance(item, Text)]


def test_a_typed_break_is_a_line_of_the_same_size_and_paragraph() -> None:
    design = with_opening("By order of the Minister\nand of {organisation}")
    broken = ("By order of the Minister", "and of Ministry of Labour and Social Protection")
    assert broken in lines_of(design)
    content = draw([Kit(design).page(trials.LONG, verify="")], about=ABOUT)
    assert " ".join(broken) in [one.text for one in said(content)]
    assert gate.problems(design) == []


def test_it_is_kept_by_the_file_of_the_design() -> None:
    design = with_opening("One\nTwo")
    assert digest(parse(canonical(design))) == digest(design)


def test_an_empty_line_is_left_out_and_a_fact_breaks_none() -> None:
    design = with_opening("One\n[of {agency}]\n{event}")
    assert ("One", "A B") in lines_of(design, agency={}, event_title={"en": "A\nB"})


def test_each_typed_line_may_be_broken_further() -> None:
    design = with_opening("Short\n" + "long words " * 20, lines=3)
    (found,) = [lines for lines in lines_of(design) if lines[0] == "Short"]
    assert len(found) > 2


@pytest.mark.parametrize("text", ["a\rb", "a\x0bb", "\n" * 9])
def test_other_breaks_and_too_many_are_refused(text: str) -> None:
    with pytest.raises(DesignRefused):
        with_opening(text)
