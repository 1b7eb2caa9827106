"""Why a design is refused: each reason a sentence that names the part of the design it speaks of."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid


class DesignRefused(Invalid):
    """The base of all refusals of a design."""

    sentence = _l("This design cannot be used.")


class NotADesign(DesignRefused):
    """The file is not JSON, or no design of a format known here."""

    sentence = _l("This file is not a certificate design that can be read here.")


class DesignTooLarge(DesignRefused):
    """More bytes than any honest design has."""

    sentence = _l("A design file has at most %(most)s kB.")


class NestedTooDeep(DesignRefused):
    """Lists within lists within lists."""

    sentence = _l("The design file is nested more deeply than a design ever is.")


class SaidTwice(DesignRefused):
    """The same key twice: two readers could understand two designs."""

    sentence = _l("The design says “%(key)s” twice in the same place.")


class UnknownKey(DesignRefused):
    """A key that no design has."""

    sentence = _l("%(element)s: a design knows nothing called “%(key)s” here.")


class Missing(DesignRefused):
    """A key that has to be there."""

    sentence = _l("%(element)s: “%(key)s” is missing.")


class WrongValue(DesignRefused):
    """A value of the wrong kind or outside its range."""

    sentence = _l("%(element)s: “%(key)s” has a value that cannot be used.")


class TooMany(DesignRefused):
    """More parts than a page can show."""

    sentence = _l("%(element)s: at most %(most)s “%(key)s” can stand there.")


class NoSuchPlaceholder(DesignRefused):
    """A placeholder that nothing fills."""

    sentence = _l("%(element)s: there is no placeholder %(placeholder)s.")


class BadTemplate(DesignRefused):
    """Brackets or braces that open and do not close."""

    sentence = _l("%(element)s: a bracket in “%(text)s” is not closed; double it to print it.")


class NoSuchColour(DesignRefused):
    """A colour that the design does not name."""

    sentence = _l("%(element)s: the design names no colour “%(colour)s”.")


class NoSuchFamily(DesignRefused):
    """A family of typefaces that is not there."""

    sentence = _l("%(element)s: there is no typeface family “%(family)s”.")


class OffThePage(DesignRefused):
    """A box that leaves the sheet."""

    sentence = _l("%(element)s does not lie wholly on the page.")


class TypeTooSmall(DesignRefused):
    """Type that nobody reads."""

    sentence = _l("%(element)s: type smaller than %(least)s points cannot be read.")


class Overlaps(DesignRefused):
    """Something lies over the name or the QR code."""

    sentence = _l("%(element)s lies over %(other)s; the name and the QR code must stand free.")


class SameIdTwice(DesignRefused):
    """Two elements of one name."""

    sentence = _l("Two elements are called “%(element)s”; each needs a name of its own.")


class Lacks(DesignRefused):
    """An element that every certificate needs."""

    sentence = _l("The design lacks “%(what)s” (languages on the page: %(languages)s).")


class NameInCapitals(DesignRefused):
    """Capitals can change how a name is spelt."""

    sentence = _l("%(element)s: a name is printed as it is written, not in capitals.")
