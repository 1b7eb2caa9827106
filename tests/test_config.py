"""Settings: safe by default, and refused with a sentence where they would endanger people."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from trainreg.config import Settings, UnsafeSetting, load_settings


def load(instance: Path, **settings: str) -> Settings:
    return load_settings(instance, {f"TRAINREG_{key}": value for key, value in settings.items()})


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.base_url == "http://127.0.0.1:8000" and not settings.is_https
    assert settings.database_url == f"sqlite:///{tmp_path / 'trainreg.sqlite'}"
    assert settings.mail_url == "files:" and settings.trusted_proxies == 0
    assert set(settings.trusted_hosts) == {"127.0.0.1", "localhost", "[::1]"}


def test_the_secret_is_made_once_and_for_the_service_alone(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    first = load(instance).secret_key
    assert len(first) >= 64 and load(instance).secret_key == first
    assert stat.S_IMODE((instance / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in instance.iterdir()] == ["secret-key"]
    assert load(tmp_path / "another").secret_key != first


def test_processes_that_start_together_share_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        secrets = set(threads.map(lambda _: load(tmp_path).secret_key, range(24)))
    assert len(secrets) == 1


@pytest.mark.parametrize("kept", ["", "short", "\u0000", "ө" * 10])
def test_a_damaged_secret_is_refused(tmp_path: Path, kept: str) -> None:
    (tmp_path / "secret-key").write_text(kept, encoding="utf-8")
    with pytest.raises(UnsafeSetting, match="SECRET_KEY"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("BASE_URL", "http://training.example.org", "in the clear"),
        ("BASE_URL", "http://10.0.0.5:8000", "in the clear"),
        ("BASE_URL", "training.example.org", "must be an address"),
        ("BASE_URL", "ftp://training.example.org", "must be an address"),
        ("BASE_URL", "https://", "must be an address"),
        ("BASE_URL", "https://training.example.org/?x=1", "must be an address"),
        ("BASE_URL", "https://training.example.org/#x", "must be an address"),
        ("BASE_URL", "https://training.example.org/app", "must be an address"),
        ("BASE_URL", "https://user:secret@training.example.org", "must be an address"),
        ("BASE_URL", "https://training.example.org:99999", "must be an address"),
        ("BASE_URL", "https://training.example.org:port", "must be an address"),
        ("BASE_URL", "https://training example.org", "must be an address"),
        ("BASE_URL", "https://[::1", "must be an address"),
        ("DATABASE_URL", "mysql://localhost/x", "sqlite:/// or postgresql://"),
        ("DATABASE_URL", "trainreg.sqlite", "sqlite:/// or postgresql://"),
        ("MAIL_URL", "mail.example.org", "must begin with"),
        ("MAIL_URL", "http://mail.example.org", "must begin with"),
        ("MAIL_URL", "smtp://", "must name a server"),
        ("MAIL_URL", "smtps://mail.example.org:x", "must name a server"),
        ("MAIL_URL", "smtp://user:secret@mail.example.org", "in the clear"),
        ("MAIL_FROM", "trainreg", "one e-mail address"),
        ("MAIL_FROM", "a@example.org, b@example.org", "one e-mail address"),
        ("MAIL_FROM", "a@example.org\nBcc: b@example.org", "one e-mail address"),
        ("SECRET_KEY", "change-me", "at least 32"),
        ("TRUSTED_PROXIES", "-1", "from 0 to 5"),
        ("TRUSTED_PROXIES", "many", "from 0 to 5"),
        ("TRUSTED_PROXIES", "99", "from 0 to 5"),
    ],
)
def test_an_unsafe_setting_is_refused_with_its_sentence(tmp_path: Path, key: str, value: str, sentence: str) -> None:
    with pytest.raises(UnsafeSetting, match=sentence) as refused:
        load(tmp_path, **{key: value})
    assert f"TRAINREG_{key}" in str(refused.value)
    assert "secret" not in str(refused.value) or key == "BASE_URL"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://training.example.org/", "https://training.example.org"),
        ("HTTPS://training.example.org", "https://training.example.org"),
        ("https://training.example.org:8443", "https://training.example.org:8443"),
        ("http://localhost:8106/", "http://localhost:8106"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_is_kept_in_one_spelling(tmp_path: Path, given: str, kept: str) -> None:
    settings = load(tmp_path, BASE_URL=given)
    assert settings.base_url == kept
    assert settings.is_https == kept.startswith("https")


def test_only_the_own_host_is_trusted_and_those_named(tmp_path: Path) -> None:
    settings = load(tmp_path, BASE_URL="https://training.example.org", TRUSTED_HOSTS="www.example.org, old.example.org")
    assert settings.trusted_hosts == ("training.example.org", "www.example.org", "old.example.org")
    assert settings.mail_from == "trainreg@training.example.org"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_psycopg(tmp_path: Path, scheme: str) -> None:
    assert load(tmp_path, DATABASE_URL=f"{scheme}://u@h/d").database_url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(
    "url", ["files:", "files:/var/mail", "smtp://localhost:25", "smtp://u:p@127.0.0.1", "smtps://u:p@mail.example.org"]
)
def test_ways_out_for_mail(tmp_path: Path, url: str) -> None:
    assert load(tmp_path, MAIL_URL=url).mail_url == url


def test_the_file_is_read_and_the_environment_stands_over_it(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'base_url = "https://training.example.org"\ntrusted_proxies = 1\ntrusted_hosts = ["a.example", "b.example"]\n',
        encoding="utf-8",
    )
    settings = load(tmp_path, TRUSTED_PROXIES="2")
    assert settings.is_https and settings.trusted_proxies == 2
    assert settings.trusted_hosts[1:] == ("a.example", "b.example")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"base_url = ", "not valid TOML"),
        (b"\xff\xfe", "not valid TOML"),
        (b'base_ulr = "x"\n', "nobody reads: base_ulr"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    with pytest.raises(UnsafeSetting, match=sentence):
        load(tmp_path)
