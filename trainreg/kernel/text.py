"""Text that people type: cleaned, refused with the reason, folded for comparison."""

import re
import unicodedata
from enum import StrEnum

# The narrow space before an ending in traditional Mongolian belongs to the spelling.
_BEFORE_ENDING = "\u202f"
_SPACES_BUT_THAT = re.compile(r"(?:(?!(?<=[\u1800-\u18af])\u202f(?=[\u1800-\u18af]))\s)+")
# Needed between letters in some scripts, refused elsewhere; the last one in traditional Mongolian.
_JOINERS = {"\u200c", "\u200d", "\u180e"}
# Letters that draw nothing: Hangul fillers and the blank braille pattern.
_INVISIBLE = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}
# Mongolian typed on keyboards that lack the letters; V only between Cyrillic letters, see `fold`.
_LOOKALIKES = str.maketrans("ЄєѲѳЇї", "ӨөӨөҮү")
_CYRILLIC_V = re.compile(r"(?<=[\u0400-\u04ff])[vV]+|[vV]+(?=[\u0400-\u04ff])")


class TextProblem(StrEnum):
    """Why a line of text is refused."""

    CONTROL = "control"
    DIRECTION = "direction"
    INVISIBLE = "invisible"
    SURROGATE = "surrogate"
    NO_LETTER = "no letter"


def words_in(text: str) -> list[str]:
    """What stands between white space; in traditional Mongolian an ending stays with its word."""
    if _BEFORE_ENDING not in text:
        return text.split()
    return _SPACES_BUT_THAT.sub(" ", text).strip(" ").split(" ") if text.strip() else []


def one_line(text: str | None) -> str:
    """NFC, outer spaces gone, inner runs of white space one space."""
    return unicodedata.normalize("NFC", " ".join(words_in(text or "")))


def problem_in(text: str) -> TextProblem | None:
    """Why this single line cannot be stored or printed, or None when it can."""
    for position, character in enumerate(text):
        category = unicodedata.category(character)
        if category == "Cs":
            return TextProblem.SURROGATE
        if category in {"Cc", "Zl", "Zp", "Co", "Cn"}:
            return TextProblem.CONTROL
        if character in _JOINERS:
            if not _stands_between_letters(text, position):
                return TextProblem.INVISIBLE
        elif category == "Cf":
            direction = unicodedata.bidirectional(character)
            return (
                TextProblem.DIRECTION if direction not in {"BN", ""} or _is_mark(character) else TextProblem.INVISIBLE
            )
        elif character in _INVISIBLE:
            return TextProblem.INVISIBLE
    return None


def problem_in_name(name: str) -> TextProblem | None:
    """As `problem_in`, and a name holds at least one letter."""
    problem = problem_in(name)
    if problem is None and not any(unicodedata.category(character).startswith("L") for character in name):
        return TextProblem.NO_LETTER
    return problem


def fold(text: str) -> str:
    """The text as it is compared, never shown: width, case, look-alike letters, punctuation and spacing aside."""
    plain = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    plain = _CYRILLIC_V.sub(lambda found: "ү" * len(found[0]), plain).casefold()
    plain = unicodedata.normalize("NFKC", plain)  # folding the case can take a letter and its mark apart
    return " ".join("".join(map(_compared, plain)).split())


def _compared(character: str) -> str:
    if character.isalnum() or unicodedata.category(character)[0] == "M":
        return character
    return "" if character in _JOINERS else " "


def _stands_between_letters(text: str, position: int) -> bool:
    beside = text[position - 1 : position] + text[position + 1 : position + 2]
    return len(beside) == 2 and all(unicodedata.category(character)[0] in "LM" for character in beside)


def _is_mark(character: str) -> bool:
    return character in {"\u200e", "\u200f", "\u061c"}
