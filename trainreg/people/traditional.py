"""Names in traditional Mongolian script: which characters they are made of. Pure."""

# Letters of the block with those for Todo, Sibe, Manchu and foreign names; then what shapes and joins them: free
# variation selectors, the vowel separator, joiners, and the narrow space before an ending.
_LETTERS = range(0x1820, 0x18AB)
_SHAPING = frozenset("\u180b\u180c\u180d\u180e\u180f\u200c\u200d\u202f ")


def foreign_in(name: str) -> str:
    """The characters that do not belong to the script, each once, in their order."""
    return "".join(dict.fromkeys(one for one in name if ord(one) not in _LETTERS and one not in _SHAPING))
