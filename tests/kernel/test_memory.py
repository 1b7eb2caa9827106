"""What a server has loaded is out of the collector's way."""

import gc

import pytest

from trainreg.kernel.memory import YOUNGEST, keep_what_is_loaded


@pytest.mark.slow
def test_what_is_loaded_is_not_looked_through_again() -> None:
    usual = gc.get_threshold()
    try:
        keep_what_is_loaded()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold() == (YOUNGEST, *usual[1:])
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
