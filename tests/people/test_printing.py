"""What is printed where nothing was typed, what counts as confirmed, and what belongs to the vertical script."""

from dataclasses import dataclass, field

import pytest

from trainreg.kernel.text import one_line
from trainreg.people.printing import TRADITIONAL, printed_names, unconfirmed
from trainreg.people.traditional import foreign_in


@dataclass
class Somebody:
    name: str = "Батын Болор"
    latin_name: str = "Batyn Bolor"
    certificate_name: dict[str, str] = field(default_factory=dict)
    confirmed_names: dict[str, str] = field(default_factory=dict)


COMPOSED = {"en": "Batyn Bolor", "mn": "Батын Болор", "fr": "Batyn Bolor", "es": "Batyn Bolor"}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ({}, COMPOSED),
        ({"en": "Dr. Bolor"}, COMPOSED | {"en": "Dr. Bolor"}),
        ({"en": ""}, COMPOSED),
        ({TRADITIONAL: "ᠪᠣᠯᠣᠷ"}, COMPOSED | {TRADITIONAL: "ᠪᠣᠯᠣᠷ"}),
    ],
)
def test_what_is_typed_is_printed_else_what_the_parts_make(typed: dict[str, str], printed: dict[str, str]) -> None:
    assert printed_names(Somebody(certificate_name=typed)) == printed


def test_nothing_is_confirmed_but_what_was_seen_to_the_letter() -> None:
    person = Somebody()
    assert unconfirmed(person) == ["en", "mn", "fr", "es"]
    person.confirmed_names = printed_names(person)
    assert unconfirmed(person) == []
    person.latin_name = "Batyn Bolormaa"
    assert unconfirmed(person) == ["en", "fr", "es"] and unconfirmed(person, ["mn"]) == []
    person.certificate_name = {TRADITIONAL: "ᠪᠣᠯᠣᠷ"}
    assert TRADITIONAL in unconfirmed(person)


@pytest.mark.parametrize(
    ("name", "foreign"),
    [
        ("ᠪᠣᠯᠣᠷ", ""),
        ("ᠪᠠᠲᠤ\u202fᠶᠢᠨ ᠪᠣᠯᠣᠷ", ""),
        ("ᠣᠳᠤᠨ\u180eᠠ ᠰ\u180bᠠ", ""),
        ("Болор ᠪᠣᠯᠣᠷ", "Болр"),
        ("ᠪᠣᠯᠣᠷ 1.", "1."),
    ],
)
def test_the_vertical_script_takes_its_own_characters(name: str, foreign: str) -> None:
    assert foreign_in(name) == foreign


def test_the_space_before_an_ending_is_part_of_the_spelling() -> None:
    assert one_line(" ᠪᠠᠲᠤ\u202fᠶᠢᠨ  ᠪᠣᠯᠣᠷ\u202f") == "ᠪᠠᠲᠤ\u202fᠶᠢᠨ ᠪᠣᠯᠣᠷ"
    assert one_line("Болор\u202fБат ᠪᠠᠲᠤ\u202f\u202fᠶᠢᠨ") == "Болор Бат ᠪᠠᠲᠤ ᠶᠢᠨ"
