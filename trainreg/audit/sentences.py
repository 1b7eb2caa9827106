"""How an audit row reads: one sentence per action; each domain adds its own when it is imported."""

from typing import Any

from trainreg.audit.models import AuditEntry

SENTENCES: dict[str, Any] = {}


class _Facts(dict[str, Any]):
    """The facts of a row; a row written before a sentence asked for a fact still reads."""

    def __missing__(self, _fact: str) -> str:
        return "…"


def sentence(entry: AuditEntry) -> str:
    """The row as a sentence in the reader's language."""
    words = SENTENCES.get(entry.action)
    return str(words) % _Facts(entry.facts) if words is not None else entry.action
