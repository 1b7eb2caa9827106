"""Words of other rooms that a workbook says, so that they are gathered for its four languages (`babel-reports.cfg`).

Who says them are the tables of words in those rooms; a test fails when a word of theirs is missing here.
"""

from typing import Any

from flask_babel import lazy_gettext as _l

VOCABULARY: tuple[Any, ...] = (
    # framework.words
    *(_l("Attendances"), _l("Unique officials"), _l("Unique officials per kind of event"), _l("Completers")),
    *(_l("Person-days"), _l("Person-hours"), _l("Events held"), _l("Copies distributed"), _l("Products completed")),
    *(_l("Certificates issued"), _l("Average knowledge gain, in percentage points")),
    *(_l("Entered by hand, with its source"), _l("Sex"), _l("Agency"), _l("Level"), _l("Province"), _l("Age band")),
    *(_l("Kind of event"), _l("Role"), _l("Group"), _l("Kind of publication")),
    *(_l("It should rise"), _l("It should fall")),
    # parts of breakdowns: reporting.part_words
    *(_l("Female"), _l("Male"), _l("Not stated"), _l("Senior"), _l("Middle"), _l("Junior")),
    *(_l("Under 25"), _l("25 to 34"), _l("35 to 44"), _l("45 to 54"), _l("55 and over")),
    *(_l("Participant"), _l("Trainer"), _l("Resource person"), _l("Observer"), _l("Organizer")),
    *(_l("Seminar"), _l("Workshop"), _l("Training"), _l("Training of trainers"), _l("Briefing")),
    *(_l("Consultation meeting"), _l("Study visit")),
    *(_l("Handbook"), _l("Training manual"), _l("Assessment report"), _l("Other publication")),
    # states of events
    *(_l("Draft"), _l("Open for registration"), _l("Registration closed"), _l("Called off")),
)
