"""Matching names: right how often, and how quickly among many people. Printed; nothing is asserted about time.

TRAINREG_BENCH_PEOPLE says among how many (40,000 where it does not; the product is measured at 200,000).
"""

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert

from tests import factories as make
from tests.applications import application
from tests.benchmarks.sizes import sized
from tests.people.pairs import HELD_OUT, TUNED, WAYS, Record, official
from tests.people.test_matching import recall_and_precision
from trainreg.kernel.db import db
from trainreg.people.keys import keys_of
from trainreg.people.matching import Facts, Verdict, likeness
from trainreg.people.matching_queries import likely_matches, likely_matches_of_many
from trainreg.people.models import Person, PersonKey, Posting
from trainreg.people.service import PersonDetails

PEOPLE = sized(40_000, 2_000, "TRAINREG_BENCH_PEOPLE")
ASKED = sized(300, 40)


@pytest.fixture
def full_app(tmp_path: Path) -> Iterator[Flask]:
    with application(tmp_path) as app:
        yield app


def test_recall_and_precision(capsys: pytest.CaptureFixture[str]) -> None:
    lines = []
    for name, pairs in (("tuned on", TUNED), ("held out", HELD_OUT)):
        recall, precision = recall_and_precision(pairs)
        lines.append(f"{name}: {len(pairs)} pairs, recall {recall:.4f}, precision {precision:.4f}")
    missed = Counter(pair.rule for pair in HELD_OUT if pair.is_same and _verdict(pair) is Verdict.UNLIKELY)
    wrong = Counter(pair.rule for pair in HELD_OUT if not pair.is_same and _verdict(pair) is not Verdict.UNLIKELY)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + f"\nheld out, missed: {dict(missed)}; wrong: {dict(wrong)}\n")
    assert lines


def _verdict(pair: object) -> Verdict:
    return likeness(pair.one.facts, pair.other.facts).verdict  # type: ignore[attr-defined]


def details_of(record: Record) -> PersonDetails:
    return PersonDetails(record.given, record.family, sex=record.sex, email=record.email, phone=record.phone)


def filed(one: Record, agency_ids: list[int]) -> Facts:
    """The record's facts, with the key of its agency's row."""
    return replace(one.facts, agencies=frozenset({agency_ids[one.agency]}))


def populate(people: list[Record], agency_ids: list[int]) -> None:
    """Many people at once, past the session, with their keys; one in a hundred is a Bat-Erdene."""
    for first in range(0, len(people), 10_000):
        some = list(enumerate(people[first : first + 10_000], first + 1))
        db.session.execute(
            insert(Person),
            [
                {"id": number, "given_name": one.given, "family_name": one.family, "clan_name": "", "language": "mn",
                 "email": one.email, "phone": one.phone, "match_key": details_of(one).match_key, "sex": one.sex,
                 "given_name_latin": "", "family_name_latin": "", "clan_name_latin": "", "certificate_name": {},
                 "is_invented": True, "created_at": make.NOW}
                for number, one in some
            ],
        )  # fmt: skip
        keys = [{"person_id": number, "key": key} for number, one in some for key in keys_of(filed(one, agency_ids))]
        db.session.execute(insert(PersonKey), keys)
        postings = [{"person_id": number, "agency_id": agency_ids[one.agency]} for number, one in some]
        db.session.execute(insert(Posting), postings)
    db.session.commit()


@pytest.mark.slow
def test_candidates_among_many(full_app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(1)
    people = [official(dice) for _number in range(PEOPLE)]
    people[::100] = [Record("mongolian", "Бат-Эрдэнэ", one.family, agency=one.agency) for one in people[::100]]
    asked = [dice.randrange(PEOPLE) for _time in range(ASKED)]
    with full_app.app_context():
        agencies = [make.agency(f"Agency {number}") for number in range(12)]
        populate(people, [agency.id for agency in agencies])
        walls, cpus, found = [], [], 0
        for number in asked:
            who = people[number]
            spelt = WAYS[dice.choice(list(WAYS))](who, dice)
            db.session.rollback()
            wall, cpu = time.perf_counter(), time.process_time()
            likely = likely_matches(details_of(spelt), agencies[who.agency])
            cpus.append((time.process_time() - cpu) * 1000)
            walls.append((time.perf_counter() - wall) * 1000)
            found += number + 1 in {one.person.id for one in likely}
        rows = [(details_of(people[number]), agencies[people[number].agency]) for number in asked * 7]
        began = time.process_time()
        likely_matches_of_many(rows)
        many = time.process_time() - began
    with capsys.disabled():
        sys.stdout.write(
            f"\nlikely matches among {PEOPLE}: wall median {statistics.median(walls):.1f} ms, p95 {p95(walls):.1f} ms; "
            f"CPU median {statistics.median(cpus):.1f} ms, p95 {p95(cpus):.1f} ms; the one meant among ten of "
            f"{found / ASKED:.3f}\n{len(rows)} rows at once: {many:.1f} s CPU, {many / len(rows) * 1000:.1f} ms each\n"
        )
    assert found


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
