"""What the editor asks of the room of designs, and where it asks it.

The editor knows a design as JSON with a list of `elements`; what may stand in it, how it is drawn and what it must
pass is said by whoever `use` names. That is done once, where the application is put together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask import has_app_context

from trainreg.certificates.designs.records import SHA256
from trainreg.certificates.editor.queries import content_of_picture, content_of_version, find_version
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.pdf.page import Page
from trainreg.certificates.pdf.pictures import provide
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.types import Text


@dataclass(frozen=True, slots=True)
class Ready:
    """A design that comes with the system, as canonical JSON under its fingerprint."""

    sha256: str
    name: Text
    content: str
    is_usual: bool = False


class Designs(Protocol):
    """The room of designs as the editor needs it; a `content` is the JSON of one design."""

    def ready(self) -> Sequence[Ready]:
        """Those that come with the system, the usual one first."""

    def canonical(self, content: str) -> str:
        """The one way to write it; raises a `Refused` whose facts name the `element` and the `key`."""

    def digest(self, content: str) -> str:
        """Its fingerprint: the SHA-256 of the canonical JSON."""

    def page(self, content: str, facts: CertificateFacts, *, verify: str, offline: str) -> Page:
        """The page that it makes of a certificate."""

    def flaws(self, content: str, facts: CertificateFacts) -> Sequence[str]:
        """Sentences about what cannot be drawn of a certificate: characters, texts that are too long."""

    def problems(self, content: str, pictures: Mapping[str, bytes]) -> Sequence[str]:
        """Sentences about what keeps it from being published."""

    def new_element(self, kind: str, name: str) -> dict[str, Any]:
        """An element of that kind (text, picture, line, ...) to begin with, called so."""

    def new_picture(self, name: str, sha256: str, width: float, height: float) -> dict[str, Any]:
        """An element that shows this picture, so many millimetres wide and high."""


_in_use: list[Designs] = []


def use(designs: Designs) -> None:
    """Say who knows designs; the PDF writer finds the pictures of the house from then on."""
    _in_use[:] = [designs]
    provide(_picture)


def designs() -> Designs:
    """Whoever knows designs; raises NotFound before anybody was named."""
    if not _in_use:
        raise NotFound
    return _in_use[0]


def _picture(sha256: str) -> bytes:
    # Where there is no house there are no pictures of its own either.
    content = content_of_picture(sha256) if has_app_context() else None
    if content is None:
        raise LookupError(f"no picture {sha256}")
    return content


def usual() -> Ready:
    """What an event's certificates look like where nothing was chosen."""
    return next(one for one in designs().ready() if one.is_usual)


def find_content(sha256: str) -> str | None:
    """The canonical JSON of a ready design or of a published version."""
    if not SHA256.fullmatch(sha256):
        return None
    ready = next((one.content for one in designs().ready() if one.sha256 == sha256), None)
    return ready if ready is not None else content_of_version(sha256)


def get_content(sha256: str) -> str:
    content = find_content(sha256)
    if content is None:
        raise NotFound
    return content


def name_of(sha256: str) -> Text:
    """What a design is called; raises NotFound for none."""
    ready = next((one.name for one in designs().ready() if one.sha256 == sha256), None)
    if ready is not None:
        return ready
    version = find_version(sha256)
    if version is None:
        raise NotFound
    return version.design.name


def pictures_in(content: str) -> list[str]:
    """The fingerprints of all pictures that a design names, each once."""
    return list(dict.fromkeys(one for one in _texts(json.loads(content)) if SHA256.fullmatch(one)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
