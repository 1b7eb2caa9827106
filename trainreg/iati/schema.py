"""What the schema says of a file, in sentences."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from threading import Lock
from typing import Any

from flask_babel import lazy_gettext as _l
from lxml import etree

from trainreg.iati.data_files import activities_schema
from trainreg.iati.findings import MOST, Finding, Source, Weight
from trainreg.iati.reading import Opened

_SHORT = 120
_UNEXPECTED = _l(
    "The element %(name)s does not belong here. Take it out, or put it in its place: here may stand %(one)s."
)
_SURPLUS = _l("The element %(name)s does not belong here. Take it out.")
_MISSING = _l("The element %(name)s is not complete: %(one)s must stand in it. Add it.")
_EMPTY = _l("The element %(name)s holds text or elements that do not belong in it. Take them out.")
_LACKS = _l("The element %(name)s lacks the attribute %(one)s. Add it.")
_NOT_ALLOWED = _l("The element %(name)s has an attribute %(one)s that the standard does not know. Take it out.")
_WRONG_VALUE = _l("“%(one)s” cannot stand in %(name)s: it is not of the type %(type)s. Write it so.")
_OTHER_ROOT = _l("This is no file of IATI activities: it begins with %(name)s, and not with iati-activities.")
_REFUSED = _l("The schema refuses the element %(name)s (%(one)s). Compare it with the standard.")


_lock = Lock()


@cache
def _schema() -> etree.XMLSchema:
    return activities_schema()


def schema_findings(opened: Opened) -> Iterator[Finding]:
    """Everything that the schema refuses."""
    with _lock:  # a compiled schema keeps the log of its last file: nobody else validates until it is read
        schema = _schema()
        schema.validate(opened.tree)
        log: Any = schema.error_log
        errors = list(log)[:MOST]
    for error in errors:
        sentence, facts = _told(error)
        yield Finding(Source.SCHEMA, Weight.ERROR, error.type_name, sentence, facts, error.line, error.path or "")


_NAME = re.compile(r"Element '([^']*)'")
_ATTRIBUTE = re.compile(r"[Tt]he attribute '([^']*)'")
_ATTRIBUTE_OF = re.compile(r"Element '[^']*', attribute '([^']*)'")
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*) \)\.")
_VALUE = re.compile(
    r": '(.*)' is not a valid value of the (?:atomic|list|union|local atomic|simple) type '([^']*)'", re.S
)


def _told(error: Any) -> tuple[Any, tuple[tuple[str, object], ...]]:
    message = error.message
    found = _NAME.match(message)
    name = _plain(found[1]) if found else ""
    for matches, sentence in _SENTENCES:
        facts = matches(message)
        if facts is not None:
            return sentence, (("name", facts.pop("name", name)), *facts.items())
    return _REFUSED, (("name", name), ("one", message.partition(": ")[2][:_SHORT]))


def _plain(name: str) -> str:
    """Names without the address of their namespace; only xml: has one here."""
    return name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")[:_SHORT]


Facts = dict[str, object]


def _expected(words: str) -> Callable[[str], Facts | None]:
    def matches(message: str) -> Facts | None:
        found = _EXPECTED.search(message)
        return {"one": _plain(found[1])} if words in message and found else None

    return matches


def _only(words: str) -> Callable[[str], Facts | None]:
    return lambda message: {} if words in message else None


def _attribute(words: str) -> Callable[[str], Facts | None]:
    def matches(message: str) -> Facts | None:
        found = _ATTRIBUTE.search(message)
        return {"one": _plain(found[1])} if words in message and found else None

    return matches


def _value(message: str) -> Facts | None:
    found = _VALUE.search(message)
    if found is None:
        return None
    attribute = _ATTRIBUTE_OF.match(message)
    facts: Facts = {"one": found[1][:_SHORT], "type": found[2].removeprefix("xs:")}
    return facts | ({"name": _plain(attribute[1])} if attribute else {})


_SENTENCES: tuple[tuple[Callable[[str], Facts | None], Any], ...] = (
    (_only("No matching global declaration available for the validation root"), _OTHER_ROOT),
    (_expected("This element is not expected"), _UNEXPECTED),
    (_only("This element is not expected"), _SURPLUS),
    (_expected("Missing child element(s)"), _MISSING),
    (_attribute("is required but missing"), _LACKS),
    (_attribute("is not allowed"), _NOT_ALLOWED),
    (_value, _WRONG_VALUE),
    (_only("ontent other than whitespace is not allowed"), _EMPTY),
    (_only("content is not allowed"), _EMPTY),
)
