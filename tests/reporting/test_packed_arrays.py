"""Packed months read as arrays say what a walk through them says."""

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.test_packs import own_stays, papers
from trainreg.totals.arrays import count_distinct_by, pack_visits, read_papers, read_visits
from trainreg.totals.packs import Pack, Paper, Stay, key_of

# A row is an event in a month; several rows may be of one event, and a registration stand in each of them.
rows_of_stays = st.lists(own_stays, max_size=4)


def packed(rows: list[list[Stay]], given_out: list[Paper] | None = None) -> list[tuple[bytes, int]]:
    return [(Pack.of(row, given_out or ()).content(), len(row)) for row in rows]


@given(rows_of_stays, st.lists(papers, max_size=3))
def test_what_is_read_is_what_was_packed(rows: list[list[Stay]], given_out: list[Paper]) -> None:
    visits = read_visits(packed(rows, given_out))
    read = zip(visits.people, visits.registrations, visits.whos, visits.lengths, visits.rows, strict=True)
    told = [
        (one.person_id, one.registration_id, one.who_id, one.thousandths, place)
        for place, row in enumerate(rows)
        for one in sorted(row, key=lambda one: (one.at, one.registration_id))
    ]
    assert [tuple(map(int, one)) for one in read] == told
    found = read_papers([(content, length, len(given_out)) for content, length in packed(rows, given_out)])
    each = [(one.who_id, one.day) for one in sorted(given_out)]
    assert list(zip(found.whos.tolist(), found.days.tolist(), strict=True)) == each * len(rows)


@given(own_stays)
def test_some_visits_are_packed_as_all_are(told: list[Stay]) -> None:
    pack = Pack.of(told, ())
    content = pack_visits(zip(pack.people, pack.keys, pack.values, strict=True))
    assert content == pack.content()[: len(content)] and len(content) == 20 * len(told)


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9), st.integers(0, 50)), max_size=5), max_size=4))
def test_each_registration_once_and_each_person_as_they_came_last(rows: list[list[tuple[int, int, int]]]) -> None:
    """Registrations are of one person; the same one has one visit in a row."""
    stays = [
        [Stay(number, number % 3 + 1, place + 1, length, at, 1, 1) for number, (at, length) in own.items()]
        for place, row in enumerate(rows)
        for own in [{number: (at, length) for number, at, length in row}]
    ]
    visits = read_visits(packed(stays))
    times = Counter(one.registration_id for row in stays for one in row)
    merged = visits.once(np.array([times[int(number)] > 1 for number in visits.registrations], np.bool_))
    lengths: dict[int, int] = defaultdict(int)
    last: dict[int, int] = {}
    for one in (one for row in stays for one in row):
        lengths[one.registration_id] += one.thousandths
        last[one.registration_id] = max(last.get(one.registration_id, 0), key_of(one.at, one.registration_id))
    read = {int(key): int(length) for key, length in zip(merged.keys, merged.lengths, strict=True)}
    assert read == {last[number]: length for number, length in lengths.items()}
    speaking = merged.where(merged.speaking())
    keys: dict[int, int] = {}
    for number, key in last.items():
        keys[number % 3 + 1] = max(keys.get(number % 3 + 1, 0), key)
    assert dict(zip(speaking.people.tolist(), speaking.keys.tolist(), strict=True)) == keys


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**32 - 1) | st.integers(0, 3))))
def test_each_thing_is_counted_once_in_its_group(pairs: list[tuple[int, int]]) -> None:
    groups = np.array([group for group, _thing in pairs], np.int64)
    things = np.array([thing for _group, thing in pairs], np.uint32)
    wanted = Counter(group for group, _thing in set(pairs))
    assert count_distinct_by(groups, things, 4).tolist() == [wanted[group] for group in range(4)]
