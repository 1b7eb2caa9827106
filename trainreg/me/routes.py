"""Everything that an official's own page answers."""

from trainreg.me import arrival_pages, entry_pages, name_pages, own_pages, registration_pages, transcript_pages
from trainreg.me.blueprint import blueprint

__all__ = [
    "arrival_pages",
    "blueprint",
    "entry_pages",
    "name_pages",
    "own_pages",
    "registration_pages",
    "transcript_pages",
]
