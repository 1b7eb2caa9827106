"""The provinces of Mongolia by their codes in ISO 3166-2:MN."""

from trainreg.kernel.languages import in_language
from trainreg.kernel.types import Text

PROVINCES: dict[str, Text] = {
    "MN-073": {"en": "Arkhangai", "mn": "Архангай"},
    "MN-071": {"en": "Bayan-Ölgii", "mn": "Баян-Өлгий"},
    "MN-069": {"en": "Bayankhongor", "mn": "Баянхонгор"},
    "MN-067": {"en": "Bulgan", "mn": "Булган"},
    "MN-037": {"en": "Darkhan-Uul", "mn": "Дархан-Уул"},
    "MN-061": {"en": "Dornod", "mn": "Дорнод"},
    "MN-063": {"en": "Dornogovi", "mn": "Дорноговь"},
    "MN-059": {"en": "Dundgovi", "mn": "Дундговь"},
    "MN-065": {"en": "Govi-Altai", "mn": "Говь-Алтай"},
    "MN-064": {"en": "Govisümber", "mn": "Говьсүмбэр"},
    "MN-039": {"en": "Khentii", "mn": "Хэнтий"},
    "MN-043": {"en": "Khovd", "mn": "Ховд"},
    "MN-041": {"en": "Khövsgöl", "mn": "Хөвсгөл"},
    "MN-035": {"en": "Orkhon", "mn": "Орхон"},
    "MN-049": {"en": "Selenge", "mn": "Сэлэнгэ"},
    "MN-051": {"en": "Sükhbaatar", "mn": "Сүхбаатар"},
    "MN-047": {"en": "Töv", "mn": "Төв"},
    "MN-1": {"en": "Ulaanbaatar", "mn": "Улаанбаатар"},
    "MN-046": {"en": "Uvs", "mn": "Увс"},
    "MN-057": {"en": "Zavkhan", "mn": "Завхан"},
    "MN-053": {"en": "Ömnögovi", "mn": "Өмнөговь"},
    "MN-055": {"en": "Övörkhangai", "mn": "Өвөрхангай"},
}
# In the Mongolian alphabet Ө follows О and Ү follows У; by their numbers in Unicode both would stand last.
_ALPHABET = str.maketrans({"Ө": "О~", "ө": "о~", "Ү": "У~", "ү": "у~", "Ö": "O", "ö": "o", "Ü": "U", "ü": "u"})


def list_provinces(language: str) -> list[tuple[str, str]]:
    """Code and name of each, in the order of that language's alphabet."""
    named = [(code, in_language(name, language)) for code, name in PROVINCES.items()]
    return sorted(named, key=lambda one: one[1].translate(_ALPHABET).casefold())


def province_name(code: str | None, language: str) -> str:
    """The name; a code that is on no list of ours stays as it is."""
    return in_language(PROVINCES.get(code or ""), language) or (code or "")
