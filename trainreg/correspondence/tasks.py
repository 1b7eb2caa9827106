"""The worker's part: each batch is a transaction of its own, so that a worker that is killed loses nothing."""

from trainreg.correspondence import announcements, follow_ups, reminders
from trainreg.kernel.db import db


def write_news() -> int:
    """Write the mails of every announcement that is due; returns how many people were looked at."""
    done = 0
    while (announcement_id := announcements.find_due()) is not None:
        done += announcements.write_some(announcement_id)
        db.session.commit()
    db.session.rollback()
    return done


def remind_and_thank() -> int:
    """Write what is due of reminders and thanks; returns how many."""
    written = 0
    for find, write in (
        (reminders.list_ahead, reminders.write_reminders),
        (reminders.list_just_over, reminders.write_thanks),
        (follow_ups.list_due, follow_ups.write_follow_ups),
    ):
        for event_id in find():
            while batch := write(event_id):
                written += batch
                db.session.commit()
            db.session.rollback()
    return written
