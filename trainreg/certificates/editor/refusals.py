"""What is not done with designs and pictures, and why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused


class BadPicture(Invalid):
    """The base of what is said of a picture; it stands beside the field that took the file."""

    field = "file"


class NoPicture(BadPicture):
    sentence = _l("Choose a picture: a PNG, JPEG or SVG file.")


class UnknownPicture(BadPicture):
    sentence = _l("This is not a picture we can print. Send it as PNG, JPEG or SVG.")


class PictureTooLarge(BadPicture):
    sentence = _l("This file is too large: %(most)s MB at most.")


class PictureTooWide(BadPicture):
    sentence = _l(
        "This picture has %(width)s × %(height)s points, more than paper can show. Reduce it to %(most)s a side."
    )


class BrokenPicture(BadPicture):
    sentence = _l("This picture is damaged or not complete. Save it again and send it once more.")


class HostileSvg(BadPicture):
    sentence = _l("This SVG file holds %(what)s, which a picture does not need. Save it as a plain SVG, or as PNG.")


class NotDrawnSvg(BadPicture):
    sentence = _l(
        "This SVG file uses %(what)s, which we cannot draw faithfully. Convert it to paths, or send it as PNG."
    )


class SvgWithoutSize(BadPicture):
    sentence = _l("This SVG file does not say how large it is: it needs a viewBox, or a width and a height.")


class EmptyPicture(BadPicture):
    sentence = _l("There is nothing to see in this picture.")


class DraftIsStale(Refused):
    """Somebody saved after this page was opened."""

    sentence = _l(
        "Somebody else saved this design meanwhile. What you typed stands below: "
        "compare it with theirs before you save again."
    )


class SameAsBefore(Refused):
    sentence = _l("Nothing has changed since the version that is published as %(name)s.")


class FailsGate(Refused):
    sentence = _l("The design cannot be published yet.")
    status = 422


class DesignArchived(Refused):
    sentence = _l("This design is archived. Bring it back before you change it.")
