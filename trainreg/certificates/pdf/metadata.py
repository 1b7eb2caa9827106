"""What a file says of itself: title, dates, and that it is PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from trainreg.certificates.pdf.objects import dictionary, text

PRODUCER = "trainreg"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a document; `fingerprint` is of the record it draws, `created_at` is in UTC."""

    title: str
    language: str
    created_at: datetime
    fingerprint: str
    author: str
    subject: str = ""


def moment(when: datetime) -> str:
    """A date as PDF writes it."""
    return f"(D:{when:%Y%m%d%H%M%S}Z)"


def information(about: About) -> str:
    """The older dictionary of the same facts, which some readers still show."""
    made = moment(about.created_at)
    return dictionary(
        {
            "Title": text(about.title),
            "Author": text(about.author) if about.author else None,
            "Subject": text(about.subject) if about.subject else None,
            "Creator": text(PRODUCER),
            "Producer": text(PRODUCER),
            "CreationDate": made,
            "ModDate": made,
        }
    )


def xmp(about: About) -> bytes:
    """The metadata as XMP; PDF/UA's own term is declared, as PDF/A asks of any that it does not know."""
    made = f"{about.created_at:%Y-%m-%dT%H:%M:%SZ}"
    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
    subject = f"<dc:description>{_worded(about.subject)}</dc:description>"
    return _XMP.format(
        title=_worded(about.title),
        author=author if about.author else "",
        subject=subject if about.subject else "",
        language=escape(about.language),
        made=made,
        producer=PRODUCER,
    ).encode()


def _worded(words: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(words)}</rdf:li></rdf:Alt>'


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title>{title}</dc:title>{author}{subject}
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate><xmp:MetadataDate>{made}</xmp:MetadataDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the document follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
