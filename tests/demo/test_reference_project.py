"""The reference project's data says what the public factsheet says."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from trainreg.demo import world
from trainreg.demo.records import DemoProject

PARTICIPANTS = {
    "labour-migration-seminar": 42,
    "training-for-trainers": 35,
    "draft-law-briefing": 20,
    "hld-consultation": 50,
}
SESSIONS = {
    "labour-migration-seminar": 4,
    "training-for-trainers": 6,
    "draft-law-briefing": 1,
    "hld-consultation": 1,
}
HALF_A_DAY = Decimal("0.5")


@pytest.fixture
def reference() -> DemoProject:
    return world.project("MN-2012")


def test_events_have_the_participants_the_factsheet_counts(reference: DemoProject) -> None:
    assert Counter(row.event for row in reference.registrations) == PARTICIPANTS
    assert {event.slug: event.capacity for event in reference.events} == PARTICIPANTS
    assert len(reference.registrations) == 147


def test_everybody_attended_everything_which_makes_224_person_days(reference: DemoProject) -> None:
    today = date(2026, 1, 1)
    assert {event.slug: len(event.sessions(today)) for event in reference.events} == SESSIONS
    assert all(row.attendance == "P" * SESSIONS[row.event] for row in reference.registrations)
    assert sum(len(row.attendance) * HALF_A_DAY for row in reference.registrations) == 224


def test_every_session_is_half_a_day(reference: DemoProject) -> None:
    plans = [plan for event in reference.events for plan in event.sessions(date(2026, 1, 1))]
    assert {plan.day_share for plan in plans} == {HALF_A_DAY}


def test_113_officials_make_the_147_attendances(reference: DemoProject) -> None:
    assert len({row.person for row in reference.registrations}) == 113
    assert len({(row.event, row.person) for row in reference.registrations}) == 147
    assert {(row.role, row.status) for row in reference.registrations} == {("participant", "confirmed")}


def test_fifteen_of_the_twenty_at_the_briefing_are_of_the_committee(reference: DemoProject) -> None:
    groups = Counter(row.group for row in reference.registrations_of("draft-law-briefing"))
    assert groups == {"law-drafting-committee": 15, "": 5}


def test_people_come_from_where_the_factsheet_says(reference: DemoProject) -> None:
    agency = {person.key: person.agency for person in world.people()}
    came = {slug: {agency[row.person] for row in reference.registrations_of(slug)} for slug in PARTICIPANTS}
    provincial = {"dl-dornogobi", "dl-umnugobi", "dl-dornod"}
    assert came["labour-migration-seminar"] >= {"epc"} | provincial
    assert came["training-for-trainers"] == {"mia", "gabp"}
    assert came["hld-consultation"] >= {"missions", "ngos", "mfa"}


def test_guests_of_the_seminar_are_senior_officials(reference: DemoProject) -> None:
    level = {person.key: person.level for person in world.people()}
    assert {level[row.person] for row in reference.registrations_of("labour-migration-seminar")} == {"senior"}


def test_every_outcome_is_served_by_an_event_or_a_publication(reference: DemoProject) -> None:
    assert [outcome["number"] for outcome in reference.outcomes] == [1, 2, 3, 4, 5]
    by_event = {number for event in reference.events for number in event.outcomes}
    assert by_event | {publication.outcome for publication in reference.publications} == {1, 2, 3, 4, 5}


def test_three_translated_publications_and_one_assessment(reference: DemoProject) -> None:
    translated = [entry for entry in reference.publications if entry.translated_into == "mn"]
    assert len(translated) == 3
    assert [entry.kind for entry in reference.publications if entry not in translated] == ["assessment_report"]
    assert [(entry.printed, entry.printed_is_minimum) for entry in translated] == [
        (100, False),
        (100, True),
        (100, True),
    ]


def test_dates_lie_within_the_project_and_are_marked_illustrative(reference: DemoProject) -> None:
    starts, ends = reference.starts_on.fixed, reference.ends_on.fixed
    assert (starts, ends) == (date(2012, 8, 1), date(2014, 2, 28))
    for event in reference.events:
        assert event.has_illustrative_dates
        assert event.starts.fixed is not None
        assert starts <= event.starts.fixed <= ends
        assert event.starts.fixed.isoweekday() <= 4
    assert all(entry.has_illustrative_date for entry in reference.publications)


def test_only_the_training_for_trainers_has_its_certificates_issued(reference: DemoProject) -> None:
    assert [event.slug for event in reference.events if event.certificates_issued] == ["training-for-trainers"]


def test_six_partners_the_money_and_two_signatories(reference: DemoProject) -> None:
    names = {agency.code: agency.name["en"] for agency in world.agencies()}
    assert [names[code] for code in reference.partners] == [
        "Ministry of Labour",
        "Ministry of Population and Social Development",
        "Mongolia Immigration Agency",
        "Ministry of Justice",
        "Ministry of Foreign Affairs",
        "General Authority for Border Protection",
    ]
    assert reference.budget == {"amount": 100000, "currency": "USD"}
    assert len(reference.signatories) == 2
