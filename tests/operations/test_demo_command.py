"""`trainreg demo` as it is typed: once, again, from the start, and where it must not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import databases
from trainreg.cli import main

pytestmark = pytest.mark.slow


class Shell:
    """Runs `trainreg ...` on one instance: in a process of its own, or at once in this one."""

    def __init__(self, instance: Path, database_url: str, environment: pytest.MonkeyPatch) -> None:
        self.set = environment.setenv
        self.set("TRAINREG_INSTANCE", str(instance))
        self.set("TRAINREG_DATABASE_URL", database_url)
        self.set("FLASK_RUN_FROM_CLI", "true")  # the command sets it for good otherwise

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """As the system does it. Most of its time goes into loading the product, so few of these are enough."""
        command = [sys.executable, "-m", "trainreg", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    def run(self, *arguments: str, answer: str = "") -> Result:
        """The same command with an application of its own; an error that it does not tell in a sentence fails."""
        mask = os.umask(0o077)
        try:
            return CliRunner().invoke(main, arguments, input=answer, catch_exceptions=False)
        finally:
            os.umask(mask)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    with databases.fresh(tmp_path) as url:
        yield Shell(tmp_path, url, monkeypatch)


def test_the_second_run_goes_on_from_what_is_there_and_fresh_asks_first(shell: Shell) -> None:
    first = shell.start("demo", "--no-serve")
    assert first.returncode == 0, first.stderr
    assert "35 certificates" in first.stdout and "organizer@demo.example" in first.stdout
    second = shell.run("demo", "--no-serve")
    assert "there already" in second.stdout
    kept = shell.run("demo", "--no-serve", "--fresh", answer="n\n")
    assert kept.exit_code != 0 and "will be lost" in kept.stdout
    assert "there already" in shell.run("demo", "--no-serve").stdout
    again = shell.run("demo", "--no-serve", "--fresh", answer="y\n")
    assert again.exit_code == 0 and "Loading the reference project" in again.stdout


def test_known_passwords_never_enter_a_database_that_somebody_works_with(shell: Shell) -> None:
    assert shell.run("db", "upgrade").exit_code == 0
    password = "four words and a stone"
    added = shell.run(
        *("user", "add", "head@example.org", "--role", "administrator", "--name", "Head"), answer=f"{password}\n" * 2
    )
    assert added.exit_code == 0, added.stderr
    refused = shell.run("demo", "--no-serve")
    assert refused.exit_code == 1 and "holds other data" in refused.stderr
    assert "demo.example" not in refused.stdout + shell.run("user", "list").stdout


def test_a_command_before_the_schema_says_what_to_do(shell: Shell) -> None:
    answer = shell.start("user", "list")
    assert answer.returncode == 1
    assert "trainreg db upgrade" in answer.stderr and "Traceback" not in answer.stderr


def test_the_schema_is_checked_and_can_go_back(shell: Shell) -> None:
    assert shell.run("db", "check").exit_code == 1
    assert shell.run("db", "upgrade").exit_code == 0
    assert shell.run("db", "check").exit_code == 0
    assert shell.run("db", "downgrade", "base", "--yes").exit_code == 0
    assert shell.run("db", "check").exit_code == 1


def test_an_unsafe_setting_is_refused_with_its_sentence(shell: Shell) -> None:
    shell.set("TRAINREG_BASE_URL", "http://training.example.org")
    answer = shell.run("doctor")
    assert answer.exit_code == 1
    assert "Use https" in answer.stderr and "Traceback" not in answer.stderr
