"""People are imported once each; what is on record is completed and never overwritten."""

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.imports.files import applied, looked_at, outcomes, reasons, rows_of
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.imports import service
from trainreg.imports.jobs import carry_on
from trainreg.imports.rules import ImportKind, RunStatus
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Consent, Person, Posting
from trainreg.people.rules import Level, Sex

HEADING = ["Family name", "Given name", "Sex", "E-mail", "Phone", "Agency", "Position", "Level"]
PEOPLE = ImportKind.PEOPLE


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def snapshot() -> tuple[int, ...]:
    return tuple(map(count, (Person, Posting, Consent, AuditEntry, Message)))


def test_a_new_person_is_recorded_with_a_posting(world: World) -> None:
    row = ["Ганболд", "Саран", "эмэгтэй", "Saran@Example.org", "+976 9911", world.ministry.code, "Specialist", "ахлах"]
    run = applied(looked_at(PEOPLE, [HEADING, row]))
    assert run.status is RunStatus.APPLIED
    person = db.session.scalars(select(Person).where(Person.given_name == "Саран")).one()
    assert (person.name, person.email, person.sex) == ("Ганболд Саран", "saran@example.org", Sex.FEMALE)
    assert person.given_name_latin == "Saran", "a Latin spelling is suggested"
    posting = person.postings[0]
    assert (posting.agency_id, posting.position, posting.level) == (world.ministry.id, "Specialist", Level.SENIOR)
    assert count(Consent) == 0, "nobody has agreed to anything yet"
    actions = set(db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == person.id)))
    assert actions >= {"person.created", "person.posted"}


def test_the_same_file_again_changes_nothing(world: World) -> None:
    rows = [
        HEADING,
        ["Ганболд", "Саран", "f", "saran@example.org", "", world.ministry.code, "Specialist", ""],
        ["", "Туяа", "", "", "", "Border Protection", "", ""],
    ]
    applied(looked_at(PEOPLE, rows))
    before = snapshot()
    again = looked_at(PEOPLE, rows)
    assert outcomes(again) == ["unchanged", "unchanged"]
    with pytest.raises(service.NothingToWrite):
        service.begin_apply(again, by=make.STAFF)
    db.session.rollback()
    assert snapshot()[:3] == before[:3] and snapshot()[4] == before[4]


def test_a_known_person_is_completed_and_nothing_is_overwritten(world: World) -> None:
    world.bolor.phone, world.bolor.sex = None, Sex.NOT_STATED
    run = looked_at(PEOPLE, [HEADING, ["Батын", "Болор", "f", "BOLOR@example.org", "99112233", "", "", ""]])
    assert outcomes(run) == ["matched"] and "the same name and e-mail" in reasons(run).lower()
    assert "telephone" in reasons(run) and "sex" in reasons(run)
    applied(run)
    assert (world.bolor.phone, world.bolor.sex) == ("99112233", Sex.FEMALE)
    other = looked_at(PEOPLE, [HEADING, ["Батын", "Болор", "m", "bolor@example.org", "77112233", "", "", ""]])
    assert outcomes(other) == ["unchanged"], "the record knows these already"


def test_a_name_known_elsewhere_is_a_question(world: World) -> None:
    row = ["Батын", "Болор", "", "other@example.org", "", world.border.code, "", ""]
    run = looked_at(PEOPLE, [HEADING, row])
    assert outcomes(run) == ["ambiguous"] and run.status is RunStatus.READY
    candidate = rows_of(run)[0].candidates[0]
    assert candidate[0] == f"person:{world.bolor.id}" and "another e-mail address" in candidate[1]
    assert "bolor@example.org" not in candidate[1], "an address on record is nobody's to read here"
    with pytest.raises(service.RowsStandInTheWay):
        service.begin_apply(run, by=make.STAFF)


def test_the_same_address_under_another_name_is_a_question(world: World) -> None:
    row = ["Дорж", "Наран", "", "bolor@example.org", "", world.ministry.code, "", ""]
    assert outcomes(looked_at(PEOPLE, [HEADING, row])) == ["ambiguous"]


@pytest.mark.parametrize(("answer", "people"), [("new", 1), ("same", 0)])
def test_the_desk_answers_and_is_not_asked_again(world: World, answer: str, people: int) -> None:
    before, key = count(Person), answer if answer == "new" else f"person:{world.bolor.id}"
    rows = [HEADING, ["Батын", "Болор", "", "other@example.org", "", world.border.code, "", ""]]
    run = looked_at(PEOPLE, rows)
    service.answer(run, {2: key, 77: "new"})
    db.session.commit()
    carry_on(run.id)
    applied(run)
    assert count(Person) == before + people
    assert outcomes(looked_at(PEOPLE, rows)) == ["unchanged"]


def test_an_answer_that_was_not_offered_is_none(world: World) -> None:
    row = ["Батын", "Болор", "", "other@example.org", "", world.border.code, "", ""]
    run = looked_at(PEOPLE, [HEADING, row])
    service.answer(run, {2: f"person:{world.tuya.id}"})
    db.session.commit()
    carry_on(run.id)
    assert outcomes(run) == ["ambiguous"]


def test_somebody_twice_in_a_file_is_one_person(world: World) -> None:
    row = ["Ганболд", "Саран", "", "", "", world.ministry.code, "", ""]
    run = looked_at(PEOPLE, [HEADING, row, ["Саран", "Ганболд", *row[2:]]])
    assert outcomes(run) == ["new", "unchanged"] and "Row 2" in reasons(run)
    before = count(Person)
    applied(run)
    assert count(Person) == before + 1


def test_two_of_one_name_at_two_agencies_are_a_question_within_the_file(world: World) -> None:
    row = ["Ганболд", "Саран", "", "", "", world.ministry.code, "", ""]
    run = looked_at(PEOPLE, [HEADING, row, [*row[:5], world.border.code, "", ""]])
    assert outcomes(run) == ["new", "ambiguous"]
    assert rows_of(run)[1].candidates[0][0] == "row:2"


def test_a_name_in_one_column(world: World) -> None:
    rows = [["Овог нэр", "Байгууллага"], ["Ганболд Саран", world.ministry.name["mn"]], ["Саран", "x"]]
    run = looked_at(PEOPLE, rows)
    assert outcomes(run) == ["new", "error"]
    assert "Row 3, column A" in reasons(run) and "Row 3, column B" in reasons(run)
