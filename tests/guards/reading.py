"""The product's own modules, each read and parsed once for all guards that look into them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def statements(within: ast.AST) -> Iterator[ast.AST]:
    """Every statement beneath, at any depth: what an expression holds is no statement, and is not walked."""
    for node in ast.iter_child_nodes(within):
        if not isinstance(node, ast.expr):
            yield node
            yield from statements(node)
