"""What every kind of import has in common: rows by field in, findings out, then written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trainreg.events.models import Event
from trainreg.imports.rules import ImportKind, RowOutcome
from trainreg.kernel.actor import Actor
from trainreg.programme.models import Project
from trainreg.registration.rules import RegistrationStatus


@dataclass(frozen=True)
class Column:
    """A field that a column can be. `label` is lazy; `names` are other headings, folded, that mean the same."""

    field: str
    label: Any
    example: Any = ""
    names: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True)
class FileRow:
    """One row of the file: the number that the spreadsheet shows, the cells by field, and each field's column."""

    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Options:
    """What the desk chose for the whole file."""

    status: RegistrationStatus = RegistrationStatus.CONFIRMED
    sends_mail: bool = False


@dataclass(frozen=True)
class Place:
    """What the rows belong to."""

    event: Event | None = None
    project: Project | None = None
    options: Options = field(default_factory=Options)
    language: str = "en"


@dataclass(frozen=True)
class Candidate:
    """Somebody whom an ambiguous row may be; `key` is what the desk's answer is kept as."""

    key: str
    words: str


@dataclass(frozen=True)
class Finding:
    """What a row comes to; `told` is what its importer needs to write it."""

    number: int
    outcome: RowOutcome
    shown: str
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
    told: Any = None


Choices = Mapping[int, str]


@dataclass(frozen=True)
class Importer:
    """One kind of import: its columns, how its rows are examined (nothing is written), and how they are written."""

    kind: ImportKind
    columns: Callable[[Place], Sequence[Column]]
    examine: Callable[[Sequence[FileRow], Place, Choices], Iterator[Finding]]
    write: Callable[[Iterable[Finding], Place, Actor], None]
    # Fields of which at least one must be there.
    one_of: tuple[str, ...] = ()
