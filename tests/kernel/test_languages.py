"""Texts in several languages: which is read, and which stay when a form tells two of them."""

import pytest

from trainreg.kernel.languages import in_language, with_others
from trainreg.kernel.types import Text

KNOWN = {"en": "Old", "mn": "Хуучин", "fr": "Vieux", "es": "Viejo"}


@pytest.mark.parametrize(
    ("told", "known", "kept"),
    [
        ({"en": "New"}, None, {"en": "New"}),
        ({"en": "New"}, {}, {"en": "New"}),
        ({"en": "New", "mn": "Шинэ"}, KNOWN, {"en": "New", "mn": "Шинэ", "fr": "Vieux", "es": "Viejo"}),
        ({"en": "New"}, KNOWN, {"en": "New", "fr": "Vieux", "es": "Viejo"}),
        ({"en": "New", "fr": "Neuf"}, KNOWN, {"en": "New", "fr": "Neuf", "es": "Viejo"}),
        ({}, KNOWN, {}),
    ],
)
def test_other_languages_stay_unless_the_text_is_taken_away(told: Text, known: Text | None, kept: Text) -> None:
    assert with_others(told, known) == kept


def test_a_text_is_read_in_the_language_it_has() -> None:
    assert [in_language(text, "fr") for text in (KNOWN, {"en": "Old"}, {"mn": "Хуучин"}, {}, None)] == [
        *("Vieux", "Old", "Хуучин"),
        *("", ""),
    ]
