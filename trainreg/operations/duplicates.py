"""A standing task of the worker: whoever is new on record is compared with those who were there."""

from trainreg.kernel.db import db
from trainreg.people.duplicates import compare_next

AT_ONCE = 5
ROUNDS = 20


def find_duplicates() -> None:
    """A few persons in each transaction: the write lock is held shortly, and other tasks have their turn."""
    for _round in range(ROUNDS):
        compared = compare_next(limit=AT_ONCE)
        db.session.commit()
        if not compared:
            break
