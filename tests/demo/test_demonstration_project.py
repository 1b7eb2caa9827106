"""The invented project lets every step be tried at once, on whatever day it is loaded."""

from collections import Counter
from datetime import date, timedelta

import pytest

from trainreg.demo import world
from trainreg.demo.records import DemoEvent, DemoProject
from trainreg.kernel.permissions import Role

ANY_WEEK = [date(2026, 11, 23) + timedelta(days=day) for day in range(7)]


@pytest.fixture
def project() -> DemoProject:
    return world.project("DEMO-2026")


def event(project: DemoProject, slug: str) -> DemoEvent:
    return next(entry for entry in project.events if entry.slug == slug)


def statuses(project: DemoProject, slug: str) -> Counter[str]:
    return Counter(row.status for row in project.registrations_of(slug) if row.role == "participant")


def test_it_says_everywhere_that_it_is_invented(project: DemoProject) -> None:
    assert project.is_invented
    assert "invented" in project.title["en"]
    assert "зохиомол" in project.title["mn"]
    assert all("(demonstration)" in entry.title["en"] for entry in project.events)
    assert all("(үзүүлэн)" in entry.title["mn"] for entry in project.events)


@pytest.mark.parametrize("today", ANY_WEEK)
def test_one_event_is_open_one_under_way_and_one_over(project: DemoProject, today: date) -> None:
    days = {entry.slug: {session.starts_at.date() for session in entry.sessions(today)} for entry in project.events}
    assert min(days["demo-interviewing-skills"]) > today
    assert min(days["demo-helpline-briefing"]) > today
    assert min(days["demo-document-examination"]) == today
    assert today - timedelta(days=14) < max(days["demo-labour-statistics"]) < today
    for entry in project.events:
        assert entry.opens is not None
        assert entry.opens.on(today) < min(days[entry.slug])
        assert entry.opens.on(today) < today


def test_the_open_event_is_nearly_full_and_the_desk_has_to_decide(project: DemoProject) -> None:
    open_event = event(project, "demo-interviewing-skills")
    counts = statuses(project, open_event.slug)
    assert open_event.status == "open"
    assert 0 < open_event.capacity - counts["confirmed"] < counts["requested"]


def test_a_full_event_has_a_waiting_list(project: DemoProject) -> None:
    full = event(project, "demo-helpline-briefing")
    assert statuses(project, full.slug) == {"confirmed": full.capacity, "waitlisted": 4}


def test_nominees_stand_in_every_state_they_can_be_in(project: DemoProject) -> None:
    by_nomination = event(project, "demo-referral-of-victims")
    assert by_nomination.admission == "nomination_only" and by_nomination.quotas["mia"] > 5
    assert statuses(project, by_nomination.slug) == {"confirmed": 3, "nominated": 3, "declined": 1}
    assert {row.channel for row in project.registrations_of(by_nomination.slug)} == {"focal_point"}


def test_attendance_of_this_morning_is_taken_and_the_rest_is_not(project: DemoProject) -> None:
    letters = [row.attendance for row in project.registrations_of("demo-document-examination")]
    assert all(len(entry) == 4 and entry[0] != "." and entry[1:] == "..." for entry in letters)
    assert {entry[0] for entry in letters} == {"P", "L", "A", "E"}


def test_some_missed_sessions_of_the_ended_event_and_some_never_came(project: DemoProject) -> None:
    ended = event(project, "demo-labour-statistics")
    counts = statuses(project, ended.slug)
    assert counts["confirmed"] == ended.capacity
    assert counts["waitlisted"] == 3
    came = [row.attendance for row in project.registrations_of(ended.slug) if row.attendance]
    assert came.count("AAAA") == 3
    assert any(0 < entry.count("A") < 4 for entry in came)
    assert {letter for entry in came for letter in entry} == {"P", "L", "E", "A"}


def test_no_certificate_of_it_is_issued_yet(project: DemoProject) -> None:
    assert not any(entry.certificates_issued for entry in project.events)


def test_there_is_one_sign_in_for_each_role() -> None:
    assert [entry.role for entry in world.sign_ins()] == [role.value for role in Role]
    assert all(entry.email.endswith("@demo.example") for entry in world.sign_ins())
    assert all(len(entry.password) >= 15 for entry in world.sign_ins())
    assert len({entry.password for entry in world.sign_ins()}) == len(Role)


def test_every_text_is_in_english_and_mongolian_and_those_of_the_reference_project_in_four_languages() -> None:
    for code in world.PROJECT_CODES:
        project = world.project(code)
        signing = [signatory[part] for signatory in project.signatories for part in ("name", "title")]
        texts = [project.title, project.summary, project.organisation, project.funder]
        texts += [outcome["title"] for outcome in project.outcomes]
        texts += [text for entry in project.events for text in (entry.title, entry.summary, entry.place)]
        texts += [entry.title for entry in project.publications]
        told = [text for entry in project.events for text in (entry.hosts, *(group["name"] for group in entry.groups))]
        told += [project.contact, *(entry.distributed_to for entry in project.publications)]
        languages = {"en", "mn"} if project.is_invented else {"en", "mn", "fr", "es"}
        assert all(text.keys() == languages and all(text.values()) for text in texts)
        assert all(text.keys() == {"en", "mn"} and all(text.values()) for text in signing)
        if not project.is_invented:
            assert all(text.keys() == languages for text in told if text)
