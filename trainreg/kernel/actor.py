"""Who did something, and how they came in."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """A staff member, an official acting for themselves, or the system (command line, job)."""

    STAFF = "staff"
    OFFICIAL = "official"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """`label` is shown in histories: a staff member's name, "command line"; an official has none (privacy)."""

    kind: ActorKind
    label: str = ""
    user_id: int | None = None


OFFICIAL = Actor(ActorKind.OFFICIAL)
COMMAND_LINE = Actor(ActorKind.SYSTEM, "command line")
SYSTEM = Actor(ActorKind.SYSTEM, "system")
