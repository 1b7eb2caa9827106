"""What a form, a nomination or an import says of a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainreg.kernel.text import fold
from trainreg.people.rules import LONGEST_MATCH_KEY, AgeBand, Sex


@dataclass(frozen=True)
class PersonDetails:
    """Names in the original script and in Latin letters, and how to reach the person."""

    given_name: str
    family_name: str = ""
    clan_name: str = ""
    given_name_latin: str = ""
    family_name_latin: str = ""
    clan_name_latin: str = ""
    certificate_name: Mapping[str, str] = field(default_factory=dict)
    sex: Sex = Sex.NOT_STATED
    age_band: AgeBand = AgeBand.NOT_STATED
    email: str | None = None
    phone: str | None = None
    language: str = "en"
    is_invented: bool = False

    @property
    def match_key(self) -> str:
        return match_key(self.given_name, self.family_name)


def match_key(given_name: str, family_name: str) -> str:
    """The name parts folded and sorted: swapped parts and look-alike letters make no difference."""
    folded = " ".join(sorted(fold(f"{family_name} {given_name}").split()))
    return folded[:LONGEST_MATCH_KEY]  # folding makes up to eighteen letters of one
