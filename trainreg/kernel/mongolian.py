"""Mongolian Cyrillic in Latin letters by MNS 5217:2012: a suggestion for a passport-like spelling, never a rule."""

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "ye", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "ө": "ö", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ү": "ü", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "i", "ы": "y", "ь": "i",
    "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


def transliterate(text: str) -> str:
    """Сүхбаатар → Sükhbaatar, СҮХБААТАР → SÜKHBAATAR; whatever is not Mongolian Cyrillic stays as it is."""
    latin = []
    for position, character in enumerate(text):
        letters = _LETTERS.get(character.lower())
        if letters is None:
            latin.append(character)
        elif not character.isupper():
            latin.append(letters)
        else:
            beside = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
            latin.append(letters.upper() if any(map(str.isupper, beside)) else letters.capitalize())
    return "".join(latin)
