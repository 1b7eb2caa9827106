"""What a design says of one record in one language: placeholders filled once, and not looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from trainreg.certificates.designs import spans, templates
from trainreg.certificates.designs import wording_2 as words
from trainreg.certificates.designs.schema import Design
from trainreg.certificates.facts import CertificateFacts
from trainreg.kernel.languages import in_language
from trainreg.people.printing import TRADITIONAL


class Phrases:
    """The words of one certificate on a design."""

    def __init__(self, design: Design, facts: CertificateFacts, *, verify: str) -> None:
        self._design, self._facts, self._verify = design, facts, verify

    def said(self, template: str, language: str, *, signatory: str = "") -> str:
        """The template as it is printed in that language."""
        return templates.filled(template, partial(self._value, language=language, signatory=signatory))

    def lines(self, template: str, language: str) -> str:
        """The same where line breaks of the template stand; a line that comes out empty is left out.

        What is filled in never breaks a line.
        """
        return "\n".join(filter(None, (self.said(line, language) for line in template.split("\n"))))

    def part(self, name: str, language: str, *, signatory: str = "") -> str:
        """One sentence of the wording."""
        return self.said(f"{{{name}}}", language, signatory=signatory)

    def _value(self, name: str, *, language: str, signatory: str) -> str:
        if name in words.PARTS:
            fact = partial(self._fact, language=language, signatory=signatory)
            return templates.filled(self._template(name, language), fact)
        return self._fact(name, language=language, signatory=signatory)

    def _template(self, name: str, language: str) -> str:
        spoken = language if language in words.WORDS else "mn" if language == TRADITIONAL else "en"
        own = self._design.wording.get(spoken, {})
        for key in (self._facts.kind.value, "all"):
            if name in own.get(key, {}):
                return own[key][name]
        usual = words.WORDS[spoken][name]
        return usual if isinstance(usual, str) else usual[self._facts.kind]

    def _fact(self, name: str, *, language: str, signatory: str) -> str:
        facts = self._facts
        spoken = language if language in words.WORDS else "mn" if language == TRADITIONAL else "en"
        if name in {"hours", "days"}:
            planned, attended = getattr(facts, f"{name}_planned"), getattr(facts, f"{name}_attended")
            return spans.duration(planned if facts.is_prepared else attended, planned, name, spoken)
        if name in {"event_kind", "event_kind_at"}:
            by_kind = words.EVENTS[spoken]
            return by_kind.get(facts.event_kind, by_kind[""])[name == "event_kind_at"]
        texts: Mapping[str, Mapping[str, str]] = {
            "event": facts.event_title,
            "place": facts.place,
            "organisation": facts.organisation,
            "project": facts.project_title,
            "agency": facts.agency,
        }
        if name in texts:
            return in_language(texts[name], language)
        return {
            "name": facts.names.get(language, ""),
            "name_mong": facts.names.get(TRADITIONAL, ""),
            "dates": spans.period(facts.starts_on, facts.ends_on, spoken),
            "number": facts.register_number,
            "code": facts.code,
            "address": self._verify,
            "project_code": facts.project_code,
            "issued_on": spans.day(facts.issued_on, spoken),
            "valid_until": spans.day(facts.valid_until, spoken) if facts.valid_until else "",
            "replaces": facts.replaces,
            "signatory": signatory,
        }[name]
