"""Column types: moments in UTC, texts in several languages, enums stored by value."""

from datetime import UTC, datetime
from enum import Enum as PythonEnum

from sqlalchemy import JSON, DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator

Text = dict[str, str]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware when it goes in, UTC in the database, aware UTC when it comes out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Translated(TypeDecorator[Text]):
    """A text by language code, {"en": ..., "mn": ...}; empty languages are left out. Replace it, never edit it."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Text | None, dialect: Dialect) -> Text | None:
        return None if value is None else {code: text for code, text in sorted(value.items()) if text}


def enum_column(enum: type[PythonEnum], name: str | None = None) -> Enum:
    """An enum kept as its value, with a CHECK, so that both databases read and refuse alike.

    `name` tells the CHECKs of two columns of one enum in one table apart.
    """
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=name or enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
