"""Mongolian names in Latin letters by MNS 5217:2012."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.kernel.mongolian import transliterate


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Сүхбаатар", "Sükhbaatar"),
        ("Өнөрөө", "Önöröö"),
        ("Энхтуяа", "Enkhtuyaa"),
        ("Жигжид", "Jigjid"),
        ("Цэцэгмаа", "Tsetsegmaa"),
        ("Чулуун", "Chuluun"),
        ("Шинэ", "Shine"),
        ("Ёндон", "Yondon"),
        ("Ерөнхий", "Yerönkhii"),
        ("Гоньд", "Gonid"),
        ("Бат-Эрдэнэ", "Bat-Erdene"),
        ("Юнгэрэн", "Yungeren"),
        ("Х. Болор", "Kh. Bolor"),
    ],
)
def test_names_are_spelled_by_the_standard(cyrillic: str, latin: str) -> None:
    assert transliterate(cyrillic) == latin


@pytest.mark.parametrize(("cyrillic", "latin"), [("ХҮРЭЛ", "KHÜREL"), ("ЦЭЦЭГ", "TSETSEG"), ("ЮМ", "YUM")])
def test_capitals_stay_capitals(cyrillic: str, latin: str) -> None:
    assert transliterate(cyrillic) == latin


def test_what_is_not_mongolian_stays() -> None:
    assert transliterate("Anna Müller 3-р анги") == "Anna Müller 3-r angi"


@given(
    st.text(st.sampled_from("абвгдеёжзийклмноөпрстуүфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ -"), max_size=40)
)
def test_every_mongolian_letter_has_its_latin_ones(text: str) -> None:
    assert not any("\u0400" <= letter <= "\u04ff" for letter in transliterate(text))
    assert transliterate(transliterate(text)) == transliterate(text)
