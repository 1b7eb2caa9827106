"""How an audit row reads: one sentence per action; each domain adds its own when it is imported."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.audit.models import AuditEntry
from trainreg.kernel.actor import COMMAND_LINE, SYSTEM, ActorKind

SENTENCES: dict[str, Any] = {}
# Facts that are codes, and what pages call them: fact → code → words.
FACT_WORDS: dict[str, Mapping[Any, Any]] = {}
SYSTEM_WORDS: dict[str, Any] = {COMMAND_LINE.label: _l("command line"), SYSTEM.label: _l("system")}


class _Facts(dict[str, Any]):
    """The facts of a row; a row written before a sentence asked for a fact still reads."""

    def __missing__(self, _fact: str) -> str:
        return "…"


def sentence(entry: AuditEntry) -> str:
    """The row as a sentence in the reader's language."""
    words = SENTENCES.get(entry.action)
    if words is None:
        return entry.action
    facts = {fact: FACT_WORDS.get(fact, {}).get(value, value) for fact, value in entry.facts.items()}
    return str(words) % _Facts(facts)


def actor(entry: AuditEntry) -> str:
    """Who it was, as pages say it: a colleague's name, the system in the reader's language, nothing for an official."""
    return actor_words(entry.actor_kind, entry.actor_label)


def actor_words(kind: ActorKind, label: str) -> str:
    """As `actor`, for ledgers of their own."""
    return str(SYSTEM_WORDS.get(label, label)) if kind is ActorKind.SYSTEM else label
