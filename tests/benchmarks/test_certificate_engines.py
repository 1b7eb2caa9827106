"""How long one certificate takes by this writer, complete, and by the engines that others use, in the same run.

CPU milliseconds, not wall time: the machine may be busy. Nothing is asserted about time. What the engines draw is the
same: a vector ground, three pictures, the same lines in five typefaces, a QR code. Ours is tagged and archival, with a
credential inside and a signature over all of it, as well.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from weasyprint.text.fonts import FontConfiguration

from tests.benchmarks import drawing, engines
from tests.certificates.pdf.sheets import ABOUT, CREDENTIAL, certificate, faults, several
from tests.certificates.pdf.signing import SmallSigner
from trainreg.certificates.pdf import pictures
from trainreg.certificates.pdf.page import Page, Picture
from trainreg.certificates.pdf.writer import draw

PLACES = {"logo": (138.5, 24, 20, 20), "first": (56, 158, 36, 14), "second": (205, 158, 36, 14)}


def with_pictures(page: Page) -> Page:
    items = [
        Picture(image=name, x=x, y=y, width=width, height=height, alternative=f"Picture of {name}")
        for name, (x, y, width, height) in PLACES.items()
    ]
    return replace(page, ground=(drawing.ornament(),), items=(*page.items, *items))


PEOPLE = [with_pictures(page) for page in several(60)]


def cpu_milliseconds(work: Callable[[Page], bytes], people: list[Page]) -> float:
    work(with_pictures(certificate("Warm Up")))
    began = time.process_time()
    for page in people:
        work(page)
    return (time.process_time() - began) * 1000 / len(people)


@pytest.mark.slow
def test_one_certificate_by_each_engine(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pictures.provide(drawing.pictures().__getitem__)
    signer, fonts, compiler = SmallSigner(), FontConfiguration(), engines.typst_compiler(tmp_path)
    engines.register_for_reportlab()

    def ours(page: Page) -> bytes:
        return draw([page], about=ABOUT, signer=signer, attachments=[CREDENTIAL])

    assert faults(ours(PEOPLE[0])) == []

    def plain(page: Page) -> bytes:
        return draw([page], about=ABOUT)

    ours_took = cpu_milliseconds(ours, PEOPLE[:30])
    rows = [("this writer, complete", ours_took, ours(PEOPLE[0]))]
    # Other people: what is shared by those drawn before is their labels, not their names.
    rows.append(("this writer, unsigned", cpu_milliseconds(plain, PEOPLE[30:60]), plain(PEOPLE[30])))
    peers: list[tuple[str, Callable[[Page], bytes], int]] = [
        ("fpdf2 as documented", engines.by_fpdf2, 4),
        ("WeasyPrint, fonts kept", lambda page: engines.by_weasyprint(page, fonts), 4),
        ("ReportLab, fonts kept", engines.by_reportlab, 8),
        ("Typst, compiler kept", lambda page: engines.by_typst(page, compiler), 15),
    ]
    rows += [(name, cpu_milliseconds(work, PEOPLE[:count]), work(PEOPLE[0])) for name, work, count in peers]
    with capsys.disabled():
        sys.stdout.write("\none certificate: CPU ms, times ours, kB\n")
        for name, took, content in rows:
            assert content.startswith(b"%PDF")
            sys.stdout.write(f"  {name:24}{took:8.1f}{took / ours_took:7.1f}{len(content) / 1024:7.1f}\n")
    assert benchmark(ours, PEOPLE[0]).startswith(b"%PDF")


@pytest.mark.slow
def test_a_thousand_pages_in_one_file(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    pictures.provide(drawing.pictures().__getitem__)
    pages = [with_pictures(page) for page in several(1000)]
    began = time.process_time()
    content = draw(pages, about=ABOUT)
    took = time.process_time() - began
    with capsys.disabled():
        sys.stdout.write(f"\n1,000 tagged pages in one file: {took:.2f} s CPU, {len(content) / 1e6:.2f} MB\n")
    assert benchmark(draw, pages[:20], about=ABOUT).startswith(b"%PDF")
