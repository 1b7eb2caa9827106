"""Everything that the records of people answer."""

from trainreg.records import duplicate_pages, people_export, people_pages, transcript_pages
from trainreg.records.blueprint import blueprint

__all__ = ["blueprint", "duplicate_pages", "people_export", "people_pages", "transcript_pages"]
