"""Private keys as files of the instance folder: one each, whole or not at all, for the service's user alone."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from flask import current_app

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def folder() -> Path:
    """Where this installation's private keys are."""
    return Path(current_app.instance_path) / "keys"


def path_of(kid: str) -> Path:
    """The file of one private key, whether it is there or not."""
    return folder() / f"{kid}.pem"


def keep(kid: str, pem: bytes) -> Path:
    """Write a private key to the disk, to stay there when the power fails; one that is there already is not replaced.

    It is on the disk before the row that names it is committed: a row without its key could sign nothing.
    """
    place, path = folder(), path_of(kid)
    place.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    place.chmod(FOLDER_MODE)
    draft = place / f".{kid}.{os.getpid()}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    _to_disk(place)
    return path


def _to_disk(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_there(kid: str) -> bool:
    """Whether the private key can be read here."""
    return os.access(path_of(kid), os.R_OK)


def open_to_others(path: Path) -> int | None:
    """The mode of a file or folder that others than its owner may use; None where it is its owner's alone."""
    mode = stat.S_IMODE(path.stat().st_mode)
    return mode if mode & 0o077 else None
