"""Certificates to draw in tests, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from trainreg.certificates.facts import CertificateFacts, Signatory
from trainreg.certificates.rules import CertificateKind

_CODE = "7K3F-9Q2M-ABCD-EFGH-JKM0"
TRAINER = CertificateFacts(
    register_number="MN-2012/0001",
    code=_CODE,
    verify_url=f"https://training.example.org/v/{_CODE}",
    kind=CertificateKind.TRAINER,
    edition=1,
    design="formal-1",
    languages=("en", "mn"),
    names={"en": "Batbayar Enkhtuya", "mn": "Батбаярын Энхтуяа"},
    event_title={"en": "Training for trainers", "mn": "Сургагч багшийн сургалт"},
    event_kind="training_of_trainers",
    place={"en": "Ulaanbaatar", "mn": "Улаанбаатар"},
    starts_on=date(2013, 3, 12),
    ends_on=date(2013, 3, 14),
    days_planned=Decimal(3),
    days_attended=Decimal(3),
    hours_planned=Decimal(21),
    hours_attended=Decimal("17.5"),
    project_code="MN-2012",
    project_title={"en": "Labour migration and counter trafficking", "mn": "Хөдөлмөрийн шилжилт хөдөлгөөн"},
    organisation={"en": "Example Organisation", "mn": "Жишээ байгууллага"},
    signatories=(
        Signatory(
            {"en": "D. Ganbold", "mn": "Д. Ганболд"}, {"en": "State Secretary", "mn": "Төрийн нарийн бичгийн дарга"}
        ),
        Signatory({"en": "S. Oyuunbileg", "mn": "С. Оюунбилэг"}, {"en": "Chief of Mission", "mn": "Дарга"}),
    ),
    issued_on=date(2013, 3, 15),
)

LONGEST = replace(
    TRAINER,
    kind=CertificateKind.COMPLETION,
    names={
        "en": "Khatanbaataryn-Mönkhjargalsaikhan Tserenpuntsagdulam-Enkhzayaa of the House of Borjigin Altan Urag",
        "mn": "Хатанбаатарын-Мөнхжаргалсайхан Цэрэнпунцагдулам-Энхзаяа Боржигин Алтан ургийн Өөлд Үржинханд охин",
    },
    event_title={
        "en": "High Level Dialogue preparatory national consultation meeting on international migration, "
        "development and the protection of migrant workers abroad",
        "mn": "Олон улсын шилжилт хөдөлгөөн, хөгжил, гадаадад ажиллагч хөдөлмөрийн шилжин ирэгчдийг хамгаалах "
        "асуудлаарх Дээд хэмжээний яриа хэлэлцээний бэлтгэл үндэсний зөвлөлдөх уулзалт",
    },
    event_kind="consultation_meeting",
)

SHORTEST = replace(
    TRAINER,
    kind=CertificateKind.ATTENDANCE,
    names={"en": "Bo", "mn": "Ө"},
    event_title={"en": "Law", "mn": "Хууль"},
    event_kind="briefing",
    ends_on=date(2013, 3, 12),
    signatories=(),
    is_invented=True,
)

ENGLISH = replace(TRAINER, kind=CertificateKind.APPRECIATION, languages=("en",), event_kind="seminar")


def named(english: str, mongolian: str = "Болд", **changes: Any) -> CertificateFacts:
    """The trainer's certificate with other names on it."""
    return replace(TRAINER, names={"en": english, "mn": mongolian}, **changes)
