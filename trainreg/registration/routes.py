"""Everything that registration answers: the public pages, the desk's and the focal point's."""

from trainreg.registration import (
    answer_files,
    answer_pages,
    desk_bulk,
    desk_entry,
    desk_list,
    form_preview,
    invitation_pages,
    public_pages,
)
from trainreg.registration.blueprint import blueprint

__all__ = [
    "answer_files",
    "answer_pages",
    "blueprint",
    "desk_bulk",
    "desk_entry",
    "desk_list",
    "form_preview",
    "invitation_pages",
    "public_pages",
]
