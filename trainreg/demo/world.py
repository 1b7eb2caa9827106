"""The demonstration's data files, read once."""

import csv
import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from trainreg.demo.records import (
    Day,
    DemoAgency,
    DemoEvent,
    DemoHandout,
    DemoPerson,
    DemoProject,
    DemoPublication,
    DemoRegistration,
    SignIn,
)
from trainreg.kernel.types import Text

PROJECT_CODES = ("MN-2012", "DEMO-2026")
_FLOATING = re.compile(r"(?<=,)@(-?[0-9]{1,3})(?=,)")


@cache
def project(code: str) -> DemoProject:
    """The project of that code."""
    data = _toml(f"{code.lower()}.toml")
    about = data["project"]
    return DemoProject(
        **about | {"starts_on": _day(about["starts_on"]), "ends_on": _day(about["ends_on"])},
        signatories=tuple(data["signatories"]),
        outcomes=tuple(data["outcomes"]),
        events=tuple(_event(event) for event in data["events"]),
        publications=tuple(_publication(entry) for entry in data.get("publications", [])),
        registrations=tuple(DemoRegistration(**row) for row in _csv(f"{code.lower()}-registrations.csv")),
    )


def framework(code: str, today: date) -> bytes:
    """A project's results framework as a spreadsheet; `@-30` in it is the day thirty days before today."""
    text = _text(f"{code.lower()}-framework.csv")
    return _FLOATING.sub(lambda found: Day(day=int(found[1])).on(today).isoformat(), text).encode()


@cache
def agencies() -> tuple[DemoAgency, ...]:
    """Every agency, parents before their children."""
    return tuple(DemoAgency(**agency) for agency in _toml("agencies.toml")["agencies"])


@cache
def people() -> tuple[DemoPerson, ...]:
    """Every invented official."""
    positions = _toml("positions.toml")
    return tuple(_person(row, positions) for row in _csv("people.csv"))


@cache
def sign_ins() -> tuple[SignIn, ...]:
    """One sign-in for each role."""
    return tuple(SignIn(**entry) for entry in _toml("sign-ins.toml")["sign_ins"])


def _day(value: date | dict[str, Any]) -> Day:
    return Day(fixed=value) if isinstance(value, date) else Day(**value)


def _event(entry: dict[str, Any]) -> DemoEvent:
    opens = entry.get("opens")
    return DemoEvent(**entry | {"starts": _day(entry["starts"]), "opens": _day(opens) if opens else None})


def _publication(entry: dict[str, Any]) -> DemoPublication:
    handouts = tuple(DemoHandout(**one | {"day": _day(one["day"])}) for one in entry.get("handouts", ()))
    return DemoPublication(**entry | {"published_on": _day(entry["published_on"]), "handouts": handouts})


def _person(row: dict[str, str], positions: dict[str, Text]) -> DemoPerson:
    spelt = {"en": row.pop("certificate_name_en"), "mn": row.pop("certificate_name_mn")}
    position, email = positions[row.pop("position")], row.pop("email") or None
    certificate_name = {language: name for language, name in spelt.items() if name}
    return DemoPerson(**row, certificate_name=certificate_name, position=position, email=email)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


def _csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return (files("trainreg.demo") / "data" / name).read_text(encoding="utf-8")
