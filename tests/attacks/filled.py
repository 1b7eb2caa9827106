"""Every address of the application, filled with real values."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask

_PART = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


def addresses(app: Flask, method: str, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every endpoint that takes the method, with its address; `code` is a certificate's where nothing else is meant."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if rule.endpoint != "static" and method in (rule.methods or set()):
            yield rule.endpoint, fill(rule.rule, values)


def fill(rule: str, values: dict[str, Any]) -> str:
    return _PART.sub(lambda part: str(values[part[1]]), rule)
