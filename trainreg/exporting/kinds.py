"""The kinds of file that there are: each room offers its own, and `domains.py` puts them together (ADR 0018)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from trainreg.kernel.actor import Actor
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound

Params = Mapping[str, Any]
Told = Callable[[int], object]
Right = tuple[Permission, int | None]


@dataclass(frozen=True)
class ExportKind:
    """`title` and `unit` (what progress counts) are lazy words.

    `make` only reads, in the language asked for, tells how much more it did, and returns the file from its start. It
    may raise NotFound where what it was about is no longer there. `note_taken` writes down that somebody took the file.
    """

    code: str
    title: Any
    unit: Any
    make: Callable[[Params, Told], IO[bytes]]
    note_taken: Callable[[Params, Actor], None]


@dataclass(frozen=True)
class Wanted:
    """One file: what goes into it, the rights it takes (a permission in a project, or with None everywhere)."""

    kind: ExportKind
    file_name: str
    rows: int
    params: Params = field(default_factory=dict)
    rights: tuple[Right, ...] = ()


KINDS: list[ExportKind] = []


def find_kind(code: str) -> ExportKind | None:
    """None for a kind of an older version that is no longer offered."""
    return next((kind for kind in KINDS if kind.code == code), None)


def get_kind(code: str) -> ExportKind:
    """Raises NotFound for a kind that is no longer offered."""
    found = find_kind(code)
    if found is None:
        raise NotFound
    return found


def rights_to(permission: Permission, project_ids: Collection[int] | None) -> tuple[Right, ...]:
    """The permission in each of these projects; None: everywhere."""
    return ((permission, None),) if project_ids is None else tuple((permission, one) for one in sorted(project_ids))
