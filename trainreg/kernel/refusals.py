"""Refusals: what the system will not do, each with a sentence a clerk understands."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l


class Refused(Exception):
    """The base of all refusals.

    `sentence` may hold %(name)s placeholders filled from the keyword arguments; `field` names the form field
    it belongs beside; `status` is the HTTP answer; the class name is the machine's code for it.
    """

    sentence: ClassVar[Any] = _l("This cannot be done.")
    status: ClassVar[int] = 409
    field: str | None = None

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        self.facts = facts
        self.field = field or type(self).field
        super().__init__()

    def __str__(self) -> str:
        return str(self.sentence) % self.facts if self.facts else str(self.sentence)


class NotFound(Refused):
    """There is no such thing, or it is not for this person to see: the two are answered alike."""

    sentence = _l("The address may be mistyped, or what it led to is not for you to see.")
    status = 404


class Forbidden(Refused):
    """The person is known, and this is not theirs to do."""

    sentence = _l("Your role does not allow this.")
    status = 403


class Invalid(Refused):
    """A value that cannot be what it should be."""

    sentence = _l("Please check what you entered.")
    status = 422
