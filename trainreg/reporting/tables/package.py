"""One table as CSV, or all of them with their description in one ZIP: made row by row, whatever their number."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED

from zipstream import ZipStream

from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.sheets_cells import Value
from trainreg.kernel.sheets_writing import IN_MEMORY, csv_chunks, heard
from trainreg.programme.models import Project
from trainreg.reporting.tables import facts, individuals, results
from trainreg.reporting.tables.schema import TableSchema
from trainreg.reporting.tables.schemas import names_of, tables_for
from trainreg.reporting.tables.scope import Scope

_ROWS: Mapping[str, Callable[[Scope], Iterator[Sequence[Any]]]] = {
    **{one.__name__: one for one in (facts.projects, facts.agencies, facts.outcomes, facts.periods)},
    **{one.__name__: one for one in (facts.events, facts.event_outcomes, facts.sessions, facts.publications)},
    "handouts": facts.handouts,
    **{one.__name__: one for one in (individuals.registrations, individuals.attendance, individuals.completions)},
    **{one.__name__: one for one in (individuals.certificates, individuals.tests, individuals.unnamed_attendance)},
    **{one.__name__: one for one in (results.indicators, results.targets, results.figures, results.figure_parts)},
}

# Tables with a row for each registration or mark: what progress counts.
LONG = frozenset({"registrations", "attendance"})


def rows_of(table: TableSchema, scope: Scope) -> Iterator[list[Value]]:
    """The rows as they stand in the file."""
    for row in _ROWS[table.name](scope):
        yield [_cell(value) for value in row]


def _cell(value: Any) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return facts.as_utc(value)
    return value  # type: ignore[no-any-return]


def csv_of(table: TableSchema, scope: Scope) -> Iterator[bytes]:
    return csv_chunks(table.header, rows_of(table, scope))


def write_csv(table: TableSchema, scope: Scope) -> IO[bytes]:
    """One table, ready to be read; the caller closes it."""
    return _written(csv_of(table, scope))


def write_package(
    scope: Scope,
    *,
    after_each: Callable[[], object] = lambda: None,
    told: Callable[[int], object] = lambda _rows: None,
) -> IO[bytes]:
    """All tables that the reader may have, with `datapackage.json`, in one ZIP; the caller closes it.

    `after_each` hears of tables, `told` of rows of the long ones.
    """
    tables = tables_for(sees_individuals=scope.sees_individuals)
    packed = _empty()
    packed.add(described(scope, tables), "datapackage.json")
    for table in tables:
        more = told if table.name in LONG else lambda _rows: None
        packed.add(_told(csv_chunks(table.header, heard(rows_of(table, scope), more)), after_each), table.file_name)
    return _written(packed)


def write_packages(
    projects: Iterable[tuple[int, str, bool]], *, told: Callable[[int], object] = lambda _projects: None
) -> IO[bytes]:
    """Of several projects, each in a folder of its code: number, code, and whether individuals are told.

    What one project takes in memory is let go before the next one is read.
    """
    packed = _empty()
    for project_id, code, sees_individuals in projects:
        late = _Late(project_id, sees_individuals)
        packed.add(late.described(), f"{code}/datapackage.json")
        for table in late.tables:
            packed.add(late.csv_of(table, told), f"{code}/{table.file_name}")
    return _written(packed)


class _Late:
    """The files of one project, read when their turn comes; after the last one nothing of it is kept."""

    def __init__(self, project_id: int, sees_individuals: bool) -> None:
        self.project_id, self.sees_individuals = project_id, sees_individuals
        self.tables = tables_for(sees_individuals=sees_individuals)
        self.kept: Scope | None = None

    @property
    def scope(self) -> Scope:
        if self.kept is None:
            self.kept = Scope(db.session.get_one(Project, self.project_id), self.sees_individuals)
        return self.kept

    def described(self) -> Iterator[bytes]:
        yield described(self.scope, self.tables)

    def csv_of(self, table: TableSchema, told: Callable[[int], object]) -> Iterator[bytes]:
        yield from csv_of(table, self.scope)
        if table is self.tables[-1]:
            self.kept = None
            told(1)


def _empty() -> ZipStream:
    return ZipStream(compress_type=ZIP_DEFLATED, compress_level=6)


def _told(chunks: Iterator[bytes], after_each: Callable[[], object]) -> Iterator[bytes]:
    yield from chunks
    after_each()


def _written(chunks: Any) -> IO[bytes]:
    """It is made before it is sent, so that no slow reader holds the database; beyond a little it is on disk."""
    target: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller's to close
    for chunk in chunks:
        target.write(chunk)
    target.seek(0)
    return target


def described(scope: Scope, tables: Sequence[TableSchema]) -> bytes:
    """The data package: Frictionless Data, tabular."""
    present = names_of(tables)
    told = {
        "profile": "tabular-data-package",
        "name": f"trainreg-{scope.project.code}".lower(),
        "title": (scope.project.title or {}).get("en", scope.project.code),
        "created": facts.as_utc(clock.now()),
        "sees_individuals": scope.sees_individuals,
        "resources": [table.as_json(present) for table in tables],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
