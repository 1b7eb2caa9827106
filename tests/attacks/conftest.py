"""What the attacks are aimed at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.applications import standing
from tests.attacks.house import House, Rooms, build


@pytest.fixture(scope="session")
def housed(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Rooms]]:
    """A database with the house in it; its keys lie where the application that is attacked has its own."""
    with standing(tmp_path_factory.mktemp("housed"), lambda: build().keys(), Path(app.instance_path)) as made:
        yield made


@pytest.fixture
def house(session: Session, housed: tuple[Engine, Rooms]) -> House:
    """Two projects with one secret each; see `tests/attacks/house.py`."""
    return House.of(housed[1])
