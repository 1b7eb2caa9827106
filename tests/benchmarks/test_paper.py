"""How long sheets and badges take. CPU, not wall time: the machine may be busy. Nothing is asserted about time."""

import sys
import time
from collections.abc import Callable
from datetime import date

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from trainreg.paper.badges_pdf import Badge, draw_badges
from trainreg.paper.rules import pages_of
from trainreg.paper.sheets_pdf import Heads, SheetContent, SheetRow, draw_sheet

FAMILIES = ("Батын", "Ганбаатарын", "Цэрэндоржийн", "Доржийн", "Мөнх-Эрдэнийн")
GIVEN = ("Болор", "Энхтүвшинзаяа", "Өнөрмаа", "Бат-Эрдэнэ", "Гүррагчаа", "Ёндонжамц", "Нарантуяа")
AGENCIES = ("Хөдөлмөр, нийгмийн хамгааллын яам", "Хил хамгаалах ерөнхий газар, Хилийн шалган нэвтрүүлэх алба")
POSITIONS = ("Ахлах мэргэжилтэн", "Хүний худалдаатай тэмцэх бодлого хариуцсан газрын дэд дарга", "Зөвлөх")


def rows(count: int) -> list[SheetRow]:
    return [
        SheetRow(
            f"{FAMILIES[one % 5]} {GIVEN[one % 7]} {one}",
            f"Person Number {one}",
            f"7K3F-{one:04}",
            AGENCIES[one % 2],
            POSITIONS[one % 3],
        )
        for one in range(count)
    ]


def sheet(count: int, signatures: int = 1) -> SheetContent:
    words = ("Name / Нэр", "Agency / Байгууллага", "Position / Албан тушаал", ("Signature / Гарын үсэг",) * signatures)
    codes = [f"TS1:ABCDEFGHJK:{page.number}:ABCDEFGHJKMNP" for page in pages_of(count, 5)]
    heads = Heads("No.", *words, page="Page {page} of {pages}", note="Row {row}: {characters}")
    titles = ("Training for trainers", "Сургагч багшийн сургалт")
    return SheetContent("ABCDEFGHJK", titles, "Day", "IOM", heads, rows(count), 5, codes, "en", date(2026, 12, 1))


def badges(count: int) -> bytes:
    made = [Badge(one.name, one.latin, one.reference, one.agency, "Participant", one.reference) for one in rows(count)]
    return draw_badges(made, event="Training", title="Badges", language="en", made_on=date(2026, 12, 1))


def seconds(work: Callable[[], bytes]) -> tuple[float, int]:
    began = time.process_time()
    size = len(work())
    return time.process_time() - began, size


@pytest.mark.slow
def test_a_thousand_people(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    draw_sheet(sheet(20))
    works = {
        "sheet": lambda: draw_sheet(sheet(1000)),
        "sheet of four sessions": lambda: draw_sheet(sheet(1000, 4)),
        "badges": lambda: badges(1000),
    }
    with capsys.disabled():
        for name, work in works.items():
            taken, size = seconds(work)
            sys.stdout.write(f"\n1,000 people, {name}: {taken:.2f} s CPU, {size / 1000:.0f} kB\n")
    assert benchmark(draw_sheet, sheet(20)).startswith(b"%PDF")
