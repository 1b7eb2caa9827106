"""Carry messages away: to an SMTP server, or to files in `instance/mail/`."""

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from trainreg.kernel.tokens import hashed
from trainreg.outbox.models import Failure, Message
from trainreg.web.links import sign_link

SECONDS = 20.0
# Everything outside ASCII is encoded, in texts too: no server has to be asked whether it takes eight bits.
POLICY = SMTP.clone(cte_type="7bit")
CLOSING = 421  # "service not available, closing the channel": the server ends the connection
_METHOD = re.compile(r"^METHOD:([A-Z]+)", re.MULTILINE)


class NotTaken(Exception):
    """The mail did not go out; `failure` says why in a word, the text in the server's own."""

    def __init__(self, failure: Failure, told: str) -> None:
        self.failure = failure
        super().__init__(told)


class Undeliverable(NotTaken):
    """This message was not taken, and another one may be."""


class RefusedForGood(Undeliverable):
    """The message will never be taken: another try would not help."""


class ServerAway(NotTaken):
    """No message can be delivered now: the server does not answer, or does not let us in."""


@dataclass(frozen=True)
class Picture:
    """A file that goes along with a mail: a picture, where nothing else is said a PNG."""

    content: bytes
    filename: str
    media_type: str = "image/png"


# What a higher room draws for a mail as it leaves, so that no copy of it lies in the database; see `domains.py`.
pictures_for: list[Callable[[Message], Picture | None]] = []


class Carrier(Protocol):
    """A way out for one mail; raises Undeliverable or ServerAway."""

    def __call__(self, mail: EmailMessage) -> None: ...


def as_mail(message: Message, *, sender: str, domain: str) -> EmailMessage:
    """The message as a mail, its personal link signed, its calendar file as a part and as an attachment, its pictures.

    Its Message-ID comes from its key, so that a second delivery is known as the same.

    Raises RefusedForGood for what cannot stand in a header: a line break in a name can add no header of its own.
    """
    mail = EmailMessage(policy=POLICY)
    try:
        mail["Subject"] = message.subject
        mail["From"] = Address("trainreg", addr_spec=sender)
        mail["To"] = Address(message.recipient_name, addr_spec=message.recipient)
        if message.reply_to:
            mail["Reply-To"] = Address(addr_spec=message.reply_to)
        mail["Date"] = format_datetime(message.created_at)
        mail["Message-ID"] = f"<message-{message.id}-{hashed(message.key)[:12]}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(sign_link(message.text, message.link))
        mail.add_alternative(sign_link(message.html, message.link), subtype="html")
        if message.calendar:
            _add_calendar(mail, sign_link(message.calendar, message.link))
        for picture in filter(None, (draw(message) for draw in pictures_for)):
            kind, _slash, form = picture.media_type.partition("/")
            mail.add_attachment(picture.content, maintype=kind, subtype=form, filename=picture.filename)
        mail["Content-Language"] = message.language  # last: a part made earlier would take it along
        mail.as_bytes()
    except Exception as error:  # the library raises many kinds; one bad message must not hold up the others
        told = f"this cannot be written as a mail: {type(error).__name__}: {error}"
        raise RefusedForGood(Failure.NO_MAIL, told) from error
    return mail


def _add_calendar(mail: EmailMessage, calendar: str) -> None:
    """Twice: calendars that take invitations look for the part, readers without one offer the attachment."""
    method = _METHOD.search(calendar)
    mail.add_alternative(calendar, subtype="calendar", params={"method": method[1] if method else "PUBLISH"})
    mail.add_attachment(calendar.encode(), maintype="application", subtype="ics", filename="event.ics")


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
            raise ServerAway(Failure.SERVER_AWAY, _words(error)) from error


class ToServer:
    """An SMTP server, one connection for many messages; where the server ends it between two, a new one."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._server: smtplib.SMTP | None = None

    def __call__(self, mail: EmailMessage) -> None:
        server = self._addressed(mail)
        reply: bytes | str
        try:
            code, reply = server.data(mail.as_bytes())
        except smtplib.SMTPDataError as error:
            code, reply = error.smtp_code, error.smtp_error
        except (OSError, ValueError) as error:  # every other SMTPException is an OSError
            self._drop()  # whether the server took it is not known: it gets it again, under the same Message-ID
            raise Undeliverable(_failure(error), _words(error)) from error
        if code != 250:
            self._clear(code)
            raise _refusal(code, reply, for_good=Failure.REFUSED, for_now=Failure.PUT_OFF)

    def hang_up(self) -> None:
        """End the connection. What the server took is taken: an error now changes nothing."""
        server = self._server
        if server is not None:
            with suppress(OSError):
                server.quit()
        self._drop()

    def _addressed(self, mail: EmailMessage) -> smtplib.SMTP:
        """A connection on which the server waits for this mail's content.

        A connection that the server ended meanwhile (after so many messages, after a pause) is made again, once.
        """
        while True:
            is_kept = self._server is not None
            server = self._connected()
            try:
                self._address(server, mail)
            except ServerAway:
                self._drop()
                if not is_kept:
                    raise
            else:
                return server

    def _address(self, server: smtplib.SMTP, mail: EmailMessage) -> None:
        sender, recipient = mail["From"].addresses[0].addr_spec, mail["To"].addresses[0].addr_spec
        try:
            server.ehlo_or_helo_if_needed()
            code, reply = server.mail(sender)
            if code == 250:
                code, reply = server.rcpt(recipient)
                for_good, for_now = Failure.NO_SUCH_RECIPIENT, Failure.RECIPIENT_BUSY
            else:
                for_good = for_now = Failure.SENDER_REFUSED
        except UnicodeError as error:
            self._drop()
            raise RefusedForGood(Failure.NO_MAIL, _words(error)) from error
        except OSError as error:
            if isinstance(error, TimeoutError):
                self._drop()
                raise Undeliverable(Failure.TOO_SLOW, _words(error)) from error
            raise ServerAway(_failure(error), _words(error)) from error
        if code == CLOSING:
            raise ServerAway(Failure.SERVER_AWAY, _told(code, reply))
        if code not in {250, 251}:
            self._clear(code)
            raise _refusal(code, reply, for_good=for_good, for_now=for_now)

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = _connect(self._url)
            except OSError as error:
                raise ServerAway(_failure(error, Failure.SERVER_AWAY), _words(error)) from error
        return self._server

    def _clear(self, code: int) -> None:
        """Make the connection ready for the next message after a refusal."""
        try:
            if code == CLOSING or self._server is None or self._server.rset()[0] != 250:
                self._drop()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


def _refusal(code: int, reply: bytes | str, *, for_good: Failure, for_now: Failure) -> Undeliverable:
    """A five hundred is for good, unless it is us that the server does not know: that can be put right."""
    if 500 <= code < 600 and for_good is not Failure.SENDER_REFUSED:
        return RefusedForGood(for_good, _told(code, reply))
    return Undeliverable(for_now, _told(code, reply))


def _told(code: int, reply: bytes | str) -> str:
    words = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    return f"the server answered {code} {words}"


def _failure(error: Exception, otherwise: Failure = Failure.CUT_OFF) -> Failure:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure.NOT_LET_IN
    return Failure.TOO_SLOW if isinstance(error, TimeoutError) else otherwise


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


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
