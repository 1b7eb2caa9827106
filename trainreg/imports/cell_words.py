"""The words that stand in spreadsheets for what we keep, in English, Mongolian and Russian; folded."""

from collections.abc import Mapping
from typing import TypeVar

from trainreg.attendance.rules import AttendanceState
from trainreg.events.rules import EventKind
from trainreg.kernel.text import fold
from trainreg.people.rules import Level, Sex
from trainreg.registration.rules import RegistrationRole

Meaning = TypeVar("Meaning")


def _by_word(words: Mapping[Meaning, str]) -> dict[str, Meaning]:
    return {fold(word): meaning for meaning, listed in words.items() for word in listed.split(",")}


SEXES = _by_word(
    {
        Sex.FEMALE: "female,f,woman,w,women,эмэгтэй,эм,эмэгтэй хүн,женский,женщина,жен,ж",
        Sex.MALE: "male,m,man,men,эрэгтэй,эр,эрэгтэй хүн,мужской,мужчина,муж,м",
        Sex.NOT_STATED: "not stated,not_stated,unknown,n/a,-,заагаагүй,хэлээгүй,тодорхойгүй,не указан,не указано",
    }
)
LEVELS = _by_word(
    {
        Level.SENIOR: "senior,high,head,ахлах,дээд,удирдах,удирдлага,старший,высший,руководящий",
        Level.MIDDLE: "middle,mid,medium,дунд,дундаж,средний",
        Level.JUNIOR: "junior,low,entry,бага,анхан,дэд,младший,низший",
        Level.NOT_STATED: "not stated,not_stated,unknown,n/a,-,заагаагүй,хэлээгүй,тодорхойгүй,не указан",
    }
)
ROLES = _by_word(
    {
        RegistrationRole.PARTICIPANT: "participant,оролцогч,участник,участница",
        RegistrationRole.TRAINER: "trainer,сургагч багш,сургагч,тренер",
        RegistrationRole.RESOURCE_PERSON: "resource person,resource_person,илтгэгч,зөвлөх мэргэжилтэн,эксперт",
        RegistrationRole.OBSERVER: "observer,ажиглагч,наблюдатель",
        RegistrationRole.ORGANIZER: "organizer,organiser,зохион байгуулагч,организатор",
    }
)
KINDS = _by_word(
    {
        EventKind.SEMINAR: "seminar,семинар",
        EventKind.WORKSHOP: "workshop,ажлын хэсэг,дадлагын семинар,воркшоп",
        EventKind.TRAINING: "training,course,сургалт,тренинг,обучение",
        EventKind.TRAINING_OF_TRAINERS: "training of trainers,training_of_trainers,tot,"
        "сургагч багш бэлтгэх сургалт,сургагч багшийн сургалт",
        EventKind.BRIEFING: "briefing,мэдээлэл,танилцуулах уулзалт,танилцуулга,брифинг",
        EventKind.CONSULTATION_MEETING: "consultation meeting,consultation_meeting,consultation,зөвлөлдөх уулзалт,"
        "зөвлөлдөх хурал,консультация",
        EventKind.STUDY_VISIT: "study visit,study_visit,study tour,суралцах аялал,"
        "туршлага судлах айлчлал,ознакомительная поездка",
    }
)
MARKS: dict[str, AttendanceState | None] = dict(
    _by_word(
        {
            AttendanceState.PRESENT: "present,p,yes,y,1,came,attended,true,ирсэн,тийм,байсан,присутствовал,"
            "присутствовала,да",
            AttendanceState.LATE: "late,l,хоцорсон,опоздал,опоздала",
            AttendanceState.EXCUSED: "excused,e,чөлөөтэй,уважительная причина,по уважительной причине",
            AttendanceState.ABSENT: "absent,a,no,n,0,false,ирээгүй,таслалт,тасалсан,үгүй,байгаагүй,отсутствовал,"
            "отсутствовала,нет",
        }
    )
)
# One letter for each session, as sign-in sheets are kept; a full stop for a session of which nothing is known.
LETTERS: dict[str, AttendanceState | None] = {
    "P": AttendanceState.PRESENT,
    "L": AttendanceState.LATE,
    "E": AttendanceState.EXCUSED,
    "A": AttendanceState.ABSENT,
    ".": None,
}
