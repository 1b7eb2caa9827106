"""Those who try too often are slowed down."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.web.throttle import (
    Bucket,
    TooManyTries,
    ensure_left,
    forget_full_buckets,
    network_of,
    spend,
    spend_along,
    tokens_after,
)


def tries_until_refused(who: str, *, size: int) -> int:
    for number in range(100):
        try:
            spend("test", who, size=size, per_minute=1)
        except TooManyTries:
            return number
    raise AssertionError("never refused")


def test_a_bucket_holds_so_many_tries_and_fills_again(app: Flask, session: Session) -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        assert tries_until_refused("Bolor", size=5) == 5
        now.shift(timedelta(minutes=2))
        assert tries_until_refused("Bolor", size=5) == 2
        now.shift(timedelta(days=1))
        assert tries_until_refused("Bolor", size=5) == 5


def test_everybody_has_a_bucket_of_their_own(session: Session) -> None:
    with time_machine.travel(clock.now(), tick=False):
        assert tries_until_refused("Bolor", size=3) == tries_until_refused("Tuya", size=3) == 3
        spend("another purpose", "Bolor", size=3, per_minute=1)


def test_the_table_lists_no_addresses(session: Session) -> None:
    spend("sign-in from", "192.0.2.7", size=3, per_minute=1)
    assert "192.0.2.7" not in db.session.scalars(select(Bucket.key)).one()


def test_full_buckets_are_forgotten(session: Session) -> None:
    with time_machine.travel(clock.now() - timedelta(days=2)):
        spend("test", "long ago", size=3, per_minute=1)
    spend("test", "now", size=3, per_minute=1)
    assert forget_full_buckets() == 1
    assert db.session.scalar(select(func.count()).select_from(Bucket)) == 1


def test_a_clock_that_goes_backwards_gives_no_tries(session: Session) -> None:
    assert tokens_after(0.5, timedelta(minutes=-5), size=5, per_minute=1) == 0.5


@given(st.floats(0, 50), st.integers(0, 10**6), st.integers(1, 50), st.floats(0.1, 100))
def test_a_bucket_never_overflows(tokens: float, seconds: int, size: int, per_minute: float) -> None:
    held = tokens_after(min(tokens, size), timedelta(seconds=seconds), size=size, per_minute=per_minute)
    assert min(tokens, size) <= held <= size


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::"),
        ("2001:db8:0:0:ffff::2", "2001:db8::"),
        ("2001:db8:0:1::1", "2001:db8:0:1::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("unknown", "unknown"),
    ],
)
def test_a_household_is_one_caller(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_try_within_a_refused_transaction_costs_nothing(session: Session) -> None:
    with time_machine.travel(clock.now(), tick=False):
        for _ in range(5):
            spend_along("test", "Bolor", size=2, per_minute=1)
            db.session.rollback()
        for _ in range(2):
            spend_along("test", "Bolor", size=2, per_minute=1)
            db.session.commit()
        with pytest.raises(TooManyTries):
            spend_along("test", "Bolor", size=2, per_minute=1)


def test_looking_costs_nothing(session: Session) -> None:
    with time_machine.travel(clock.now(), tick=False):
        for _ in range(5):
            ensure_left("test", "Bolor", size=1, per_minute=1)
        spend("test", "Bolor", size=1, per_minute=1)
        with pytest.raises(TooManyTries):
            ensure_left("test", "Bolor", size=1, per_minute=1)
