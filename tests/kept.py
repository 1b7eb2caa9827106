"""What was written into a database once for many tests, and is read anew by each: only what the test names."""

from collections.abc import Mapping
from typing import Any, Self

from sqlalchemy import inspect

from trainreg.kernel.db import Base, db

# What each of them is, and its key; a text as it is.
Keys = Mapping[str, tuple[type[Any], Any] | str]


class Kept:
    """A dataclass of rows and texts, with `keys` to take along and `of` to find the rows again by."""

    _keys: Keys

    def keys(self) -> Keys:
        return {name: _key_of(value) for name, value in vars(self).items()}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """The same as were made before."""
        kept = cls.__new__(cls)
        kept._keys = keys
        return kept

    def __getattr__(self, name: str) -> Any:
        # Only what is not there yet comes here.
        if name == "_keys" or name not in self._keys:
            raise AttributeError(name)
        key = self._keys[name]
        value = key if isinstance(key, str) else db.session.get_one(*key)
        setattr(self, name, value)
        return value


def _key_of(value: Base | str) -> tuple[type[Any], Any] | str:
    return value if isinstance(value, str) else (type(value), inspect(value).identity)
