"""Carry messages away: to an SMTP server, or to files in `instance/mail/`."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from trainreg.kernel.tokens import hashed
from trainreg.outbox.models import Message
from trainreg.web.links import sign_link

SECONDS = 20.0


class Undeliverable(Exception):
    """This message was not taken, and another one may be."""


class RefusedForGood(Undeliverable):
    """The message will never be taken: another try would not help."""


class ServerAway(Exception):
    """No message can be delivered now: the server does not answer, or does not let us in."""


class Carrier(Protocol):
    """A way out for one mail; raises Undeliverable or ServerAway."""

    def __call__(self, mail: EmailMessage) -> None: ...


def as_mail(message: Message, *, sender: str, domain: str) -> EmailMessage:
    """The message as a mail, its personal link signed.

    Its Message-ID comes from its key, so that a second delivery is known as the same.

    Raises RefusedForGood for what cannot stand in a header: a line break in a name can add no header of its own.
    """
    mail = EmailMessage(policy=SMTP)
    try:
        mail["Subject"] = message.subject
        mail["From"] = Address("trainreg", addr_spec=sender)
        mail["To"] = Address(message.recipient_name, addr_spec=message.recipient)
        mail["Date"] = format_datetime(message.created_at)
        mail["Message-ID"] = f"<message-{message.id}-{hashed(message.key)[:12]}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(sign_link(message.text, message.link))
        mail.add_alternative(sign_link(message.html, message.link), subtype="html")
        mail["Content-Language"] = message.language  # last: a part made earlier would take it along
        mail.as_bytes()
    except Exception as error:  # the library raises many kinds; one bad message must not hold up the others
        raise RefusedForGood(f"this cannot be written as a mail: {type(error).__name__}: {error}") from error
    return mail


@contextmanager
def carrier_for(url: str, instance: Path) -> Iterator[Carrier]:
    """The way out that a mail URL names: `files:`, `smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`."""
    if url.startswith("files:"):
        yield ToFiles(Path(url.removeprefix("files:") or instance / "mail"))
        return
    server = ToServer(url)
    try:
        yield server
    finally:
        server.hang_up()


class ToFiles:
    """Each message a file, complete or not there at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, mail: EmailMessage) -> None:
        name = str(mail["Message-ID"]).strip("<>").split("@", maxsplit=1)[0]
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = self._folder / f".{name}.{os.getpid()}.part"
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(mail.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(self._folder / f"{name}.eml")
            _sync_folder(self._folder)
        except OSError as error:
            raise ServerAway(f"{type(error).__name__}: {error}") from error


class ToServer:
    """An SMTP server, one connection for many messages."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._server: smtplib.SMTP | None = None

    def __call__(self, mail: EmailMessage) -> None:
        server = self._connected()
        try:
            server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            raise _refusal("the recipient was refused", code, reply) from error
        except smtplib.SMTPDataError as error:
            raise _refusal("the message was refused", error.smtp_code, error.smtp_error) from error
        except (OSError, UnicodeError) as error:  # every other SMTPException is an OSError
            self.hang_up()
            raise Undeliverable(f"{type(error).__name__}: {error}") from error

    def hang_up(self) -> None:
        """End the connection. What the server took is taken: an error now changes nothing."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None and not _answers(self._server):
            self._server.close()
            self._server = None
        if self._server is None:
            try:
                self._server = _connect(self._url)
            except OSError as error:
                raise ServerAway(f"{type(error).__name__}: {error}") from error
        return self._server


def _refusal(what: str, code: int, reply: bytes | str) -> Undeliverable:
    words = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    sentence = f"{what}: {code} {words}"
    return RefusedForGood(sentence) if 500 <= code < 600 else Undeliverable(sentence)


def _answers(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except OSError:
        return False


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or (587 if parts.scheme == "smtp+starttls" else 25), timeout=SECONDS)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
