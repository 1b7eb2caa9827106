"""Names on certificates and age bands at the desk: written, noted as confirmed, merged and taken apart again."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Pages
from tests.records.worlds import snapshot, twins
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import db
from trainreg.people.names import confirm_names
from trainreg.people.printing import TRADITIONAL, unconfirmed
from trainreg.people.rules import AgeBand
from trainreg.records.preview import compare
from trainreg.records.service import merge, undo

NAME = "ᠪᠣᠯᠣᠷ"
TYPED = {"given_name": "Болор", "family_name": "Батын", "sex": "female", "reason": "Asked by telephone"}


@pytest.fixture
def address(world: World) -> str:
    make.registration(world.event, world.bolor, agency=world.ministry)
    db.session.commit()
    return f"/desk/people/{world.bolor.id}"


def test_the_desk_writes_names_and_the_age_band(pages: Pages, world: World, address: str) -> None:
    pages.sign_in(world.organizer)
    typed = TYPED | {"printed_en": "Dr. Bolor Bat", "printed_mong": NAME, "age_band": "25_34"}
    assert pages.post(f"{address}/edit", typed).status == 303
    assert world.bolor.certificate_name == {"en": "Dr. Bolor Bat", TRADITIONAL: NAME}
    page = pages.get(address)
    assert "Dr. Bolor Bat" in page.text and NAME in page.text and "25 to 34" in page.text
    assert "Not confirmed" in page.text and world.bolor.names_confirmed_at is None
    form = pages.get(f"{address}/edit")
    assert form.value_of("printed_mong") == NAME and form.value_of("age_band") == "25_34"


def test_what_the_person_said_is_written_down_with_who_heard_it(pages: Pages, world: World, address: str) -> None:
    pages.sign_in(world.organizer)
    assert pages.post(f"{address}/edit", TYPED | {"heard": "y", "printed_en": "Dr. Bolor"}).status == 303
    assert unconfirmed(world.bolor) == [] and world.bolor.names_confirmed_by_id == world.organizer.id
    text = pages.get(address).text
    assert "Not confirmed" not in text and f"written down by {world.organizer.name}" in text
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.action == "person.names_heard"


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [({"printed_en": "Bolor 王"}, "王 (U+738B)"), ({"printed_mong": "Bolor"}, "B (U+0042)"), ({"age_band": "9"}, "")],
)
def test_what_cannot_be_printed_is_refused_and_kept_on_the_form(
    pages: Pages, world: World, address: str, bad: dict[str, str], sentence: str
) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(f"{address}/edit", TYPED | {"given_name": "Болормаа"} | bad)
    assert page.status == 422 and sentence in page.text and page.value_of("given_name") == "Болормаа"
    assert "age_band" in bad or all(page.value_of(name) == text for name, text in bad.items())
    db.session.rollback()
    assert world.bolor.certificate_name == {} and world.bolor.given_name == "Болор"


def test_a_merge_joins_the_names_language_by_language_and_can_be_undone(world: World) -> None:
    kept, merged = twins(world)
    kept.certificate_name = {"en": "Dr. Bolor", "mn": "Доктор Болор"}
    merged.certificate_name, merged.age_band = {"en": "Bolor Bat", "fr": "Mme Bolor", TRADITIONAL: NAME}, AgeBand.TO_44
    confirm_names(merged, by=OFFICIAL)
    db.session.commit()
    before = snapshot()

    lines = {line.name: line for line in compare(kept, merged)}
    assert lines["certificate_name.en"].choose and not lines["certificate_name.fr"].choose
    done = merge(kept, merged, from_merged=frozenset({"certificate_name.en"}), by=STAFF)
    db.session.commit()

    assert kept.certificate_name == {"en": "Bolor Bat", "mn": "Доктор Болор", "fr": "Mme Bolor", TRADITIONAL: NAME}
    assert kept.age_band is AgeBand.TO_44 and kept.names_confirmed_at is not None
    assert unconfirmed(kept, ["en", "fr", TRADITIONAL]) == [] and unconfirmed(kept, ["mn"]) == ["mn"]
    undo(done, by=STAFF)
    db.session.commit()
    assert snapshot() == before


def test_the_kept_record_s_own_confirmation_stays(world: World) -> None:
    kept, merged = twins(world)
    for person in (kept, merged):
        confirm_names(person, by=OFFICIAL)
    said = dict(kept.confirmed_names)
    merge(kept, merged, by=STAFF)
    assert kept.confirmed_names == said


def test_the_pair_is_shown_with_both_bands(pages: Pages, world: World) -> None:
    kept, merged = twins(world)
    kept.age_band, merged.age_band = AgeBand.TO_34, AgeBand.TO_44
    for person in (kept, merged):
        make.registration(world.event, person, agency=world.ministry)
    db.session.commit()
    page = pages.sign_in(world.organizer).get(f"/desk/people/{kept.id}/merge/{merged.id}")
    assert "25 to 34" in page.text and "35 to 44" in page.text
