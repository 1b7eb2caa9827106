"""Whoever guesses learns nothing: not by the words of an answer, not by its time, not by trying often."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import event

from tests.attacks.test_papers import page_of
from tests.pages import Pages
from trainreg.certificates.codes import new_code
from trainreg.certificates.models import Certificate
from trainreg.certificates.verifying import guessing
from trainreg.kernel.db import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def mistyped(code: str) -> str:
    return code[:-1] + ("0" if code[-1] != "0" else "2")


def test_what_is_wrong_takes_one_way_whatever_is_wrong_with_it(pages: Pages, certificate: Certificate) -> None:
    """The same statements in the same order for a code that nobody has, that is mistyped, and that is none."""
    near = certificate.code[:9] + new_code()[9:]
    pages.get(f"/v/{new_code()}")
    ways = []
    for code in (new_code(), mistyped(certificate.code), near, "nonsense", "7K3F" * 30, "https:evil.example"):
        with statements() as asked:
            page = pages.get(f"/v/{code}")
        assert page.status == 404
        ways.append([statement for statement in asked if "certificate" in statement or "throttle" in statement])
    assert all(way == ways[0] for way in ways) and ways[0]


@pytest.mark.slow
def test_wrong_answers_are_of_one_class_of_time(
    pages: Pages, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Medians of many, taken in turn, so that a noisy machine troubles all alike."""
    monkeypatch.setattr(guessing, "_CODES", {"size": 10_000, "per_minute": 10_000})
    makers = (new_code, lambda: mistyped(certificate.code), lambda: "nonsense")
    times: list[list[float]] = [[], [], []]
    for _ in range(60):
        for kept, make_code in zip(times, makers, strict=True):
            code = make_code()
            started = perf_counter()
            pages.client.get(f"/v/{code}")
            kept.append(perf_counter() - started)
    medians = [median(kept) for kept in times]
    assert max(medians) < 1.5 * min(medians), medians


def test_a_file_with_a_wrong_code_counts_as_a_guess(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "_CODES", {"size": 1, "per_minute": 0})
    assert pages.post("/v/file", {"file": (BytesIO(page_of(b"", b"")), "x.pdf")}).status == 200
    assert pages.get(f"/v/{new_code()}").status == 429


def test_true_papers_cost_nothing(pages: Pages, certificate: Certificate) -> None:
    assert {pages.client.get(f"/v/{certificate.code}").status_code for _ in range(100)} == {200}
