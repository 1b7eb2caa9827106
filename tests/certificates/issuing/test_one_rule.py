"""There is one way to a certificate, and it asks for the verdict; whichever door is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import factories as make
from tests.world import World
from trainreg.certificates.issuing.printed import printed_at
from trainreg.certificates.issuing.writing import NotEarned, Writer
from trainreg.certificates.queries import list_candidates
from trainreg.events.models import Event
from trainreg.kernel import clock

ROOT = Path(__file__).parents[3] / "trainreg"


def _calls(name: str) -> Iterator[str]:
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called == name:
                    yield path.relative_to(ROOT).as_posix()


def test_a_certificate_is_made_in_one_place() -> None:
    assert list(_calls("Certificate")) == ["certificates/issuing/writing.py"]


def test_no_table_of_certificates_is_written_past_it() -> None:
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "insert(Certificate)" not in text and "insert(table_of(Certificate))" not in text, path


def test_who_may_write_is_known() -> None:
    assert set(_calls("Writer")) == {
        "certificates/service.py",
        "certificates/issuing/ceremony.py",
        "certificates/issuing/editions.py",
    }


def test_only_the_table_of_moves_changes_a_state() -> None:
    for path in (ROOT / "certificates").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = (
                [inner for inner in ast.walk(node) if isinstance(inner, ast.Attribute)]
                if isinstance(node, ast.Assign)
                else []
            )
            stored = [one for one in targets if isinstance(one.ctx, ast.Store) and one.attr == "state"]
            if any(isinstance(one.value, ast.Name) and one.value.id == "certificate" for one in stored):
                assert path.name == "moves.py"


def test_the_writer_itself_refuses_who_has_not_earned_one(world: World, event: Event) -> None:
    make.registration(event, world.bolor)
    (candidate,) = list_candidates(event)

    with pytest.raises(NotEarned):
        Writer(event, printed_at(event), by=make.STAFF, at=clock.now()).write(candidate)
