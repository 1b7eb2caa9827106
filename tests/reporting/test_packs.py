"""What is packed comes out as it went in, and what is touched is packed anew beside what stays."""

from hypothesis import given
from hypothesis import strategies as st

from trainreg.totals.packs import Pack, Paper, Stay, first_of, month_of

stays = st.builds(
    Stay,
    registration_id=st.integers(1, 2**32 - 1),
    person_id=st.integers(1, 2**32 - 1),
    who_id=st.integers(1, 2**31),
    thousandths=st.integers(0, 4_000_000),
    at=st.integers(0, 2**32 - 1),
    first=st.integers(1, 31),
    last=st.integers(1, 31),
)
papers = st.builds(
    Paper, registration_id=st.integers(1, 2**32 - 1), who_id=st.integers(1, 2**31), day=st.integers(1, 31)
)
own_stays = st.lists(stays, max_size=6, unique_by=lambda one: one.registration_id)


@given(own_stays, st.lists(papers, max_size=4))
def test_what_is_packed_comes_out(told: list[Stay], given_out: list[Paper]) -> None:
    packed = Pack.of(told, given_out)
    read = Pack()
    read.add(packed.content(), len(told), len(given_out))
    assert read == packed
    assert sorted(read.stays()) == sorted(told) and read.papers() == sorted(given_out)
    assert list(read.keys) == sorted(read.keys), "the latest last"


@given(own_stays, own_stays, st.lists(papers, max_size=3))
def test_the_same_facts_are_the_same_bytes(before: list[Stay], now: list[Stay], given_out: list[Paper]) -> None:
    touched = {one.registration_id for one in (*before[::2], *now)}
    kept = [one for one in before if one.registration_id not in touched]
    still = [one for one in given_out if one.registration_id not in touched]
    packed = Pack.of(before, given_out).without(touched, now, [])
    assert packed.content() == Pack.of([*now, *kept], still).content()


def test_months_are_numbered_through() -> None:
    december = first_of(2025 * 12 + 11)
    assert (december.year, december.month) == (2025, 12)
    assert month_of(december) + 1 == month_of(first_of(2026 * 12))
