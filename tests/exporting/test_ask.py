"""Asking for a file, again, throwing it away, and what becomes of it in time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.exporting.files import asked, content_of, offered, prepared_file
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.exporting import service
from trainreg.exporting.models import Export, ExportPiece
from trainreg.exporting.queries import get_own, may_have, pieces_of
from trainreg.exporting.refusals import FileOver, NothingToRepeat, NotReady, RightGone, TooManyFiles
from trainreg.exporting.rules import AT_A_TIME, ExportStatus, Problem
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.me.erasure import erase

S = ExportStatus


def counted(model: type[Export | ExportPiece]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_pressing_twice_asks_once_and_something_else_is_something_else(world: World) -> None:
    with offered() as kind:
        first = asked(kind, world.organizer)
        assert asked(kind, world.organizer) is first and first.status is S.WAITING
        assert asked(kind, world.organizer, number=2) is not first
        assert asked(kind, world.me_officer) is not first
    said = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action == "account.export_asked")).all()
    assert len(said) == 3


def test_an_account_has_a_few_at_a_time(world: World) -> None:
    with offered() as kind:
        files = [asked(kind, world.organizer, number=number) for number in range(AT_A_TIME)]
        with pytest.raises(TooManyFiles) as refusal:
            asked(kind, world.organizer, number=99)
        assert refusal.value.status == 429 and str(AT_A_TIME) in str(refusal.value)
        assert asked(kind, world.me_officer, number=99), "others are not held up"
        service.throw_away(files[0], by=world.organizer.actor())
        assert asked(kind, world.organizer, number=99)


def test_nobody_asks_for_what_they_may_not_have(world: World) -> None:
    world.viewer.grants[0].project_id = world.project.id
    with offered() as kind, pytest.raises(RightGone):
        asked(kind, world.viewer)
    assert counted(Export) == 0


@pytest.mark.parametrize("change", ["role", "closed", "elsewhere"])
def test_a_right_that_is_gone_is_gone(world: World, change: str) -> None:
    file = prepared_file(world.organizer, rights=[[Permission.VIEW_NAMES.value, world.project.id]])
    assert may_have(file)
    if change == "role":
        world.organizer.grants.clear()
    elif change == "closed":
        world.organizer.is_active = False
    else:
        world.organizer.grants[0].project_id = world.other_project.id
    db.session.flush()
    assert not may_have(file)
    with pytest.raises(RightGone):
        service.hand_out(file, by=world.organizer.actor())


def test_everywhere_is_not_one_project(world: World) -> None:
    everywhere = [[Permission.VIEW_NAMES.value, None]]
    assert may_have(prepared_file(world.administrator, rights=everywhere))
    assert not may_have(prepared_file(world.organizer, rights=everywhere))
    assert not may_have(prepared_file(world.administrator, rights=[["an older version's right", None]]))


def test_what_is_not_ready_or_too_old_is_not_handed_out(world: World) -> None:
    by = world.organizer.actor()
    with pytest.raises(NotReady):
        service.hand_out(prepared_file(world.organizer, status=S.PREPARING), by=by)
    with pytest.raises(FileOver):
        service.hand_out(prepared_file(world.organizer, expires_at=clock.now() - timedelta(seconds=1)), by=by)


def test_another_account_finds_nothing(world: World) -> None:
    file = prepared_file(world.organizer)
    for other in (world.administrator, world.me_officer):
        with pytest.raises(NotFound):
            get_own(file.id, other.id)
    with pytest.raises(NotFound):
        get_own(file.id, None)


def test_what_failed_is_tried_again_and_nothing_else(world: World) -> None:
    by = world.organizer.actor()
    gone = {"status": S.FAILED, "problem": Problem.NO_ROOM, "tries": 3, "claim": None}
    failed = prepared_file(world.organizer, rights=[[Permission.VIEW_NAMES.value, world.project.id]], **gone)
    again = service.ask_again(failed, by=by)
    assert (again.status, again.problem, again.tries) == (S.WAITING, None, 0)
    with pytest.raises(NothingToRepeat):
        service.ask_again(again, by=by)
    world.organizer.grants.clear()
    again.status = S.FAILED
    db.session.flush()
    with pytest.raises(RightGone):
        service.ask_again(again, by=by)


def test_a_day_later_it_is_deleted_with_its_pieces(world: World) -> None:
    old = prepared_file(world.organizer, expires_at=clock.now() - timedelta(seconds=1)).id
    kept = prepared_file(world.organizer).id
    assert service.forget_old() == 1
    assert list(db.session.scalars(select(Export.id))) == [kept] != [old] and counted(ExportPiece) == 1


def test_the_content_goes_with_the_right(world: World) -> None:
    """Whoever lost the right does not come back to the file within the day."""
    file = prepared_file(world.organizer, rights=[[Permission.VIEW_NAMES.value, world.project.id]])
    world.organizer.grants.clear()
    db.session.flush()
    service.forget_old()
    assert (file.status, file.problem, counted(ExportPiece)) == (S.FAILED, Problem.RIGHT_GONE, 0)


def test_erasing_somebody_throws_every_file_away(world: World) -> None:
    ready = prepared_file(world.organizer, "Болор".encode())
    going = prepared_file(world.me_officer, status=S.PREPARING, done=500)
    waiting = prepared_file(world.administrator, status=S.WAITING, claim=None)
    erase(world.bolor, by=world.administrator.actor())
    db.session.commit()
    assert counted(ExportPiece) == 0
    assert (ready.status, ready.problem) == (S.FAILED, Problem.ERASED)
    assert (going.status, going.claim, going.done) == (S.WAITING, None, 0)
    assert waiting.status is S.WAITING


def test_a_file_thrown_away_while_it_is_sent_never_looks_whole(world: World) -> None:
    file = prepared_file(world.organizer, b"abc", size=6)
    assert db.session.scalar(select(func.count(ExportPiece.id))) == 1
    db.session.commit()
    with pytest.raises(LookupError):
        content_of(file)


def test_pieces_of_another_file_under_the_same_number_are_not_sent(world: World) -> None:
    file = prepared_file(world.organizer, b"abc")
    sent = pieces_of(file)
    file.claim = "d" * 43
    db.session.commit()
    with pytest.raises(LookupError):
        next(sent)
