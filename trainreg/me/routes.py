"""Everything that an official's own page answers."""

from trainreg.me import entry_pages, own_pages, registration_pages
from trainreg.me.blueprint import blueprint

__all__ = ["blueprint", "entry_pages", "own_pages", "registration_pages"]
