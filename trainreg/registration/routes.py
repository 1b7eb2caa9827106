"""Everything that registration answers: the public pages, the desk's and the focal point's."""

from trainreg.registration import answer_pages, desk_entry, desk_list, invitation_pages, public_pages
from trainreg.registration.blueprint import blueprint

__all__ = ["answer_pages", "blueprint", "desk_entry", "desk_list", "invitation_pages", "public_pages"]
