"""Files as tests have them: one that lies ready, and a kind of file that does what a test wants."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any

from trainreg.accounts.models import User
from trainreg.exporting import claims, service
from trainreg.exporting.kinds import KINDS, ExportKind, Params, Told, Wanted
from trainreg.exporting.making import make_next
from trainreg.exporting.models import Export, ExportPiece
from trainreg.exporting.queries import pieces_of
from trainreg.exporting.rules import KEPT_FOR, ExportStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission


def prepared_file(of: User, content: bytes = b"PK names", **values: Any) -> Export:
    """A file that is ready, in one piece."""
    now = clock.now()
    facts = {"kind": "people", "params": {"projects": None}, "rights": [], "language": "en", "total": 1, "done": 1}
    facts |= {"file_name": "attendances-p.xlsx", "status": ExportStatus.READY, "claim": "c" * 43, "size": len(content)}
    facts |= {"created_at": now, "ready_at": now, "expires_at": now + KEPT_FOR} | values
    row = Export(user_id=of.id, **facts)
    db.session.add(row)
    db.session.flush()
    if row.status is ExportStatus.READY:
        db.session.add(ExportPiece(export_id=row.id, number=0, content=content))
        db.session.flush()
    return row


Make = Callable[[Params, Told], IO[bytes]]


def _hello(params: Params, told: Told) -> IO[bytes]:
    told(int(params.get("rows", 1)))
    return BytesIO(b"hello" * int(params.get("rows", 1)))


def _note(_params: Params, by: Actor) -> None:
    """The account's own history says it already."""


@contextmanager
def offered(make: Make = _hello) -> Iterator[ExportKind]:
    """One more kind of file, for a while."""
    kind = ExportKind("test", "Test file", "Rows written", make, _note)
    KINDS.append(kind)
    try:
        yield kind
    finally:
        KINDS.remove(kind)


def asked(kind: ExportKind, of: User, *, rows: int = 1, number: int = 0, **params: Any) -> Export:
    """Somebody asked for such a file; commits. Files of another number are other files."""
    rights = ((Permission.VIEW_NAMES, of.grants[0].project_id),)
    wanted = Wanted(kind, "test.csv", rows, {"rows": rows, "number": number, **params}, rights)
    export = service.ask(wanted, language="en", by=of.actor())
    db.session.commit()
    return export


def content_of(export: Export) -> bytes:
    """All its pieces, joined."""
    return b"".join(pieces_of(export))


def begun(make: Make, of: User, **params: Any) -> tuple[Export, claims.Claim]:
    with offered(make) as kind:
        file = asked(kind, of, **params)
    claim = claims.take_next()
    assert claim is not None
    return file, claim


def made(make: Make, of: User) -> Export:
    with offered(make) as kind:
        file = asked(kind, of)
        assert make_next()
    return file
