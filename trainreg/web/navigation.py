"""The desk's navigation: each domain says what it adds; the shell shows what the role may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from trainreg.kernel.permissions import Permission
from trainreg.web.access import may, principal


@dataclass(frozen=True)
class Entry:
    """One place in the navigation. `label` is lazy; `opens` lists the blueprint's endpoints that it stands for."""

    label: Any
    endpoint: str
    permission: Permission | None
    order: int
    icon: str = ""
    stands_for: Callable[[str], bool] = lambda _endpoint: False


@dataclass(frozen=True)
class Link:
    """An entry as the page shows it."""

    label: str
    url: str
    icon: str
    current: bool
    group: str = ""


ENTRIES: list[Entry] = []


def offer(entry: Entry) -> None:
    """Add an entry when its domain is imported; once."""
    if all(known.endpoint != entry.endpoint for known in ENTRIES):
        ENTRIES.append(entry)


def links() -> list[Link]:
    """The entries that this account may open."""
    if not principal().is_authenticated:
        return []
    here = request.endpoint or ""
    return [
        Link(str(entry.label), url_for(entry.endpoint), entry.icon, here == entry.endpoint or entry.stands_for(here))
        for entry in sorted(ENTRIES, key=lambda entry: entry.order)
        if entry.permission is None or may(entry.permission)
    ]


def init_app(app: Flask) -> None:
    """Give every page its navigation."""
    app.jinja_env.globals.update(may=may, Permission=Permission)
    app.context_processor(lambda: {"navigation": links() if request else []})
