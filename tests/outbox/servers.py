"""SMTP servers of many characters, for real, on a free port of this machine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Post:
    """A server that takes everything; the others differ from it in one thing."""

    def __init__(self) -> None:
        self.received: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.take(envelope)

    def take(self, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        mail: Any = BytesParser(policy=POLICY).parsebytes(content)
        self.received += [(recipient, mail) for recipient in envelope.rcpt_tos]
        return "250 taken"

    @property
    def recipients(self) -> list[str]:
        return sorted(recipient for recipient, _mail in self.received)


class RefusesRecipients(Post):
    """Answers one address with a code of its own."""

    def __init__(self, address: str, answer: str) -> None:
        super().__init__()
        self.address, self.answer = address, answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.address:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 ok"


class RefusesMessages(Post):
    """Takes the address and answers the message with a code."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self.answer = answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.answer


class DiesOnce(Post):
    """Drops the connection in the middle of the first message."""

    died = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if not self.died:
            self.died = True
            assert server.transport is not None
            server.transport.abort()
            return "451 never heard"
        return self.take(envelope)


class DiesAfterTaking(Post):
    """Takes each message, then drops the connection instead of saying goodbye."""

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert server.transport is not None
        server.transport.abort()
        return "221 never heard"


class Slow(Post):
    """Thinks longer than anybody waits."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        time.sleep(self.seconds)
        envelope.rcpt_tos.append(address)
        return "250 ok"


class _OnFreePort(Controller):
    """The controller checks that its server answers, at the port that the system gave."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(handler: Post) -> Iterator[str]:
    """The mail URL of a server that runs while the block does."""
    controller = _OnFreePort(handler, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()
