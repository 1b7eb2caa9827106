"""How long a certificate takes, beside the same page drawn by fpdf2 as its manual shows it.

CPU milliseconds, not wall time: the machine may be busy. Nothing is asserted about time.
"""

import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
import segno
from fpdf import FPDF
from pytest_benchmark.fixture import BenchmarkFixture

from tests.certificates.samples import TRAINER
from trainreg.certificates.designs import DESIGNS
from trainreg.certificates.drawing.placed import Line
from trainreg.certificates.facts import CertificateFacts, canonical_json, facts_from_json
from trainreg.certificates.render import draw, draw_all, flaws
from trainreg.resources import static_folder

PEOPLE = [
    replace(TRAINER, names={"en": f"{given} {family}", "mn": f"{family_mn} {given_mn}"})
    for given, given_mn in (("Enkhtuya", "Энхтуяа"), ("Bold", "Болд"), ("Oyuun", "Оюун"), ("Ulzii", "Өлзий"))
    for family, family_mn in (("Batbayar", "Батбаярын"), ("Dorj", "Доржийн"), ("Ganbaatar", "Ганбаатарын"))
]


def cpu_milliseconds(work: Callable[[CertificateFacts], object], *, rounds: int = 3) -> float:
    work(PEOPLE[0])
    began = time.process_time()
    for _ in range(rounds):
        for facts in PEOPLE:
            work(facts)
    return (time.process_time() - began) * 1000 / (rounds * len(PEOPLE))


def naive(facts: CertificateFacts) -> bytes:
    """The same lines and code with fpdf2's own calls, fonts loaded and cut for each document; no border at all."""
    page = FPDF(orientation="landscape", unit="mm", format="A4")
    page.add_page()
    page.set_auto_page_break(False)
    lines: list[Line] = DESIGNS[facts.design].lines(facts)
    for face in sorted({line.face for line in lines}):
        page.add_font(face, fname=static_folder() / "fonts" / "pdf" / f"{face}.ttf")
    for line in lines:
        page.set_font(line.face, size=line.size)
        page.text(line.left, line.y, line.text)
    picture = io.BytesIO()
    segno.make(facts.verify_url, error="m").save(picture, kind="png", scale=6)
    page.image(picture, x=136, y=150, w=24)
    return bytes(page.output())


def from_record_to_file(facts: CertificateFacts) -> bytes:
    """Everything between the stored record and the bytes: read it, check every letter, draw."""
    read = facts_from_json(canonical_json(facts))
    assert flaws(read) == []
    return draw(read)


@pytest.mark.slow
def test_one_certificate(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = cpu_milliseconds(from_record_to_file), cpu_milliseconds(naive, rounds=1)
    with capsys.disabled():
        sys.stdout.write(
            f"\none certificate, CPU ms: {ours:.1f} from record to file ({cpu_milliseconds(draw):.1f} drawing); "
            f"fpdf2 as documented {theirs:.1f}; {theirs / ours:.0f} times; {len(draw(PEOPLE[0])) / 1024:.0f} kB\n"
        )
    assert benchmark(from_record_to_file, PEOPLE[0]).startswith(b"%PDF")


@pytest.mark.slow
def test_a_thousand_pages_for_printing(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    many = (PEOPLE * 84)[:1000]
    began = time.process_time()
    size = len(draw_all(many))
    with capsys.disabled():
        sys.stdout.write(f"\n1,000 pages in one file: {time.process_time() - began:.1f} s CPU, {size / 1e6:.1f} MB\n")
    assert benchmark(draw_all, many[:20]).startswith(b"%PDF")
