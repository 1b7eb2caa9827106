"""The code keeps the sizes that let a newcomer read it; raising one is an ADR."""

import ast
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.guards.reading import ROOT, statements, text_of, tree_of

MODULES = sorted(path for path in (ROOT / "trainreg").rglob("*.py") if "versions" not in path.parts)


def _length(path: Path) -> int:
    return len(text_of(path).splitlines())


@cache
def _tree(path: Path) -> list[ast.AST]:
    return list(statements(tree_of(path)))


def _functions() -> Iterator[tuple[str, int]]:
    for path in MODULES:
        for node in _tree(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def _too_long(paths: list[Path], limit: int) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {_length(path)}" for path in paths if _length(path) > limit]


def test_modules() -> None:
    assert _too_long(MODULES, 400) == []
    assert statistics.median(map(_length, MODULES)) <= 90


def test_functions() -> None:
    functions = dict(_functions())
    assert {name: lines for name, lines in functions.items() if lines > 60} == {}
    ordered = sorted(functions.values())
    assert ordered[int(len(ordered) * 0.95)] <= 35


def test_templates() -> None:
    assert _too_long(sorted((ROOT / "templates").rglob("*.*")), 200) == []


def test_test_files() -> None:
    assert _too_long(sorted((ROOT / "tests").rglob("*.py")), 250) == []


def test_fan_out() -> None:
    """How many rooms of the house one module needs; only the factory and the list of domains see them all."""
    for path in MODULES:
        if path.name in {"app.py", "domains.py"}:
            continue
        rooms = set()
        for node in _tree(path):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("trainreg."):
                rooms.add(".".join((node.module or "").split(".")[:2]))
        assert len(rooms) <= 12, f"{path.relative_to(ROOT)} needs {len(rooms)}: {sorted(rooms)}"


def test_no_import_hides_in_a_function() -> None:
    for path in MODULES:
        for node in _tree(path):
            if isinstance(node, ast.FunctionDef):
                hidden = [inner for inner in statements(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
                assert hidden == [], f"{path.relative_to(ROOT)}:{node.name} imports inside"
