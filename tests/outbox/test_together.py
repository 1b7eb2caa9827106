"""Two workers at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from tests.outbox.servers import Post, serving
from trainreg.kernel.db import db
from trainreg.outbox.models import Message, MessageStatus
from trainreg.outbox.worker import deliver_due


@pytest.mark.slow
def test_two_workers_send_each_message_once(separate_app: Flask) -> None:
    with separate_app.app_context():
        expected = sorted(make.message().recipient for _ in range(30))
        db.session.commit()
    barrier = Barrier(2)
    with serving(post := Post()) as url:
        settings = replace(separate_app.extensions["settings"], mail_url=url)

        def work(_number: int) -> int:
            with separate_app.app_context():
                barrier.wait()
                return deliver_due(settings)

        with ThreadPoolExecutor(2) as threads:
            sent = list(threads.map(work, range(2)))
    assert sum(sent) == 30
    assert post.recipients == expected
    with separate_app.app_context():
        assert set(db.session.scalars(select(Message.status))) == {MessageStatus.SENT}
