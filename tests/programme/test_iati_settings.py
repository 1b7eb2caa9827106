"""The settings of a project's IATI file: what is kept, what is refused, and by whom they are made."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import STAFF
from tests.pages import Pages
from tests.reporting.iati.telling import details
from tests.world import World
from trainreg.kernel.db import db
from trainreg.programme.iati import refusals
from trainreg.programme.iati.details import SectorDetails
from trainreg.programme.iati.queries import find_iati_settings
from trainreg.programme.iati.rules import adds_up, begins_with, is_ref
from trainreg.programme.iati.service import save_iati_settings

TYPED = {
    "reporting_ref": "XX-EXAMPLE-1",
    "reporting_type": "40",
    "identifier": "XX-EXAMPLE-1-P",
    "scope": "4",
    "funder_type": "",
    "implementer_type": "",
    "partner_role": "4",
    "partner_type": "10",
    "sectors-0-sector": "1:15190",
    "sectors-0-percentage": "60",
    "sectors-1-sector": "1:15136",
    "sectors-1-percentage": "40",
    "sectors-2-sector": "7:8",
    "sectors-2-percentage": "",
    "sectors-3-sector": "",
    "sectors-3-percentage": "",
}
WRONG = [
    ({"reporting_ref": ""}, refusals.NoReportingRef),
    ({"reporting_ref": "XX 1", "identifier": "XX 1-P"}, refusals.WrongRef),
    ({"identifier": ""}, refusals.NoIdentifier),
    ({"identifier": "YY-P"}, refusals.WrongStart),
    ({"identifier": "XX-EXAMPLE-1-"}, refusals.WrongStart),
    ({"identifier": "XX-EXAMPLE-1-A/B"}, refusals.WrongRef),
    ({"funder_ref": "a|b"}, refusals.WrongRef),
    ({"implementer_ref": "x" * 81}, refusals.WrongRef),
    ({"reporting_type": "41"}, refusals.UnknownCode),
    ({"reporting_type": ""}, refusals.UnknownCode),
    ({"scope": "9"}, refusals.UnknownCode),
    ({"partner_type": ""}, refusals.NoPartnerType),
    ({"sectors": ()}, refusals.NoSector),
    ({"sectors": (SectorDetails(vocabulary="7", code="8"),)}, refusals.NoSector),
    ({"sectors": (SectorDetails(code="99999"),)}, refusals.UnknownCode),
    ({"sectors": (SectorDetails(code="15190"), SectorDetails(vocabulary="3", code="1"))}, refusals.UnknownCode),
    ({"sectors": (SectorDetails(code="15190"), SectorDetails(code="15190"))}, refusals.SectorTwice),
    ({"sectors": (SectorDetails(code="15190"), SectorDetails(code="15136"))}, refusals.WrongPercentages),
    ({"sectors": (SectorDetails(code="15190", percentage=Decimal(60)),)}, refusals.WrongPercentages),
    ({"sectors": tuple(SectorDetails(code=one) for one in "abcde")}, refusals.TooManySectors),
]


@pytest.mark.parametrize(("changed", "refusal"), WRONG)
def test_what_cannot_be_is_refused(world: World, changed: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        save_iati_settings(world.project, details(**changed), by=STAFF)
    assert find_iati_settings(world.project.id) is None


def test_two_projects_cannot_share_an_identifier(world: World) -> None:
    save_iati_settings(world.project, details(), by=STAFF)
    save_iati_settings(world.project, details(scope=""), by=STAFF)
    with pytest.raises(refusals.IdentifierTaken):
        save_iati_settings(world.other_project, details(), by=STAFF)


@given(st.lists(st.decimals(min_value="0.001", max_value=60, places=3), min_size=1, max_size=5))
def test_percentages_that_fill_up_add_up(some: list[Decimal]) -> None:
    rest = 100 - sum(some)
    assert adds_up([*some, rest]) is (0 < rest <= 100)
    assert not adds_up([*some, None])


def test_identifiers() -> None:
    assert is_ref("XM-DAC-47066") and not is_ref("") and not is_ref("a b") and not is_ref("a/b") and not is_ref("a\n")
    assert begins_with("XX-1-P", "XX-1") and not begins_with("XX-1", "XX-1") and not begins_with("XX-12", "XX-1")


def test_the_form_keeps_what_is_typed_and_shows_it_again(pages: Pages, world: World) -> None:
    path = f"/desk/projects/{world.project.code}/iati"
    pages.sign_in(world.organizer)
    assert pages.get(path).status == 200
    answer = pages.post(path, TYPED)
    assert (answer.status, answer.location) == (303, f"/reports/{world.project.code}/iati")
    settings = find_iati_settings(world.project.id)
    assert settings is not None
    assert [(one.vocabulary, one.code, one.percentage) for one in settings.sectors] == [
        ("1", "15190", 60),
        ("1", "15136", 40),
        ("7", "8", None),
    ]
    page = pages.get(path)
    for name, value in TYPED.items():
        assert (page.value_of(name) or "") == value, name


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"identifier": "YY-P"}, "begins with that of the organisation and a hyphen: XX-EXAMPLE-1-…"),
        ({"sectors-0-percentage": "50"}, "add up to 100"),
        ({"sectors-0-sector": "1:99999"}, "Choose one of these."),
        ({"scope": "77"}, "Choose one of these."),
        ({"sectors-0-percentage": "much"}, "Write a number in digits"),
        ({"reporting_ref": ""}, "Write the identifier under which the organisation reports"),
    ],
)
def test_the_form_says_what_is_wrong(pages: Pages, world: World, changed: dict[str, str], words: str) -> None:
    page = pages.sign_in(world.organizer).post(f"/desk/projects/{world.project.code}/iati", TYPED | changed)
    assert page.status == 422 and words in page.text
    assert page.value_of("funder_ref") == ""
    assert find_iati_settings(world.project.id) is None
    db.session.rollback()


def test_a_viewer_does_not_set_them(pages: Pages, world: World) -> None:
    assert pages.sign_in(world.viewer).get(f"/desk/projects/{world.project.code}/iati").status == 403
