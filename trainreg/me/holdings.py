"""What each table holds about a person: how it is exported, and what stands there once it is erased.

Every column that holds text is named here as personal or not; `tests/me/test_holdings.py` fails for one that is not, so
that a new table cannot be forgotten. Which rows are somebody's follows from the foreign keys.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import JSON, Column, ColumnElement, Enum, ForeignKey, String, Table, or_, select

from trainreg.kernel.db import Base, db
from trainreg.kernel.types import Translated
from trainreg.people.rules import AgeBand


@dataclass(frozen=True)
class Holding:
    """One table: its name in the export, what is put into personal columns at erasure, and which texts say nothing.

    A table without a name in the export is the machine's own way of finding people. `unsaid` columns are its own too
    (fingerprints, keys of our staff), and are not exported; rows that are `dropped` are deleted.
    """

    section: str
    erased: Mapping[str, object] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()
    dropped: bool = False


HOLDINGS: dict[str, Holding] = {
    "person": Holding(
        "records",
        erased={
            "given_name": "–",  # lists that are made of bare columns show this
            **dict.fromkeys(("family_name", "clan_name"), ""),
            **dict.fromkeys(("given_name_latin", "family_name_latin", "clan_name_latin"), ""),
            "certificate_name": {},
            "confirmed_names": {},
            **dict.fromkeys(("names_confirmed_at", "names_confirmed_by_id"), None),
            "age_band": AgeBand.NOT_STATED,
            "email": None,
            "phone": None,
            "match_key": "",
        },
        kept=frozenset({"language"}),
        unsaid=frozenset({"match_key", "is_invented", "compared_at"}),
    ),
    "person_key": Holding("", dropped=True),
    "likely_pair": Holding("likely_pairs", dropped=True),
    # Undoing a merge would bring the names back.
    "person_merge": Holding("merges", unsaid=frozenset({"changes", "seats"}), dropped=True),
    "posting": Holding("postings", dropped=True),
    "consent": Holding("consents", kept=frozenset({"version", "language", "channel"})),
    "registration": Holding(
        "registrations",
        erased={"email": None, "position": ""},
        kept=frozenset({"reference", "province", "group_name", "language"}),
    ),
    "registration_move": Holding(
        "moves", erased={"reason": ""}, kept=frozenset({"actor_label"}), unsaid=frozenset({"actor_label"})
    ),
    "submission": Holding(
        "forms",
        erased={"name_as_typed": "", "position": "", "content_hash": ""},
        kept=frozenset({"key", "reference", "receipt_hash", "language"}),
        unsaid=frozenset({"key", "receipt_hash", "content_hash"}),
    ),
    "attendance": Holding("attendance"),
    # The door's ledger stays, without what somebody wrote about why a person was let in.
    "scan": Holding(
        "scans",
        erased={"reason": "–"},
        kept=frozenset({"key", "device", "said", "scanned_by"}),
        unsaid=frozenset({"key", "device", "scanned_by"}),
    ),
    "test_attempt": Holding("tests"),
    # The points stay, so that what a group learned does not change; the words go. Points are given at every save, so
    # that telling them would tell the right answers while the test runs.
    "test_answer": Holding("test_answers", erased={"value": None}, unsaid=frozenset({"points"})),
    # That an evaluation was handed in. Its answers lead to nobody, so they can neither be shown nor erased.
    "evaluation_handed_in": Holding("evaluations_handed_in"),
    "attendance_change": Holding("attendance_changes"),
    "answer": Holding("answers", dropped=True),
    "answer_file": Holding("answer_files", unsaid=frozenset({"content"}), dropped=True),
    # A certificate keeps verifying: what its paper says was frozen when it was issued.
    "certificate": Holding(
        "certificates",
        erased={"state_reason": ""},
        kept=frozenset(
            {"register_number", "series", "holder", "code", "design", "facts", "facts_sha256", "achievement"}
        ),
    ),
    # Figures that were handed in keep the rows they rest on, without a name.
    "frozen_row": Holding("reported_figures", kept=frozenset({"snapshot"})),
    "rendition": Holding("certificate_files", kept=frozenset({"sha256"})),
    # What kept a name from being printed holds the name.
    "certificate_refusal": Holding("certificate_refusals", erased={"details": []}),
    "message": Holding(
        "messages",
        erased={
            **dict.fromkeys(("recipient", "recipient_name", "text", "html", "last_error"), ""),
            "subject": "–",
            "link": None,
            "calendar": None,
        },
        kept=frozenset({"key", "kind", "language", "reply_to"}),
        unsaid=frozenset({"key", "html", "link", "calendar", "letter_id", "tries", "next_try_at", "last_error"}),
    ),
    "own_page_link": Holding("links", unsaid=frozenset({"key", "used_by"}), dropped=True),
    "own_page_visit": Holding("visits", unsaid=frozenset({"token_hash"}), dropped=True),
}


def tables_in_reach() -> list[Table]:
    """The person and every table that refers to one, directly or by way of another; parents before their children."""
    found = {"person"}
    tables = Base.metadata.sorted_tables
    for table in tables:
        if any(True for _ in _references(table, found)):
            found.add(table.name)
    return [table for table in tables if table.name in found]


def records_of(person_id: int) -> frozenset[int]:
    """The person's record, and those that were merged into it, whose names still stand in them."""
    person = Base.metadata.tables["person"]
    records = select(person.c.id).where(person.c.id == person_id).cte("records", recursive=True)
    merged = select(person.c.id).join(records, person.c.merged_into_id == records.c.id)
    return frozenset(db.session.scalars(select(records.union(merged).c.id)))


def rows_of(table: Table, records: frozenset[int]) -> ColumnElement[bool]:
    """Which rows of a table in reach belong to these records of a person."""
    if table.name == "person":
        return table.c.id.in_(records)
    reach = {one.name for one in tables_in_reach()}
    ways = [
        key.parent.in_(records)
        if key.column.table.name == "person"
        else key.parent.in_(select(key.column).where(rows_of(key.column.table, records)))
        for key in _references(table, reach)
    ]
    return or_(*ways)


def texts_of(table: Table) -> list[str]:
    """The columns of a table that can hold whatever somebody wrote."""
    return [column.name for column in table.columns if _holds_text(column)]


def _holds_text(column: Column[object]) -> bool:
    return isinstance(column.type, String | JSON | Translated) and not isinstance(column.type, Enum)


def _references(table: Table, names: set[str]) -> Iterator[ForeignKey]:
    for key in table.foreign_keys:
        if key.column.table.name in names and key.column.table is not table:
            yield key
