"""The public form under fire: mass submission, guessed receipts, keys used twice, and who is registered."""

import re
import uuid
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.events.rules import Approval
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Person
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import RegistrationStatus

AT_ONCE = 120
LETTERS = "абвгдежзик"


def register(pages: Pages, world: World, **values: Any) -> Page:
    at = values.pop("at", world.event)
    return pages.post(f"/e/{at.slug}/register", filled(world.ministry, **values), token=values.pop("token", None))


def name_of(number: int) -> str:
    return "Хүн" + "".join(LETTERS[int(digit)] for digit in f"{number:03d}")


def flood(pages: Pages, world: World, count: int, **options: Any) -> list[int]:
    token, path = pages.token(), f"/e/{world.event.slug}/register"
    return [
        pages.client.post(
            path, data={"csrf_token": token, **filled(world.ministry, given_name=name_of(number), email="")}, **options
        ).status_code
        for number in range(count)
    ]


def test_mass_submission_is_slowed_down_and_the_form_is_kept(pages: Pages, world: World) -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        statuses = flood(pages, world, AT_ONCE + 3)
        assert statuses == [303] * AT_ONCE + [429] * 3
        page = register(pages, world, given_name="Саран")
        assert page.status == 429 and "Wait a minute" in page.text
        assert page.value_of("given_name") == "Саран" and page.value_of("email") == "saran@example.org"
        assert db.session.scalar(select(func.count()).select_from(Registration)) == AT_ONCE
        now.shift(60)
        assert flood(pages, world, 1) == [303]


def test_others_are_not_slowed_down_with_them(pages: Pages, world: World) -> None:
    with time_machine.travel(clock.now(), tick=False):
        flood(pages, world, AT_ONCE + 1)
        elsewhere = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}}
        assert flood(pages, world, 1) == [429] and flood(pages, world, 1, **elsewhere) == [303]
        assert register(pages, world, at=world.other_event).status == 303


def test_mistakes_cost_nothing(pages: Pages, world: World) -> None:
    with time_machine.travel(clock.now(), tick=False):
        token, path = pages.token(), f"/e/{world.event.slug}/register"
        wrong = {"csrf_token": token, **filled(world.ministry, given_name="")}
        assert {pages.client.post(path, data=wrong).status_code for _ in range(AT_ONCE + 5)} == {422}
        assert register(pages, world).status == 303


def seen(pages: Pages, answer: TestResponse, typed: dict[str, Any]) -> dict[str, Any]:
    """Everything a stranger can tell of an answer and of the page it leads to, secrets and typed words blanked."""
    receipt = pages.client.get(answer.location)
    text = receipt.get_data(as_text=True)
    secrets = [answer.location.rsplit("/", 1)[-1], *re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)]
    for word in [*secrets, *(str(value) for value in typed.values() if value)]:
        text = text.replace(word, "")
    text = re.sub(r'value="[\w.-]+"|\d\d:\d\d', "", text)
    return {
        "status": answer.status_code,
        "headers": sorted(name for name, _value in answer.headers),
        "length of the address": len(answer.location),
        "cookies": len(answer.headers.getlist("Set-Cookie")),
        "page": text,
        "page's headers": sorted(name for name, _value in receipt.headers),
    }


@pytest.mark.parametrize("status", list(RegistrationStatus))
@pytest.mark.parametrize("approval", list(Approval))
def test_nobody_learns_who_is_registered(
    pages: Pages, world: World, status: RegistrationStatus, approval: Approval
) -> None:
    """A form for somebody on the list, in whatever status, and one for a stranger: the answers are alike."""
    world.event.approval, world.event.capacity = approval, 10
    known = make.person("Оюун", "Ганболдын", email="oyun@example.org")
    make.registration(world.event, known, status=status, agency=world.ministry)
    db.session.commit()
    answers = []
    for typed in (
        {"given_name": "Саран", "email": "saran@example.org"},
        {"given_name": "Оюун", "email": "oyun@example.org"},
    ):
        token = pages.token()
        body = {"csrf_token": token, **filled(world.ministry, **typed)}
        answer = pages.client.post(f"/e/{world.event.slug}/register", data=body)
        answers.append(seen(pages, answer, typed))
    assert answers[0] == answers[1]
    assert answers[0]["status"] == 303


def test_a_key_is_one_form_of_one_event(pages: Pages, world: World) -> None:
    key = str(uuid.uuid4())
    first = register(pages, world, key=key)
    again = register(pages, world, key=key)
    assert first.status == again.status == 303 and first.location == again.location
    for other in ({"given_name": "Оюун"}, {"at": world.other_event}, {"email": "x@example.org"}, {"share_name": "y"}):
        page = register(pages, world, **({"key": key} | other))
        assert page.status == 409, other
        assert "received/" not in page.html and page.value_of("key") != key
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 1


@pytest.mark.parametrize(
    "key",
    [
        "",
        "1",
        "0" * 36,
        "../../x",
        "{" + "0" * 8 + "}",
        "urn:uuid:" + "0" * 8,
        "'; DROP TABLE submission; --",
        "ё" * 36,
    ],
)
def test_a_forged_key_is_told_and_replaced(pages: Pages, world: World, key: str) -> None:
    page = register(pages, world, key=key)
    assert page.status == 400 and page.value_of("given_name") == "Саран"
    assert page.value_of("key") not in {key, None, ""}


def test_receipts_are_not_guessed(pages: Pages, world: World) -> None:
    receipt = register(pages, world).location.rsplit("/", 1)[-1]
    key = db.session.scalars(select(Submission.key)).one()
    hashes = db.session.scalars(select(Submission.receipt_hash)).one()
    assert len(receipt) >= 43 and receipt not in {key, hashes}
    reference = db.session.scalars(select(Registration.reference)).one()
    for guess in (key, hashes, reference, receipt[:-1], receipt.swapcase(), receipt + "A", "1", "%20", "None"):
        assert pages.get(f"/e/{world.event.slug}/received/{guess}").status == 404, guess
    assert pages.get(f"/e/{world.other_event.slug}/received/{receipt}").status == 404
    assert pages.get(f"/e/{world.event.slug}/received/{receipt}").status == 200


def test_a_receipt_leaves_no_trace_on_the_way(pages: Pages, world: World) -> None:
    answer = pages.get(register(pages, world).location).response
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_a_form_for_somebody_else_changes_nothing_of_theirs(pages: Pages, world: World) -> None:
    """Not the address news goes to, not the sex, not the position; and the stranger's mail says nothing of it."""
    known = make.person("Оюун", "Ганболдын", email="oyun@example.org")
    kept = make.registration(world.event, known, status=RegistrationStatus.DECLINED, agency=world.ministry)
    db.session.commit()
    before = (known.email, known.sex, known.given_name_latin, kept.position, kept.status, kept.agency_id)
    page = register(
        pages, world, given_name="Оюун", email="evil@example.org", sex="male", position="X", agency=world.border.code
    )
    assert page.status == 303
    db.session.expire_all()
    assert before == (known.email, known.sex, known.given_name_latin, kept.position, kept.status, kept.agency_id)
    mails = db.session.scalars(select(Message).where(Message.recipient == "evil@example.org")).all()
    assert all("declined" not in mail.text.lower() and kept.reference not in mail.text for mail in mails)
    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.email == "oyun@example.org")) == 1
