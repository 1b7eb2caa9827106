"""Words on a page are those of the record however a reader of PDF spaced them, and not when a letter differs."""

import pytest

from tests.certificates.pdf import sheets
from tests.certificates.pdf.names import NAMES
from trainreg.certificates.pdf.writer import draw
from trainreg.certificates.reading import read_pages
from trainreg.certificates.verifying.printed import bears, squeezed


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Register No. MN-2012/\n0001", "MN-2012/0001"),
        ("BATBAYAR\n ENKHTUYA", "Batbayar Enkhtuya"),
        ("E\u0301mile  de la Tour\u00ad", "Émile de la Tour"),
        ("ﬁnal", "final"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("\u202aБатбаярын\u202c Энхтуяа", "Батбаярын Энхтуяа"),
        ("ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ"),
    ],
)
def test_the_same(page: str, text: str) -> None:
    assert bears(page, [text])


@pytest.mark.parametrize(
    ("page", "text"), [("Эрдєнэ", "Эрдөнэ"), ("Bolor", "Bolor B"), ("José", "Jose"), ("0001", "0007"), ("", "Bolor")]
)
def test_another(page: str, text: str) -> None:
    assert not bears(page, [text])


def test_nothing_is_no_text_to_look_for() -> None:
    assert bears("", [""]) and squeezed(" \u200d\n") == ""


@pytest.mark.slow
@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_any_script_is_found_on_its_page(script: str) -> None:
    """Also where glyphs join, turn or stack, and a reader of glyphs alone reads something else."""
    names = NAMES[script][::4]
    reading = read_pages(draw([sheets.certificate(name) for name in names], about=sheets.ABOUT))
    assert reading.problem is None
    for name, page, told in zip(names, reading.pages, reading.told, strict=True):
        assert bears(page, [name, "MN-2012/0001", "Батбаярын Энхтуяа"], told), name
        assert not bears(page, [f"{name}x"], told)


def test_what_a_file_tells_counts_only_where_glyphs_do_not_read_back() -> None:
    assert not bears("Ganbold Forger", ["Batbayar"], told="Batbayar")
    assert bears("দমহম", ["মুহম্মদ"], told="মুহম্মদ")
    assert not bears("দমহম", ["মুহম্মদ"], told="")
