"""Words with placeholders, filled in one pass of our own: what is filled in is never looked at again.

`{name}` is a placeholder. `[...]` stands only where none of the placeholders in it came out empty. `{{`, `}}`, `[[`
and `]]` print a brace or a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from trainreg.kernel.text import words_in

_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{([a-z][a-z0-9_]*)\}|[\[\]{}]|[^\[\]{}]+")
_DOUBLED = {"{{": "{", "}}": "}", "[[": "[", "]]": "]"}

Token = tuple[str, bool]
"""A piece of text, or the name of a placeholder (then True)."""
Group = tuple[tuple[Token, ...], bool]
"""Tokens in a row, and whether they stand in brackets."""


class TemplateError(ValueError):
    """A bracket or a brace that opens and does not close."""


@lru_cache(maxsize=2048)
def parsed(template: str) -> tuple[Group, ...]:
    """Take a template apart, once for each; raises TemplateError."""
    groups: list[Group] = []
    tokens: list[Token] = []
    is_open = False
    for found in _TOKEN.finditer(template):
        piece = found[0]
        if found[1]:
            tokens.append((found[1], True))
        elif piece in _DOUBLED:
            tokens.append((_DOUBLED[piece], False))
        elif piece in {"{", "}"} or ((piece == "[") == is_open and piece in {"[", "]"}):
            raise TemplateError(template)
        elif piece in {"[", "]"}:
            groups.append((tuple(tokens), is_open))
            tokens, is_open = [], not is_open
        else:
            tokens.append((piece, False))
    if is_open:
        raise TemplateError(template)
    return (*groups, (tuple(tokens), False))


def placeholders(template: str) -> tuple[str, ...]:
    """The names of the placeholders in a template, in their order."""
    return tuple(name for tokens, _ in parsed(template) for name, is_name in tokens if is_name)


def filled(template: str, value_of: Callable[[str], str]) -> str:
    """Put the values in; a group in brackets with an empty value is left out. The result is one line."""
    shown: list[str] = []
    for tokens, is_optional in parsed(template):
        values = [(value_of(text) if is_name else text, is_name) for text, is_name in tokens]
        if is_optional and any(is_name and not value for value, is_name in values):
            continue
        shown += [value for value, _ in values]
    return " ".join(words_in("".join(shown)))
