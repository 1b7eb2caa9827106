"""Errors as logs may keep them: where and what kind, without the names and addresses that were being worked on."""

import traceback

from sqlalchemy.exc import DataError, DBAPIError


def traced(error: BaseException) -> str:
    """The error and what led to it, by type and place in the code; of the database's words the first line.

    Messages of other errors often quote the value that was wrong, and PostgreSQL's further lines the whole row.
    """
    parts: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        parts.append(f"{type(cause).__module__}.{type(cause).__qualname__}{_told_by_database(cause)}\n")
        parts += traceback.format_tb(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
    return "".join(parts).rstrip()


def _told_by_database(error: BaseException) -> str:
    if not isinstance(error, DBAPIError) or isinstance(error, DataError):  # which quotes the value
        return ""
    return f": {first_line(error.orig)}"


def first_line(error: BaseException | None) -> str:
    """What happened, without the values in which it happened."""
    return (str(error).splitlines() or [""])[0]
