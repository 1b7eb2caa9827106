"""Words on a page are those of the record however a reader of PDF spaced them, and not when a letter differs."""

import pytest

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
