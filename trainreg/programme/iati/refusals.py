"""What the settings of an IATI file cannot be."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused


class NoReportingRef(Invalid):
    """Whose file is it?"""

    sentence = _l("Write the identifier under which the organisation reports, for example XM-DAC-47066.")
    field = "reporting_ref"


class WrongRef(Invalid):
    """Registers know no such identifier."""

    sentence = _l("An identifier is one word without spaces and without the signs / & | ?.")


class NoIdentifier(Invalid):
    """Which activity is it?"""

    sentence = _l(
        "Write the identifier of the activity: that of the organisation, a hyphen, and a code of the project."
    )
    field = "identifier"


class WrongStart(Invalid):
    """Identifiers are found by their beginning."""

    sentence = _l("The identifier of the activity begins with that of the organisation and a hyphen: %(start)s…")
    field = "identifier"


class IdentifierTaken(Refused):
    """Two projects would overwrite each other wherever they are published."""

    sentence = _l("Another project has this identifier.")
    field = "identifier"


class UnknownCode(Invalid):
    """Not on the codelist."""

    sentence = _l("“%(code)s” is not on the list of IATI. Choose a code that is on it.")


class NoSector(Invalid):
    """A file needs one of the OECD."""

    sentence = _l("Choose at least one sector of the OECD DAC list.")
    field = "sectors"


class SectorTwice(Invalid):
    """Shares of one thing."""

    sentence = _l("The sector %(code)s is chosen twice.")
    field = "sectors"


class WrongPercentages(Invalid):
    """Shares of a whole."""

    sentence = _l(
        "Percentages of the sectors of one list add up to 100; a sector that is alone in its list needs none."
    )
    field = "sectors"


class TooManySectors(Invalid):
    """More than anybody reads."""

    sentence = _l("At most %(most)s sectors.")
    field = "sectors"


class NoPartnerType(Invalid):
    """Half of what is said of partners."""

    sentence = _l("Say what kind of organisation the partners are, or that they are not listed.")
    field = "partner_type"
