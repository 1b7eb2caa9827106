"""Everything that correspondence answers: what was sent, how mails read, and letters."""

from trainreg.correspondence import kind_pages, letter_pages, message_pages
from trainreg.correspondence.blueprint import blueprint

__all__ = ["blueprint", "kind_pages", "letter_pages", "message_pages"]
