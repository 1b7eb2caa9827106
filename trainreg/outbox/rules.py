"""When a message that could not be sent is tried again."""

from datetime import timedelta

MOST_TRIES = 12
# How long a worker has a message for itself: longer than the slowest delivery, so that no other sends it meanwhile.
LEASE = timedelta(minutes=10)


def wait_after(tries: int) -> timedelta:
    """One minute after the first failure, then twice as long each time, at most six hours."""
    return min(timedelta(minutes=2 ** (tries - 1)), timedelta(hours=6))
