"""Open a file that anybody may have made: no document type, no entities, nothing fetched, not too large."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from lxml import etree

from trainreg.kernel.refusals import Invalid

LARGEST = 10 * 1024 * 1024


class CannotBeRead(Invalid):
    """What is no XML that we would open; `line` is where, if it is anywhere."""

    field = "file"

    @property
    def line(self) -> int | None:
        found = self.facts.get("line")
        return found if isinstance(found, int) else None


class TooLarge(CannotBeRead):
    """More than anybody publishes of a few projects."""

    sentence = _l("The file is larger than %(most)s MB. Check fewer activities at a time.")


class NothingInIt(CannotBeRead):
    """No byte."""

    sentence = _l("The file is empty. Choose the IATI file that you want to check.")


class NotUtf8(CannotBeRead):
    """What cannot be read letter by letter can hide anything."""

    sentence = _l("The file is not written in UTF-8. Save it as UTF-8 and check it again.")


class HasDocumentType(CannotBeRead):
    """Entities unpack without end or fetch other files; the standard needs none."""

    sentence = _l("The file has a document type (<!DOCTYPE …>), which IATI does not use. Take that line out.")


class NotXml(CannotBeRead):
    """Not well-formed."""

    sentence = _l("The file is no XML: something goes wrong in line %(line)s. Open it there, or write it out anew.")


@dataclass(frozen=True)
class Opened:
    """A file as a tree."""

    tree: "etree._ElementTree"

    @property
    def root(self) -> "etree._Element":
        return self.tree.getroot()

    def nodes(self, path: str) -> list[Any]:
        """The elements or attributes at a path that is ours."""
        found: Any = self.tree.xpath(path)
        return list(found)


def open_file(data: bytes, *, largest: int = LARGEST) -> Opened:
    """Read the file; raises a refusal with a sentence for what cannot be opened."""
    if len(data) > largest:
        raise TooLarge(most=largest // (1024 * 1024))
    if not data.strip():
        raise NothingInIt
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8 from error
    if "\x00" in text:
        raise NotUtf8
    # Read as UTF-8 whatever the file says of itself, so that what is looked for here is what the parser sees.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise HasDocumentType
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise NotXml(line=error.lineno or 1) from error
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise HasDocumentType
    return Opened(tree)
