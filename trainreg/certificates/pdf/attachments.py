"""Files inside the file, each with what it is to the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fpdf.syntax import PDFObject

from trainreg.certificates.pdf.metadata import About, moment
from trainreg.certificates.pdf.objects import Entry, array, dictionary, name, packed, text
from trainreg.certificates.pdf.page import Attachment


def attach(add: Callable[[PDFObject], str], attachments: Sequence[Attachment], about: About) -> dict[str, str]:
    """Write the attachments, in the order of their names; gives the catalogue's entries for them."""
    if not attachments:
        return {}
    files = [(attachment.name, _file(add, attachment, about)) for attachment in attachments]
    names = " ".join(f"{text(called)} {ref}" for called, ref in files)
    return {"AF": array(ref for _, ref in files), "Names": f"<</EmbeddedFiles<</Names[{names}]>>>>"}


def _file(add: Callable[[PDFObject], str], attachment: Attachment, about: About) -> str:
    entries = (
        f"/Type/EmbeddedFile/Subtype{name(attachment.media_type)}"
        f"/Params<</Size {len(attachment.content)}/ModDate{moment(about.created_at)}>>"
    )
    stream = add(packed(entries, attachment.content))
    called = text(attachment.name)
    return add(
        Entry(
            dictionary(
                {
                    "Type": "/Filespec",
                    "F": called,
                    "UF": called,
                    "Desc": text(attachment.description),
                    "AFRelationship": name(attachment.relationship),
                    "EF": f"<</F {stream}/UF {stream}>>",
                }
            )
        )
    )
