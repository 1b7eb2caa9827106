"""Settings of one installation: `TRAINREG_*` variables over `instance/config.toml` over safe defaults."""

import ipaddress
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

KEYS = ("BASE_URL", "DATABASE_URL", "MAIL_URL", "MAIL_FROM", "SECRET_KEY", "TRUSTED_HOSTS", "TRUSTED_PROXIES")


class UnsafeSetting(Exception):
    """A setting that would endanger the people in the database; the message is a sentence for the operator."""


@dataclass(frozen=True)
class Settings:
    """What an installation can decide. `base_url` is the only source of links in mails, papers and QR codes."""

    instance: Path
    base_url: str
    database_url: str
    mail_url: str
    mail_from: str
    secret_key: str
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int

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
        mail_from=given.get("MAIL_FROM", f"trainreg@{own_host if '.' in own_host else 'localhost'}"),
        secret_key=_checked_secret(given["SECRET_KEY"]) if "SECRET_KEY" in given else _own_secret(instance),
        trusted_hosts=tuple(dict.fromkeys([own_host, *local, *more_hosts])),
        trusted_proxies=_checked_count("TRUSTED_PROXIES", given.get("TRUSTED_PROXIES", "0")),
    )


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UnsafeSetting(f"{path} is not valid TOML: {error}.") from error
    unknown = sorted(key for key in content if key.upper() not in KEYS)
    if unknown:
        raise UnsafeSetting(f"{path} holds settings nobody reads: {', '.join(unknown)}.")
    return {key.upper(): str(value) for key, value in content.items()}


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked_base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise UnsafeSetting(f"TRAINREG_BASE_URL must be an address such as https://training.example.org, not {url!r}.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise UnsafeSetting(
            "TRAINREG_BASE_URL is http on a public address: names and sessions would travel in the clear. Use https."
        )
    return url.rstrip("/")


def _checked_database_url(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise UnsafeSetting("TRAINREG_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _checked_mail_url(url: str) -> str:
    if not url.startswith(("files:", "smtp://", "smtps://", "smtp+starttls://")):
        raise UnsafeSetting("TRAINREG_MAIL_URL must begin with files:, smtp://, smtps:// or smtp+starttls://.")
    return url


def _checked_secret(secret: str) -> str:
    if len(secret) < 32:
        raise UnsafeSetting("TRAINREG_SECRET_KEY must be at least 32 characters long.")
    return secret


def _checked_count(key: str, text: str) -> int:
    if not text.isdecimal() or int(text) > 5:
        raise UnsafeSetting(f"TRAINREG_{key} must be a number from 0 to 5, not {text!r}.")
    return int(text)


def _own_secret(instance: Path) -> str:
    """The secret made on the first start, readable by the service's user alone."""
    path = instance / "secret-key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _checked_secret(path.read_text(encoding="ascii").strip())
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    return path.read_text(encoding="ascii").strip()
