"""How a name sounds, whatever script and spelling it was written in: a skeleton to compare with, never to show.

Cyrillic, MNS 5217, the popular spellings (Ulzii, Enkhtuvshin, Dorzh) and the Russian-style ones (Sergei, Sergey,
Sergej) of one name come to the same skeleton, or nearly so. `kernel.text.fold` has dealt with look-alike letters.
"""

import re
import unicodedata
from functools import lru_cache

from trainreg.kernel.text import fold

_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "ж": "j", "з": "z", "и": "i",
        "й": "i", "і": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "u", "ө": "u", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u", "ұ": "u", "ф": "f", "х": "h", "һ": "h", "ц": "c", "ч": "q",
        "ш": "x", "щ": "x", "ъ": "", "ы": "i", "ь": "", "э": "e", "ә": "a", "ю": "yu", "я": "ya",
    }
)  # fmt: skip
_MARKED = str.maketrans(
    {"š": "sh", "č": "ch", "ž": "zh", "ş": "sh", "ç": "ch", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i",
     "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)  # fmt: skip
_LATIN = {
    "shch": "x", "sch": "x", "tch": "q", "dzh": "j", "zh": "j", "dj": "j", "kh": "h", "gh": "g", "ch": "q", "sh": "x",
    "th": "t", "ph": "f", "ts": "c", "tz": "c", "cz": "q", "ck": "k", "dz": "z", "oe": "u", "ae": "a", "yo": "e",
    "ye": "e", "ie": "e", "x": "ks", "w": "v", "q": "k", "o": "u",
}  # fmt: skip
_LATIN_PARTS = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
_HARD_C = re.compile("c(?![eiyhzk])")
_LAST_J = re.compile("(?<=[aeiu])j$")
_Y_BEFORE_VOWEL = re.compile("[iy]+(?=[au])")
_OTHER_Y = re.compile("y(?![au])")
_DOUBLED = re.compile(r"([a-z])\1+")
_VOWELS = str.maketrans("", "", "aeiuy")
_HYPHENS = re.compile("[-\u2010-\u2015\u2212'\u2019\u02bc\u02b9`´]+")
_ENDINGS = re.compile("(?:g?in|(?<=n)i)$")


def words(name: str) -> list[str]:
    """The words of a name, folded; what a hyphen joins is one word, and an abbreviation keeps its point."""
    found = []
    for word in _HYPHENS.sub("", name).replace(".", ". ").split():
        folded = fold(word).replace(" ", "")
        if folded:
            found.append(f"{folded}." if word.endswith(".") else folded)
    return found


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """A folded word as it sounds: Өлзийбаяр, Ölziibayar and Ulziibayar are `ulzibayar`."""
    sounds = word.translate(_CYRILLIC)
    if sounds == word:
        sounds = _latin(word)
    sounds = _Y_BEFORE_VOWEL.sub("y", sounds)
    sounds = _OTHER_Y.sub("i", sounds.replace("ts", "c"))  # Батсүх: two letters here, one in Batsükh
    return _DOUBLED.sub(r"\1", sounds)


@lru_cache(maxsize=50_000)
def stem(sounds: str) -> str:
    """A patronymic's skeleton without the genitive ending and without the vowel that it swallows: Бямбын, Бямба."""
    short = _ENDINGS.sub("", sounds)
    return (short if len(short) > 1 else sounds).rstrip("aeiu") or sounds


@lru_cache(maxsize=50_000)
def consonants(sounds: str) -> str:
    """What is left when the vowels, which spellings differ in most, are taken out; a vowel in front counts as one."""
    first = "a" if sounds[:1] in "aeiuy" else sounds[:1]
    return first + sounds[1:].translate(_VOWELS)


def has_ending(sounds: str) -> bool:
    """Whether `stem` takes a genitive ending away, rather than a vowel alone."""
    return _ENDINGS.search(sounds) is not None


def is_genitive(sounds: str) -> bool:
    """Whether a skeleton ends as a patronymic written out does."""
    return len(sounds) > 3 and sounds.endswith(("in", "ni"))


def _latin(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.translate(_MARKED))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _HARD_C.sub("k", plain)
    return _LAST_J.sub("i", _LATIN_PARTS.sub(lambda found: _LATIN[found[0]], plain))
