"""Find files, and whether their owners may still have them."""

from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import select

from trainreg.accounts.models import User
from trainreg.exporting.models import Export, ExportPiece
from trainreg.exporting.rules import ExportStatus
from trainreg.kernel.db import db, reading
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound

# Projects stand to the left of files and fill the list (see `trainreg.domains`): the time zone that those with these
# ids (None: all) have in common, if they have.
ask_timezone: list[Callable[[Collection[int] | None], str | None]] = []


def get_own(export_id: int, user_id: int | None) -> Export:
    """A file of this account; anybody else's is not found."""
    export = db.session.get(Export, export_id)
    if export is None or export.user_id != user_id:
        raise NotFound
    return export


def list_own(user_id: int | None) -> Sequence[Export]:
    """The files of an account, the latest first."""
    return db.session.scalars(select(Export).where(Export.user_id == user_id).order_by(Export.id.desc())).all()


def may_have(export: Export) -> bool:
    """Whether its owner holds every right that the file takes, today."""
    user = db.session.get(User, export.user_id, populate_existing=True)
    return user is not None and user.is_active and all(_holds(user, *right) for right in export.rights)


def _holds(user: User, permission: str, project_id: int | None) -> bool:
    if permission not in set(Permission):
        return False
    if project_id is None:
        return user.project_ids(Permission(permission)) is None
    return user.may(Permission(permission), project_id=project_id)


def timezone_of(export: Export) -> str:
    """The clock by which its times are told: that of the projects it is about, else UTC."""
    projects = {project_id for _permission, project_id in export.rights}
    found = (ask(None if None in projects else projects) for ask in ask_timezone)
    return next((zone for zone in found if zone), "UTC")


def is_anything_prepared() -> bool:
    """Whether some worker has a file in its hands: whoever waits then has only to wait."""
    busy = select(Export.id).where(Export.status == ExportStatus.PREPARING).limit(1)
    return db.session.scalar(busy) is not None


def pieces_of(export: Export) -> Iterator[bytes]:
    """The content, piece by piece, each read in a transaction of its own: a slow reader holds nothing.

    Raises LookupError when the file is thrown away meanwhile, so that nobody takes a part for the whole.
    """
    return _pieces(export.id, export.claim, export.size)


def _pieces(export_id: int, claim: str | None, size: int) -> Iterator[bytes]:
    number = sent = 0
    while sent < size:
        with reading():
            content = db.session.scalar(
                select(ExportPiece.content)
                .join(Export, Export.id == ExportPiece.export_id)
                .where(Export.id == export_id, Export.claim == claim, Export.status == ExportStatus.READY)
                .where(ExportPiece.number == number)
            )
            db.session.rollback()
        if content is None:
            raise LookupError(f"piece {number} of export {export_id} is gone")
        number, sent = number + 1, sent + len(content)
        yield content
