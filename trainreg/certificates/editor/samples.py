"""Certificates that nobody holds, to look at a design with: usual, longest, strangest, of every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.certificates.facts import CertificateFacts, Signatory
from trainreg.certificates.rules import CertificateKind

# The usual name in traditional script: Batbayar Enkhtuya.
SAMPLE_TRADITIONAL = "ᠪᠠᠲᠤᠪᠠᠶᠠᠷ ᠤᠨ ᠡᠩᠬᠡᠲᠤᠶᠠᠭ᠎ᠠ"
_CODE = "7K3F-9Q2M-ABCD-EFGH-JKM0"


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody with an event: what they are called at the editor, and what stands on their paper."""

    label: Any
    names: Mapping[str, str]
    title: Mapping[str, str]
    place: Mapping[str, str]
    signatories: int = 2


_TITLE = {
    "en": "Training for trainers on safe labour migration",
    "mn": "Аюулгүй хөдөлмөрийн шилжилт хөдөлгөөний сургагч багшийн сургалт",
    "fr": "Formation de formateurs sur la migration de travail sûre",
    "es": "Formación de formadores sobre migración laboral segura",
}
_PLACE = {"en": "Ulaanbaatar", "mn": "Улаанбаатар", "fr": "Oulan-Bator", "es": "Ulán Bator"}
_LONG_TITLE = {
    "en": "High Level Dialogue preparatory national consultation meeting on international migration, development "
    "and the protection of migrant workers abroad",
    "mn": "Олон улсын шилжилт хөдөлгөөн, хөгжил, гадаадад ажиллагч хөдөлмөрийн шилжин ирэгчдийг хамгаалах асуудлаарх "
    "Дээд хэмжээний яриа хэлэлцээний бэлтгэл үндэсний зөвлөлдөх уулзалт",
    "fr": "Réunion nationale de consultation préparatoire au dialogue de haut niveau sur les migrations "
    "internationales, le développement et la protection des travailleurs migrants",
    "es": "Reunión nacional de consulta preparatoria del diálogo de alto nivel sobre la migración internacional, el "
    "desarrollo y la protección de los trabajadores migrantes",
}
SAMPLES: Mapping[str, Sample] = {
    "usual": Sample(_l("Usual name"), {"en": "Batbayar Enkhtuya", "mn": "Батбаярын Энхтуяа"}, _TITLE, _PLACE),
    "longest": Sample(
        _l("Longest name and title"),
        {
            "en": "Khatanbaataryn-Mönkhjargalsaikhan Tserenpuntsagdulam-Enkhzayaa of the House of Borjigin Altan Urag",
            "mn": "Хатанбаатарын-Мөнхжаргалсайхан Цэрэнпунцагдулам-Энхзаяа Боржигин Алтан ургийн Өөлд Үржинханд охин",
        },
        _LONG_TITLE,
        {"en": "Government House, Ulaanbaatar", "mn": "Төрийн ордон, Улаанбаатар хот, Сүхбаатар дүүрэг"},
    ),
    "shortest": Sample(
        _l("Shortest name, nobody signs"), {"en": "Bo", "mn": "Ө"}, {"en": "Law", "mn": "Хууль"}, _PLACE, 0
    ),
    "strangest": Sample(
        _l("Many marks above and below"),
        {"en": "Nguyễn Thị Ḥāfiẓah Ǫ́ðinsdóttir-Łukaszewicz d’Ẽ", "mn": "Ё́лкин-Ү̈лгэн Җәмилә Ғаниқызы"},
        _TITLE,
        _PLACE,
        1,
    ),
    "scripts": Sample(
        _l("Several scripts"), {"en": "Έλλη Παπαδοπούλου · ქეთევან", "mn": "مُحَمَّد Бат · नेहा शर्मा"}, _TITLE, _PLACE
    ),
}
_WHO = (
    Signatory({"en": "D. Ganbold", "mn": "Д. Ганболд"}, {"en": "State Secretary", "mn": "Төрийн нарийн бичгийн дарга"}),
    Signatory(
        {"en": "S. Oyuunbileg", "mn": "С. Оюунбилэг"},
        {"en": "Chief of Mission", "mn": "Төлөөлөгчийн газрын дарга"},
    ),
)


def sample_facts(key: str, kind: CertificateKind, languages: Sequence[str], *, digest: str) -> CertificateFacts:
    """What the sample's paper says. Languages that a sample has no words in take the English ones."""
    sample = SAMPLES[key]
    names = {language: sample.names.get(language, sample.names["en"]) for language in languages}
    return CertificateFacts(
        register_number="SAMPLE/0001",
        code=_CODE,
        verify_url=f"https://training.example.org/v/{_CODE}",
        kind=kind,
        edition=1,
        design="sample",
        languages=tuple(languages),
        names=names,
        event_title=sample.title,
        event_kind="training_of_trainers",
        place=sample.place,
        starts_on=date(2026, 3, 10),
        ends_on=date(2026, 3, 12),
        days_planned=Decimal(3),
        days_attended=Decimal(3),
        hours_planned=Decimal(21),
        hours_attended=Decimal("19.5"),
        project_code="SAMPLE",
        project_title={"en": "Labour migration and counter trafficking", "mn": "Хөдөлмөрийн шилжилт хөдөлгөөн"},
        organisation={"en": "Example Organisation", "mn": "Жишээ байгууллага"},
        signatories=_WHO[: sample.signatories],
        issued_on=date(2026, 3, 13),
        is_invented=True,
        format=2,
        design_sha256=digest,
        issued_at=datetime(2026, 3, 13, 4, 0, tzinfo=UTC),
        valid_until=date(2028, 3, 12),
        agency={"en": "Ministry of Labour", "mn": "Хөдөлмөрийн яам"},
    )
