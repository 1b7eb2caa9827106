"""What a device hands in: a batch of scans as JSON, each read on its own, so that one odd scan holds up no other."""

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.checkin.models import LONGEST_REASON
from trainreg.checkin.rules import ScanKind
from trainreg.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from trainreg.kernel.refusals import Invalid
from trainreg.kernel.text import one_line, problem_in, problem_in_name
from trainreg.kernel.tokens import grouped, normalised
from trainreg.people.rules import LONGEST_NAME, AgeBand, Sex

MOST_SCANS = 100
LONGEST_CODE = 200
NO_WORDS = "–"  # a reason of which nothing can be printed
_LATEST = 4_102_444_800_000  # the year 2100, in milliseconds; a clock that begins in 1970 is wrong, and still a clock
_KINDS = {kind.value: kind for kind in ScanKind if kind is not ScanKind.KIOSK}
_LETTERS = re.compile(r"[0-9A-Z]{8}")


class UnreadableBatch(Invalid):
    """Not what our own page sends."""

    sentence = _l("The scans did not arrive whole. They are kept on the device and sent again.")


@dataclass(frozen=True)
class WalkIn:
    """Somebody who came without being on the list, as typed at the door."""

    given_name: str
    family_name: str
    agency_code: str
    sex: Sex
    age_band: AgeBand
    has_agreed: bool

    @property
    def is_complete(self) -> bool:
        """Whether it is enough for a registration: a name that is one, an agency, and their own consent."""
        return (
            self.has_agreed
            and bool(self.given_name and self.agency_code)
            and max(len(self.given_name), len(self.family_name)) <= LONGEST_NAME
            and problem_in_name(self.given_name) is None
            and not (self.family_name and problem_in_name(self.family_name) is not None)
        )


@dataclass(frozen=True)
class Sent:
    """One scan as the device tells it."""

    key: str
    kind: ScanKind
    device_at: datetime
    code: str = ""
    reference: str = ""
    wished: int | None = None
    reason: str = ""
    walk_in: WalkIn | None = None


@dataclass(frozen=True)
class Batch:
    """Scans handed in together, with the device's clock at that moment. `odd` are keys of scans nobody can read."""

    device: str
    device_now: datetime
    language: str
    scans: tuple[Sent, ...]
    odd: tuple[str, ...] = ()


def read_batch(document: Any) -> Batch:
    """The batch in a JSON document; raises UnreadableBatch when its frame is not one."""
    if not isinstance(document, Mapping):
        raise UnreadableBatch
    device, now, listed = _key(document.get("device")), _moment(document.get("now")), document.get("scans")
    if device is None or now is None or not isinstance(listed, list) or len(listed) > MOST_SCANS:
        raise UnreadableBatch
    scans: dict[str, Sent] = {}
    odd = []
    for one in listed:
        key = _key(one.get("id")) if isinstance(one, Mapping) else None
        sent = _read(key, one) if key is not None else None
        if sent is not None:
            scans.setdefault(sent.key, sent)
        elif key is not None:
            odd.append(key)
    language = document.get("language")
    spoken = language if isinstance(language, str) and language in LANGUAGES else DEFAULT_LANGUAGE
    return Batch(device, now, spoken, tuple(scans.values()), tuple(odd))


def _read(key: str, one: Mapping[str, Any]) -> Sent | None:
    kind, at = _KINDS.get(_text(one.get("kind"), 20)), _moment(one.get("at"))
    if kind is None or at is None:
        return None
    wished = one.get("session")
    return Sent(
        key=key,
        kind=kind,
        device_at=at,
        code=_text(one.get("code"), LONGEST_CODE),
        reference=_text(one.get("reference"), 12).upper(),
        wished=wished if isinstance(wished, int) and not isinstance(wished, bool) else None,
        reason=_reason(one.get("reason")),
        walk_in=_walk_in(one.get("person")) if kind is ScanKind.WALK_IN else None,
    )


def as_reference(typed: str) -> str:
    """A reference as it is kept, from however it was typed: 7k3f9q2m is 7K3F-9Q2M."""
    letters = normalised(typed)
    return grouped(letters) if _LETTERS.fullmatch(letters) else typed.strip().upper()


def _walk_in(person: Any) -> WalkIn:
    said = person if isinstance(person, Mapping) else {}
    sex, band = _text(said.get("sex"), 20), _text(said.get("age_band"), 20)
    return WalkIn(
        given_name=_text(said.get("given_name"), LONGEST_NAME),
        family_name=_text(said.get("family_name"), LONGEST_NAME),
        agency_code=_text(said.get("agency"), 60),
        sex=Sex(sex) if sex in set(Sex) else Sex.NOT_STATED,
        age_band=AgeBand(band) if band in set(AgeBand) else AgeBand.NOT_STATED,
        has_agreed=said.get("consent") is True,
    )


def _text(value: Any, longest: int) -> str:
    """A line of text that can be printed, else nothing: what cannot be stored names nobody.

    Characters that only format, as keyboards and copied names bring them, are left out.
    """
    sound = isinstance(value, str) and len(value) <= 4 * longest and "\x00" not in value
    line = one_line(_without_format(value)) if sound else ""
    return line[:longest] if problem_in(line) is None else ""


def _without_format(text: str) -> str:
    """The text without characters of format, except a joiner between letters, which some scripts need."""
    return "".join(
        letter
        for place, letter in enumerate(text)
        if unicodedata.category(letter) != "Cf" or problem_in(text[max(place - 1, 0) : place + 2]) is None
    )


def _reason(value: Any) -> str:
    """Why somebody was let in; where a reason was given that cannot be kept, that there was one."""
    was_given = isinstance(value, str) and bool(value.strip())
    return _text(value, LONGEST_REASON) or (NO_WORDS if was_given else "")


def _key(value: Any) -> str | None:
    """A UUID, written as UUIDs are."""
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """A moment in milliseconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LATEST:
        return None
    return datetime.fromtimestamp(value / 1000, UTC)
