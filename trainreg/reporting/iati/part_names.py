"""Parts of breakdowns as the file names them: in English as dimensions, in the pages' languages as titles."""

from collections.abc import Mapping
from functools import cached_property

from flask_babel import force_locale

from trainreg.framework.rules import Breakdown, Dimension
from trainreg.framework.words import DIMENSION_WORDS
from trainreg.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from trainreg.reporting.counting.tables import Key, Part
from trainreg.reporting.iati.content import Dimensions
from trainreg.reporting.part_words import PartWords


class PartNames:
    """Whoever asks for the file gets the same: nothing here goes by the reader's language."""

    def __init__(self) -> None:
        self._known: dict[tuple[Dimension, Part, str], str] = {}

    @cached_property
    def _words(self) -> PartWords:
        return PartWords()

    def name(self, dimension: Dimension, part: Part, language: str) -> str:
        if dimension is Dimension.AGENCY and isinstance(part, str):
            return part  # handed in by a code that no agency has any more
        key = (dimension, part, language)
        if key not in self._known:
            with force_locale(language):
                self._known[key] = self._words.name(dimension, part)
        return self._known[key]

    def dimensions(self, breakdown: Breakdown, keys: list[Key]) -> Mapping[Key, Dimensions]:
        """Each key as names and values; two parts that are called alike are told apart by their codes."""
        found: dict[Key, Dimensions] = {}
        for place, dimension in enumerate(breakdown):
            parts = dict.fromkeys(key[place] for key in keys)
            named = {part: self.name(dimension, part, DEFAULT_LANGUAGE) for part in parts}
            alike = {name for name in named.values() if list(named.values()).count(name) > 1}
            for key in keys:
                name = named[key[place]]
                value = f"{name} ({self._words.code(dimension, key[place])})" if name in alike else name
                found[key] = (*found.get(key, ()), (dimension.value.replace("_", " "), value))
        return found

    def title(self, title: Mapping[str, str], breakdown: Breakdown, key: Key) -> dict[str, str]:
        """The indicator's title with the part behind it, in the pages' languages that the title has."""
        told = {}
        for language in [code for code in LANGUAGES if title.get(code)] or list(title)[:1]:
            pairs = zip(breakdown, key, strict=True)
            with force_locale(language):
                named = [f"{DIMENSION_WORDS[one]}: {self.name(one, part, language)}" for one, part in pairs]
            told[language] = f"{title[language]} – {', '.join(named)}"
        return told

    def code(self, indicator: str, breakdown: Breakdown, key: Key) -> str:
        """1.a:sex=female"""
        pairs = zip(breakdown, key, strict=True)
        parts = [f"{one.value}={self._words.code(one, part) if _is_known(one, part) else part}" for one, part in pairs]
        return f"{indicator}:{';'.join(parts)}"


def _is_known(dimension: Dimension, part: Part) -> bool:
    return not (dimension is Dimension.AGENCY and isinstance(part, str))
