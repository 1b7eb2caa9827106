"""Read the entry screen of tests on paper: which rows somebody typed in, and what the cells stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from trainreg.assessment.models import TestQuestion
from trainreg.assessment.paper import fingerprint
from trainreg.assessment.queries import list_versions, posed_from
from trainreg.assessment.rules import Stored, typed
from trainreg.events.models import Event
from trainreg.kernel.numbers import key_from
from trainreg.kernel.refusals import NotFound


@dataclass(frozen=True)
class Sent:
    """The rows that differ from what the page showed; `shown` holds what it showed, by registration.

    `answers` are those that can be read; `unread` the texts that stand for nothing, whose rows wait. It `is_outdated`
    when a question was edited or taken out since the page was opened.
    """

    rows: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    shown: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[int, Mapping[int, Stored]] = field(default_factory=dict)
    unread: Sequence[str] = ()
    is_outdated: bool = False

    @property
    def cells(self) -> Mapping[str, str]:
        """What was typed, by the names of the fields."""
        return {f"a.{who}.{question}": text for who, row in self.rows.items() for question, text in row.items()}

    @property
    def waiting(self) -> "Sent":
        """Only the rows that could not be read."""
        return replace(self, rows={who: row for who, row in self.rows.items() if who not in self.answers}, answers={})


NOTHING_SENT = Sent()


def sheets_from(form: Mapping[str, str], event: Event, asked: Sequence[TestQuestion]) -> Sent:
    """Read what the screen sent; raises NotFound for a field that it never showed.

    An answer to a version that was edited meanwhile stands under the present one, if it is answered in the same way.
    """
    known = {question.id: question for question in asked}
    shown = {key_from(name.removeprefix("was.")): text for name, text in form.items() if name.startswith("was.")}
    rows: dict[int, dict[int, str]] = {}
    for name, text in form.items():
        if name.startswith("a."):
            who, number = _cell(name)
            rows.setdefault(who, {})[number] = text.replace("\x00", "")
    if not _numbers(rows) <= set(known):
        known = {question.id: question for question in list_versions(event.id)}
    if not _numbers(rows) <= set(known):
        raise NotFound
    touched = {
        who: row
        for who, row in rows.items()
        if fingerprint({known[number].series: text for number, text in row.items()}) != shown.get(who, "")
    }
    present = {(question.series, question.kind): question.id for question in asked}
    moved = {number: present.get((question.series, question.kind)) for number, question in known.items()}
    now = {
        who: {at: text for number, text in row.items() if (at := moved[number]) is not None}
        for who, row in touched.items()
    }
    changed = any(moved[number] != number for number in _numbers(touched))
    return replace(_read(now, shown, asked), is_outdated=changed)


def _numbers(rows: Mapping[int, Mapping[int, str]]) -> set[int]:
    return {number for row in rows.values() for number in row}


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
    return key_from(parts[1]), key_from(parts[2])
