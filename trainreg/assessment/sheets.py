"""Read the entry screen of tests on paper: which rows somebody typed in, and what the cells stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from trainreg.assessment.models import TestQuestion
from trainreg.assessment.paper import fingerprint
from trainreg.assessment.queries import posed_from
from trainreg.assessment.rules import Stored, typed
from trainreg.kernel.refusals import NotFound


@dataclass(frozen=True)
class Sent:
    """The rows that differ from what the page showed; `shown` holds what it showed, by registration.

    `answers` are those that can be read; `unread` the texts that stand for nothing, whose rows wait.
    """

    rows: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    shown: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[int, Mapping[int, Stored]] = field(default_factory=dict)
    unread: Sequence[str] = ()

    @property
    def cells(self) -> Mapping[str, str]:
        """What was typed, by the names of the fields."""
        return {f"a.{who}.{question}": text for who, row in self.rows.items() for question, text in row.items()}

    @property
    def waiting(self) -> "Sent":
        """Only the rows that could not be read."""
        return replace(self, rows={who: row for who, row in self.rows.items() if who not in self.answers}, answers={})


NOTHING_SENT = Sent()


def sheets_from(form: Mapping[str, str], asked: Sequence[TestQuestion]) -> Sent:
    """Read what the screen sent; raises NotFound for a field that it never showed."""
    series = {question.id: question.series for question in asked}
    shown = {_number(name.removeprefix("was.")): text for name, text in form.items() if name.startswith("was.")}
    rows: dict[int, dict[int, str]] = {}
    for name, text in form.items():
        if name.startswith("a."):
            who, question = _cell(name)
            rows.setdefault(who, {})[question] = text.replace("\x00", "")
    if not {question for row in rows.values() for question in row} <= set(series):
        raise NotFound
    touched = {
        who: row
        for who, row in rows.items()
        if fingerprint({series[question]: text for question, text in row.items()}) != shown.get(who, "")
    }
    return _read(touched, shown, asked)


def _read(rows: Mapping[int, Mapping[int, str]], shown: Mapping[int, str], asked: Sequence[TestQuestion]) -> Sent:
    posed = {question.id: posed_from(question) for question in asked}
    answers: dict[int, dict[int, Stored]] = {}
    bad, unread = set(), []
    for who, row in rows.items():
        for question, text in row.items():
            try:
                answers.setdefault(who, {})[question] = typed(posed[question], text)
            except ValueError:
                bad.add(who)
                unread.append(text)
    return Sent(rows, shown, {who: row for who, row in answers.items() if who not in bad}, unread)


def _cell(name: str) -> tuple[int, int]:
    parts = name.split(".")
    if len(parts) != 3:
        raise NotFound
    return _number(parts[1]), _number(parts[2])


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound
    return int(text)
