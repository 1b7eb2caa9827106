"""Everything that registration answers: the public pages, the desk's and the focal point's."""

from trainreg.registration import (
    agency_pages,
    answer_files,
    desk_bulk,
    desk_entry,
    desk_list,
    form_preview,
    public_pages,
)
from trainreg.registration.blueprint import blueprint

__all__ = [
    "agency_pages",
    "answer_files",
    "blueprint",
    "desk_bulk",
    "desk_entry",
    "desk_list",
    "form_preview",
    "public_pages",
]
