"""Who reads the report: the projects they may see, and those where they may see names."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid


@dataclass(frozen=True)
class Reader:
    """None: all."""

    ids: frozenset[int] | None = None
    named: frozenset[int] | None = None

    def sees_names_in(self, projects: Iterable[int]) -> bool:
        return self.named is None or self.named.issuperset(projects)


OPERATOR = Reader()


class NamesNeeded(Invalid):
    """Two narrow figures, subtracted, tell of few people."""

    sentence = _l(
        "Only whoever may see names in all of the projects chosen can narrow their figures like this. Leave this "
        "empty, or choose projects where you may see names."
    )
