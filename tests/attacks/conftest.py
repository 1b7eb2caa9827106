"""What the attacks are aimed at."""

import pytest
from sqlalchemy.orm import Session

from tests.attacks.house import House, build


@pytest.fixture
def house(session: Session) -> House:
    """Two projects with one secret each; see `tests/attacks/house.py`."""
    return build()
