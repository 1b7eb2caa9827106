"""Codelists of the standard: which codes there are, what they are called, and where in a file they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lxml import etree

from trainreg.iati.data_files import data_bytes
from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Code:
    """One code; its name in the languages that the standard gives, English first of all."""

    code: str
    name: Mapping[str, str]
    is_withdrawn: bool

    def words(self, language: str) -> str:
        return in_language(self.name, language) or self.code


@dataclass(frozen=True)
class Codelist:
    """A list; one that is not complete may be added to by whoever publishes."""

    name: str
    is_complete: bool
    codes: Mapping[str, Code]

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def choices(self, language: str) -> list[tuple[str, str]]:
        """What can be chosen today, in the list's order: code and words."""
        return [(one.code, f"{one.code}  {one.words(language)}") for one in self.codes.values() if not one.is_withdrawn]


@cache
def codelist(name: str) -> Codelist:
    """The list of that name, read once."""
    root = etree.fromstring(data_bytes(f"codelists/{name}.xml"))
    codes = {}
    for item in root.iter("codelist-item"):
        code = (item.findtext("code") or "").strip()
        named = {
            one.get(_LANG, DEFAULT_LANGUAGE): " ".join((one.text or "").split())
            for one in item.findall("name/narrative")
        }
        codes[code] = Code(code, named, item.get("status") == "withdrawn")
    return Codelist(name, root.get("complete") == "1", codes)


_ACTIVITY = "/iati-activities/iati-activity"
_DAC = "[not(@vocabulary) or @vocabulary='' or @vocabulary='1']"
# Where codes stand; the standard keeps this in a mapping of its own.
PLACES: tuple[tuple[str, str], ...] = (
    ("/iati-activities/@version", "Version"),
    (f"{_ACTIVITY}/@xml:lang", "Language"),
    (f"{_ACTIVITY}//narrative/@xml:lang", "Language"),
    (f"{_ACTIVITY}/reporting-org/@type", "OrganisationType"),
    (f"{_ACTIVITY}/participating-org/@type", "OrganisationType"),
    (f"{_ACTIVITY}/participating-org/@role", "OrganisationRole"),
    (f"{_ACTIVITY}/description/@type", "DescriptionType"),
    (f"{_ACTIVITY}/activity-status/@code", "ActivityStatus"),
    (f"{_ACTIVITY}/activity-date/@type", "ActivityDateType"),
    (f"{_ACTIVITY}/activity-scope/@code", "ActivityScope"),
    (f"{_ACTIVITY}/contact-info/@type", "ContactType"),
    (f"{_ACTIVITY}//recipient-country/@code", "Country"),
    (f"{_ACTIVITY}//sector/@vocabulary", "SectorVocabulary"),
    (f"{_ACTIVITY}//sector{_DAC}/@code", "Sector"),
    (f"{_ACTIVITY}//sector[@vocabulary='7']/@code", "UNSDG-Goals"),
    (f"{_ACTIVITY}//sector[@vocabulary='8']/@code", "UNSDG-Targets"),
    (f"{_ACTIVITY}/tag/@vocabulary", "TagVocabulary"),
    (f"{_ACTIVITY}/tag[@vocabulary='2']/@code", "UNSDG-Goals"),
    (f"{_ACTIVITY}/tag[@vocabulary='3']/@code", "UNSDG-Targets"),
    (f"{_ACTIVITY}/policy-marker/@vocabulary", "PolicyMarkerVocabulary"),
    (f"{_ACTIVITY}/policy-marker{_DAC}/@code", "PolicyMarker"),
    (f"{_ACTIVITY}/policy-marker/@significance", "PolicySignificance"),
    (f"{_ACTIVITY}/location/location-id/@vocabulary", "GeographicVocabulary"),
    (f"{_ACTIVITY}/location/administrative/@vocabulary", "GeographicVocabulary"),
    (f"{_ACTIVITY}/location/feature-designation/@code", "LocationType"),
    (f"{_ACTIVITY}//document-link/@format", "FileFormat"),
    (f"{_ACTIVITY}//document-link/category/@code", "DocumentCategory"),
    (f"{_ACTIVITY}//document-link/language/@code", "Language"),
    (f"{_ACTIVITY}/result/@type", "ResultType"),
    (f"{_ACTIVITY}/result/reference/@vocabulary", "ResultVocabulary"),
    (f"{_ACTIVITY}/result/indicator/@measure", "IndicatorMeasure"),
    (f"{_ACTIVITY}/result/indicator/reference/@vocabulary", "IndicatorVocabulary"),
)
# Currencies are those of ISO 4217, which no file of the standard here lists.
CURRENCIES = (f"{_ACTIVITY}/@default-currency", f"{_ACTIVITY}//value/@currency")
