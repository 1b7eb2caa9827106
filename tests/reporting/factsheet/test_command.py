"""`trainreg report factsheet`: the PDF from the command line."""

from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.world import World


@pytest.mark.parametrize("option", ["--out", "-o"])
def test_it_writes_the_file_in_the_language(app: Flask, world: World, tmp_path: Path, option: str) -> None:
    out = tmp_path / "factsheet.pdf"
    arguments = ["report", "factsheet", world.project.code, "--language", "mn", option, str(out)]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    reader = PdfReader(out)
    assert reader.trailer["/Root"]["/Lang"] == "mn"  # type: ignore[index]
    assert world.project.title["mn"] in " ".join(reader.pages[0].extract_text().split())


def test_without_the_right_to_names_the_small_are_hidden(app: Flask, world: World, tmp_path: Path) -> None:
    out = tmp_path / "factsheet.pdf"
    result = app.test_cli_runner().invoke(
        args=["report", "factsheet", world.project.code, "--hide-small", "-o", str(out)]
    )
    assert result.exit_code == 0, result.output
    text = " ".join(page.extract_text() for page in PdfReader(out).pages)
    assert "fewer than five people" in " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["NOBODY", "--out", "{out}"], "There is no project with the code 'NOBODY'."),
        (["{code}", "--language", "de", "--out", "{out}"], "'de' is not one of"),
        (["{code}"], "Missing option"),
        (["{code}", "--out", "{out}/no/such/folder.pdf"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(app: Flask, world: World, tmp_path: Path, arguments: list[str], told: str) -> None:
    filled = [one.format(code=world.project.code, out=tmp_path / "a.pdf") for one in arguments]
    result = app.test_cli_runner().invoke(args=["report", "factsheet", *filled])
    assert result.exit_code != 0 and told in result.output
