"""The invented people are believable, complete and printable."""

import re
from collections import Counter

import pytest

from trainreg.demo import world
from trainreg.demo.records import DemoPerson
from trainreg.kernel.mongolian import transliterate
from trainreg.kernel.text import one_line, problem_in_name
from trainreg.people.rules import LONGEST_NAME, Level, Sex

CYRILLIC = re.compile(r"[А-ЯЁӨҮа-яёөү -]+")
LATIN = re.compile(r"[A-Za-zÖÜöüıç -]+")
NO_DOTS = str.maketrans("ÖöÜü", "UuUu")


def mongolians() -> list[DemoPerson]:
    return [person for person in world.people() if person.language == "mn"]


def names(person: DemoPerson) -> list[tuple[str, str]]:
    return [
        (person.clan_name, person.clan_name_latin),
        (person.family_name, person.family_name_latin),
        (person.given_name, person.given_name_latin),
    ]


def test_names_are_unique_in_both_scripts() -> None:
    people = world.people()
    assert len({person.key for person in people}) == len(people) == 177
    assert len({(person.family_name, person.given_name) for person in people}) == len(people)
    assert len({(person.family_name_latin, person.given_name_latin) for person in people}) == len(people)


def test_names_pass_the_rules_for_names() -> None:
    for person in world.people():
        for pair in names(person):
            for name in filter(None, pair):
                assert problem_in_name(name) is None
                assert name == one_line(name)
                assert len(name) <= LONGEST_NAME


def test_mongolian_names_are_in_cyrillic_with_a_patronymic_in_the_genitive() -> None:
    for person in mongolians():
        assert CYRILLIC.fullmatch(f"{person.clan_name} {person.family_name} {person.given_name}")
        assert person.family_name.endswith(("ын", "ийн", "ны", "ний"))


@pytest.mark.parametrize("person", mongolians(), ids=lambda person: person.key)
def test_latin_spelling_follows_the_standard_or_an_older_passport(person: DemoPerson) -> None:
    for cyrillic, latin in names(person):
        assert latin in {transliterate(cyrillic), transliterate(cyrillic).translate(NO_DOTS)}


def test_guests_from_abroad_have_a_certificate_name_in_both_languages() -> None:
    guests = [person for person in world.people() if person.language == "en"]
    assert len(guests) == 3
    for guest in guests:
        assert LATIN.fullmatch(guest.certificate_name["en"])
        assert CYRILLIC.fullmatch(guest.certificate_name["mn"])


def test_sexes_levels_and_agencies_are_known_words() -> None:
    people = world.people()
    assert Counter(person.sex for person in people).keys() == {sex.value for sex in Sex}
    assert {person.level for person in people} <= {level.value for level in Level}
    codes = [agency.code for agency in world.agencies()]
    assert {person.agency for person in people} == set(codes)
    for agency in world.agencies():
        assert agency.parent is None or codes.index(agency.parent) < codes.index(agency.code)


def test_positions_and_provinces_are_given_in_full() -> None:
    for person in world.people():
        assert person.position.keys() == {"en", "mn"}
        assert re.fullmatch(r"MN-(1|0\d\d)", person.province)


def test_addresses_can_never_receive_mail_and_are_nobody_elses() -> None:
    addresses = [person.email for person in world.people() if person.email]
    assert len(set(addresses)) == len(addresses) > 0
    assert all(address.endswith(".example") and address.isascii() for address in addresses)
    assert any(person.email is None for person in world.people())


def test_every_registration_names_a_known_person_and_everybody_is_registered() -> None:
    registered = {row.person for code in world.PROJECT_CODES for row in world.project(code).registrations}
    assert registered == {person.key for person in world.people()}
