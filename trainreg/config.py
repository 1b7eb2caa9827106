"""Settings of one installation: `TRAINREG_*` variables over `instance/config.toml` over safe defaults."""

import ipaddress
import os
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

KEYS = (
    "BASE_URL",
    "DATABASE_URL",
    "MAIL_URL",
    "MAIL_FROM",
    "ORGANISATION",
    "REGISTRATIONS_PER_MINUTE",
    "SECRET_KEY",
    "TRUSTED_HOSTS",
    "TRUSTED_PROXIES",
)


class UnsafeSetting(Exception):
    """A setting that would endanger the people in the database; the message is a sentence for the operator."""


@dataclass(frozen=True)
class Settings:
    """What an installation can decide. `base_url` is the only source of links in mails, papers and QR codes.

    `organisation` is the name in the certificate of the keys that sign; without it, that of the first project's.

    `registrations_per_minute` is what one address may send to one event, twice as many at once; 0 sets no limit.
    """

    instance: Path
    base_url: str
    database_url: str
    mail_url: str
    mail_from: str
    secret_key: str
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int
    registrations_per_minute: int
    organisation: str

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def load_settings(instance: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings; refuse unsafe ones with `UnsafeSetting`."""
    environ = os.environ if environ is None else environ
    given = _from_file(instance / "config.toml")
    given |= {key: environ[f"TRAINREG_{key}"] for key in KEYS if environ.get(f"TRAINREG_{key}")}
    base_url = _checked_base_url(given.get("BASE_URL", "http://127.0.0.1:8000"))
    own_host = urlsplit(base_url).hostname or "localhost"
    more_hosts = [host.strip() for host in given.get("TRUSTED_HOSTS", "").split(",") if host.strip()]
    local = ["127.0.0.1", "localhost", "[::1]"] if _is_loopback(own_host) else []
    return Settings(
        instance=instance,
        base_url=base_url,
        database_url=_checked_database_url(given.get("DATABASE_URL", f"sqlite:///{instance / 'trainreg.sqlite'}")),
        mail_url=_checked_mail_url(given.get("MAIL_URL", "files:")),
        mail_from=_checked_mail_from(
            given.get("MAIL_FROM", f"trainreg@{own_host if '.' in own_host else 'localhost'}")
        ),
        secret_key=_checked_secret(given["SECRET_KEY"]) if "SECRET_KEY" in given else _own_secret(instance),
        trusted_hosts=tuple(dict.fromkeys([own_host, *local, *more_hosts])),
        trusted_proxies=_checked_count("TRUSTED_PROXIES", given.get("TRUSTED_PROXIES", "0"), most=5),
        registrations_per_minute=_checked_count(
            "REGISTRATIONS_PER_MINUTE", given.get("REGISTRATIONS_PER_MINUTE", "60"), most=100_000
        ),
        organisation=given.get("ORGANISATION", "").strip(),
    )


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnsafeSetting(f"{path} is not valid TOML: {error}.") from error
    unknown = sorted(key for key in content if key.upper() not in KEYS)
    if unknown:
        raise UnsafeSetting(f"{path} holds settings nobody reads: {', '.join(unknown)}.")
    return {
        key.upper(): ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in content.items()
    }


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked_base_url(url: str) -> str:
    parts = _parts_of(url)
    if (
        parts is None
        or parts.scheme not in {"http", "https"}
        or not parts.hostname
        or any((parts.path.strip("/"), parts.query, parts.fragment, parts.username, parts.password))
    ):
        raise UnsafeSetting(f"TRAINREG_BASE_URL must be an address such as https://training.example.org, not {url!r}.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise UnsafeSetting(
            "TRAINREG_BASE_URL is http on a public address: names and sessions would travel in the clear. Use https."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _parts_of(url: str) -> SplitResult | None:
    """The parts of an address; None when it is none, an impossible port or a blank in it included."""
    try:
        parts = urlsplit(url)
        possible = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        return None
    return parts if possible and not any(one.isspace() for one in url) else None


def _checked_database_url(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise UnsafeSetting("TRAINREG_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _checked_mail_url(url: str) -> str:
    if not url.startswith(("files:", "smtp://", "smtps://", "smtp+starttls://")):
        raise UnsafeSetting("TRAINREG_MAIL_URL must begin with files:, smtp://, smtps:// or smtp+starttls://.")
    if url.startswith("files:"):
        return url
    parts = _parts_of(url)
    if parts is None or not parts.hostname:
        raise UnsafeSetting("TRAINREG_MAIL_URL must name a server, such as smtp+starttls://user:password@host:587.")
    if parts.scheme == "smtp" and parts.username and not _is_loopback(parts.hostname):
        raise UnsafeSetting(
            "TRAINREG_MAIL_URL would send the mail server's password in the clear. Use smtps:// or smtp+starttls://."
        )
    return url


def _checked_mail_from(address: str) -> str:
    try:
        is_address = "@" in Address(addr_spec=address).addr_spec
    except Exception:  # the library raises many kinds for what is no address
        is_address = False
    if not is_address:
        raise UnsafeSetting(f"TRAINREG_MAIL_FROM must be one e-mail address, not {address!r}.")
    return address


def _checked_secret(secret: str) -> str:
    if len(secret) < 32:
        raise UnsafeSetting("TRAINREG_SECRET_KEY must be at least 32 characters long.")
    return secret


def _checked_count(key: str, text: str, *, most: int) -> int:
    if not text.isdecimal() or len(text) > 9 or int(text) > most:
        raise UnsafeSetting(f"TRAINREG_{key} must be a number from 0 to {most}, not {text!r}.")
    return int(text)


def _own_secret(instance: Path) -> str:
    """The secret made on the first start, readable by the service's user alone.

    It appears whole or not at all: several processes may start at the same moment, and all use the first one's.
    """
    path = instance / "secret-key"
    instance.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = instance / f".secret-key.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return _checked_secret(path.read_text(encoding="utf-8").strip())
