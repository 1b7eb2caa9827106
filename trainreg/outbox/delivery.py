"""Carry messages away: to an SMTP server, or to files in `instance/mail/`."""

import os
import smtplib
import ssl
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from trainreg.kernel.tokens import hashed
from trainreg.outbox.models import Message

Carrier = Callable[[EmailMessage], None]
SECONDS = 20


class RefusedForGood(Exception):
    """The server will never take this message: another try would not help."""


def as_mail(message: Message, *, sender: str, domain: str) -> EmailMessage:
    """The message as a mail. Its Message-ID comes from its key, so that a second delivery is known as the same."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = message.subject
    mail["From"] = Address("trainreg", addr_spec=sender)
    mail["To"] = Address(message.recipient_name, addr_spec=message.recipient)
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<message-{message.id}-{hashed(message.key)[:12]}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.language
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


def carrier_for(url: str, instance: Path) -> Carrier:
    """The way out that a mail URL names: `files:`, `smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`."""
    if url.startswith("files:"):
        folder = Path(url.removeprefix("files:") or instance / "mail")
        return lambda mail: _to_file(mail, folder)
    return lambda mail: _to_server(mail, url)


def _to_file(mail: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = str(mail["Message-ID"]).strip("<>").split("@", maxsplit=1)[0]
    unfinished = folder / f".{name}.part"
    with unfinished.open("wb") as file:
        file.write(mail.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / f"{name}.eml")


def _to_server(mail: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    try:
        with _connection(parts.scheme, host, parts.port, context) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _reply in error.recipients.values()}
        if all(500 <= code < 600 for code in codes):
            raise RefusedForGood(f"the recipient was refused: {sorted(codes)}") from error
        raise


def _connection(scheme: str, host: str, port: int | None, context: ssl.SSLContext) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS, context=context)
    server = smtplib.SMTP(host, port or (587 if scheme == "smtp+starttls" else 25), timeout=SECONDS)
    if scheme == "smtp+starttls":
        server.starttls(context=context)
    return server
