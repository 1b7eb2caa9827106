"""`trainreg demo` as it is typed: once, again, from the start, and where it must not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases

pytestmark = pytest.mark.slow


class Shell:
    """Runs `trainreg ...` on one instance."""

    def __init__(self, instance: Path, database_url: str) -> None:
        self.environment = {
            **os.environ,
            "TRAINREG_INSTANCE": str(instance),
            "TRAINREG_DATABASE_URL": database_url,
        }

    def run(self, *arguments: str, answer: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "trainreg", *arguments]
        return subprocess.run(
            command, env=self.environment, input=answer, capture_output=True, text=True, timeout=120, check=False
        )


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with databases.fresh(tmp_path) as url:
        yield Shell(tmp_path, url)


def test_the_second_run_goes_on_from_what_is_there_and_fresh_asks_first(shell: Shell) -> None:
    first = shell.run("demo", "--no-serve")
    assert first.returncode == 0, first.stderr
    assert "35 certificates" in first.stdout and "organizer@demo.example" in first.stdout
    second = shell.run("demo", "--no-serve")
    assert "there already" in second.stdout
    kept = shell.run("demo", "--no-serve", "--fresh", answer="n\n")
    assert kept.returncode != 0 and "will be lost" in kept.stdout
    assert "there already" in shell.run("demo", "--no-serve").stdout
    again = shell.run("demo", "--no-serve", "--fresh", answer="y\n")
    assert again.returncode == 0 and "Loading the reference project" in again.stdout


def test_known_passwords_never_enter_a_database_that_somebody_works_with(shell: Shell) -> None:
    assert shell.run("db", "upgrade").returncode == 0
    password = "four words and a stone"
    added = shell.run(
        *("user", "add", "head@example.org", "--role", "administrator", "--name", "Head"), answer=f"{password}\n" * 2
    )
    assert added.returncode == 0, added.stderr
    refused = shell.run("demo", "--no-serve")
    assert refused.returncode == 1 and "holds other data" in refused.stderr
    assert "demo.example" not in refused.stdout + shell.run("user", "list").stdout


def test_a_command_before_the_schema_says_what_to_do(shell: Shell) -> None:
    answer = shell.run("user", "list")
    assert answer.returncode == 1
    assert "trainreg db upgrade" in answer.stderr and "Traceback" not in answer.stderr


def test_the_schema_is_checked_and_can_go_back(shell: Shell) -> None:
    assert shell.run("db", "check").returncode == 1
    assert shell.run("db", "upgrade").returncode == 0
    assert shell.run("db", "check").returncode == 0
    assert shell.run("db", "downgrade", "base", "--yes").returncode == 0
    assert shell.run("db", "check").returncode == 1


def test_an_unsafe_setting_is_refused_with_its_sentence(shell: Shell) -> None:
    shell.environment["TRAINREG_BASE_URL"] = "http://training.example.org"
    answer = shell.run("doctor")
    assert answer.returncode == 1
    assert "Use https" in answer.stderr and "Traceback" not in answer.stderr
