"""Every reference to a person and to a registration, and what merging two persons does with it.

`tests/records/test_references.py` walks the tables: a new one that refers to a person or a registration is not
forgotten, because the test fails until its line stands here.
"""

from enum import StrEnum


class Move(StrEnum):
    """What happens to the rows of the merged record."""

    ALL = "all"  # they belong to the kept one from now on
    WHAT_IS_MISSING = "what is missing"  # those that the kept one has of its own stay where they are
    COLLAPSE = "collapse"  # registrations: see `records.collapse`
    NEXT_EDITION = "next edition"  # certificates: see ADR 0013
    BEST_MARK = "best mark"  # attendance: the better of two marks of one session
    STAYS = "stays"  # tells what was, or is written anew


PERSON: dict[str, Move] = {
    "consent.person_id": Move.ALL,
    "likely_pair.person_a_id": Move.STAYS,
    "likely_pair.person_b_id": Move.STAYS,
    "own_page_link.person_id": Move.STAYS,  # it opens a page with nothing on it: its holder asks for a new link
    "own_page_visit.person_id": Move.STAYS,
    "person.merged_into_id": Move.ALL,
    "person_key.person_id": Move.STAYS,
    "person_merge.kept_id": Move.STAYS,
    "person_merge.merged_id": Move.STAYS,
    "posting.person_id": Move.ALL,
    "registration.person_id": Move.COLLAPSE,
}
REGISTRATION: dict[str, Move] = {
    "answer.registration_id": Move.WHAT_IS_MISSING,
    "attendance.registration_id": Move.BEST_MARK,
    "attendance_change.registration_id": Move.STAYS,
    "certificate.registration_id": Move.NEXT_EDITION,
    "certificate_refusal.registration_id": Move.STAYS,
    "evaluation_handed_in.registration_id": Move.WHAT_IS_MISSING,
    "frozen_row.registration_id": Move.STAYS,  # what was handed in stays handed in; the difference is shown
    "message.registration_id": Move.ALL,
    "registration_move.registration_id": Move.STAYS,
    "scan.registration_id": Move.ALL,
    "submission.registration_id": Move.ALL,
    "test_attempt.registration_id": Move.WHAT_IS_MISSING,
}
