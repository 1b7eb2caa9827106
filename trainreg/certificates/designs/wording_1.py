"""The words of the first designs. What was printed stays printed: new words are a new file, never an edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.rules import CertificateKind
from trainreg.kernel.languages import in_language

TITLES: Mapping[str, Mapping[CertificateKind, str]] = {
    "en": {
        CertificateKind.ATTENDANCE: "Certificate of Attendance",
        CertificateKind.COMPLETION: "Certificate of Completion",
        CertificateKind.TRAINER: "Trainer’s Certificate",
        CertificateKind.APPRECIATION: "Certificate of Appreciation",
    },
    "mn": {
        CertificateKind.ATTENDANCE: "Оролцсоны гэрчилгээ",
        CertificateKind.COMPLETION: "Төгссөний гэрчилгээ",
        CertificateKind.TRAINER: "Сургагч багшийн гэрчилгээ",
        CertificateKind.APPRECIATION: "Талархлын бичиг",
    },
}

_OPENINGS: Mapping[str, str] = {"en": "This is to certify that", "mn": "Үүгээр"}
_THANKS: Mapping[str, str] = {"en": "With our thanks to", "mn": "Талархал илэрхийлэх нь"}

_ENGLISH_DEEDS: Mapping[CertificateKind, str] = {
    CertificateKind.ATTENDANCE: "took part in {event}",
    CertificateKind.COMPLETION: "has successfully completed {event}",
    CertificateKind.TRAINER: "has successfully completed {event}",
    CertificateKind.APPRECIATION: "for contributing to {event}",
}
_ENGLISH_EVENTS: Mapping[str, str] = {
    "seminar": "the seminar",
    "workshop": "the workshop",
    "training": "the training",
    "training_of_trainers": "the training of trainers",
    "briefing": "the briefing",
    "consultation_meeting": "the consultation meeting",
    "study_visit": "the study visit",
}
# Mongolian puts the event in the dative, so each kind stands here in that case.
_MONGOLIAN_DEEDS: Mapping[CertificateKind, str] = {
    CertificateKind.ATTENDANCE: "дараах {event} оролцсоныг гэрчилж байна",
    CertificateKind.COMPLETION: "дараах {event} хамрагдаж, амжилттай төгссөнийг гэрчилж байна",
    CertificateKind.TRAINER: "дараах {event} хамрагдаж, амжилттай төгссөнийг гэрчилж байна",
    CertificateKind.APPRECIATION: "дараах {event} хувь нэмрээ оруулсанд",
}
_MONGOLIAN_EVENTS: Mapping[str, str] = {
    "seminar": "семинарт",
    "workshop": "дадлагын семинарт",
    "training": "сургалтад",
    "training_of_trainers": "сургагч багш бэлтгэх сургалтад",
    "briefing": "танилцуулах уулзалтад",
    "consultation_meeting": "зөвлөлдөх уулзалтад",
    "study_visit": "туршлага судлах айлчлалд",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {"register": "Register No.", "code": "Verification code", "verify": "Verify at"},
    "mn": {"register": "Бүртгэлийн №", "code": "Баталгаажуулах код", "verify": "Шалгах хаяг"},
}
SPECIMEN: Mapping[str, str] = {
    "en": "SPECIMEN: this person is invented",
    "mn": "ЗАГВАР: зохиомол хүний нэр",
}

_ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def opening(facts: CertificateFacts, language: str) -> str:
    """The words before the name."""
    return (_THANKS if facts.kind is CertificateKind.APPRECIATION else _OPENINGS)[language]


def deed(facts: CertificateFacts, language: str) -> str:
    """What the person did, as the sentence that leads to the event's title."""
    if language == "mn":
        event = _MONGOLIAN_EVENTS.get(facts.event_kind, "арга хэмжээнд")
        return _MONGOLIAN_DEEDS[facts.kind].format(event=event)
    event = _ENGLISH_EVENTS.get(facts.event_kind, "the event")
    return _ENGLISH_DEEDS[facts.kind].format(event=event)


def when(starts_on: date, ends_on: date, language: str) -> str:
    """The dates of the event in words, naming month and year once where they are the same."""
    return _mongolian_dates(starts_on, ends_on) if language == "mn" else _english_dates(starts_on, ends_on)


def _english_dates(first: date, last: date) -> str:
    def month(day: date) -> str:
        return _ENGLISH_MONTHS[day.month - 1]

    closing = f"{last.day} {month(last)} {last.year}"
    if first == last:
        return closing
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{closing}"
    if first.year == last.year:
        return f"{first.day} {month(first)} – {closing}"
    return f"{first.day} {month(first)} {first.year} – {closing}"


def _mongolian_dates(first: date, last: date) -> str:
    def month(day: date) -> str:
        return f"{day.month} {'дүгээр' if _has_front_vowels(day.month) else 'дугаар'} сарын"

    def of_day(day: date) -> str:
        return f"{day.day}-{'ний' if _has_front_vowels(day.day) else 'ны'}"

    opening = f"{first.year} оны {month(first)}"
    if first == last:
        return f"{opening} {of_day(first)} өдөр"
    if (first.year, first.month) == (last.year, last.month):
        return f"{opening} {first.day}–{of_day(last)} өдрүүдэд"
    year = "" if first.year == last.year else f"{last.year} оны "
    return f"{opening} {first.day} – {year}{month(last)} {of_day(last)} өдрүүдэд"


def _has_front_vowels(number: int) -> bool:
    # Vowel harmony goes by the last word of the numeral: one, four and nine are front, as are 11, 24, ...
    return number % 10 in {1, 4, 9}


def duration(facts: CertificateFacts, language: str) -> str:
    """How long the person attended, and of how much where that is less than all."""
    hours = _amount(facts.hours_attended)
    if facts.hours_attended == facts.hours_planned:
        if language == "mn":
            return f"{hours} цаг"
        return f"{hours} {'hour' if facts.hours_attended == 1 else 'hours'}"
    planned = _amount(facts.hours_planned)
    return f"{planned} цагаас {hours} цаг" if language == "mn" else f"{hours} of {planned} hours"


def project_line(facts: CertificateFacts, language: str) -> str:
    """The project that held the event."""
    title = in_language(facts.project_title, language)
    if not title:
        return ""
    return f"«{title}» төсөл" if language == "mn" else f"Project: {title}"


def _amount(value: Decimal) -> str:
    return f"{value.normalize():f}"
