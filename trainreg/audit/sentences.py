"""How an audit row reads: one sentence per action; each domain adds its own when it is imported."""

from typing import Any

from trainreg.audit.models import AuditEntry

SENTENCES: dict[str, Any] = {}


def sentence(entry: AuditEntry) -> str:
    """The row as a sentence in the reader's language."""
    words = SENTENCES.get(entry.action)
    return str(words) % entry.facts if words is not None else entry.action
