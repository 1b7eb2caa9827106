"""Records to try a design on before it is published: the longest and the strangest that are likely to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

from trainreg.certificates.designs.schema import Design
from trainreg.certificates.facts import CertificateFacts, Signatory
from trainreg.certificates.rules import CertificateKind

_CODE = "7K3F-9Q2M-ABCD-EFGH-JKM0"
_LONG_NAMES = {
    "en": "Khatanbaataryn-Mönkhjargalsaikhan Tserenpuntsagdulam-Enkhzayaa of the House of Borjigin Altan Urag",
    "mn": "Хатанбаатарын-Мөнхжаргалсайхан Цэрэнпунцагдулам-Энхзаяа Боржигин Алтан ургийн Өөлд Үржинханд охин",
    "fr": "Marie-Françoise-Élisabeth de La Rochefoucauld-Montbel d’Arenberg-Schleiden, née Vaucanson de Brézé",
    "es": "María de las Mercedes Fernández-Ordóñez y Álvarez de Toledo, viuda de Núñez-Cañizares Etxeberria",
}
_STRANGE_NAMES = {"en": "{code} %s {0.__class__}", "mn": "Ө", "fr": "Ỹ̃dris N’Guéssan", "es": "Nguyễn Thị Ánh"}
_LONG_TITLES = {
    "en": "High Level Dialogue preparatory national consultation meeting on international migration, development and "
    "the protection of migrant workers abroad",
    "mn": "Олон улсын шилжилт хөдөлгөөн, хөгжил, гадаадад ажиллагч хөдөлмөрийн шилжин ирэгчдийг хамгаалах асуудлаарх "
    "Дээд хэмжээний яриа хэлэлцээний бэлтгэл уулзалт",
    "fr": "Réunion nationale de consultation préparatoire au Dialogue de haut niveau sur les migrations "
    "internationales, le développement et la protection des travailleurs",
    "es": "Reunión nacional de consulta preparatoria del Diálogo de alto nivel sobre la migración internacional, el "
    "desarrollo y la protección de los trabajadores",
}
_OFFICES = {
    "en": "Director of the Department for Migration and Consular Affairs",
    "mn": "Шилжилт хөдөлгөөн, консулын асуудал эрхэлсэн газрын дарга",
    "fr": "Directrice du département des migrations et des affaires consulaires",
    "es": "Directora del Departamento de Migración y Asuntos Consulares",
}

LONG = CertificateFacts(
    register_number="MN-2012-EXT/00001",
    code=_CODE,
    verify_url=f"https://certificates.training.example.org/v/{_CODE}",
    kind=CertificateKind.TRAINER,
    edition=2,
    design="",
    languages=("en",),
    names=_LONG_NAMES,
    event_title=_LONG_TITLES,
    event_kind="training_of_trainers",
    place={"en": "Ulaanbaatar, Government House, Hall 3", "mn": "Улаанбаатар, Төрийн ордон, 3 дугаар танхим"},
    starts_on=date(2012, 12, 29),
    ends_on=date(2013, 1, 11),
    days_planned=Decimal(3),
    days_attended=Decimal("2.5"),
    hours_planned=Decimal(21),
    hours_attended=Decimal("17.5"),
    project_code="MN-2012",
    project_title={
        "en": "Labour migration and counter trafficking",
        "mn": "Хөдөлмөрийн шилжилт хөдөлгөөн ба хүн худалдаалахтай тэмцэх",
    },
    organisation={"en": "Ministry of Labour and Social Protection", "mn": "Хөдөлмөр, нийгмийн хамгааллын яам"},
    signatories=tuple(
        Signatory({"en": f"Dr. {name} Oyuunbileg", "mn": f"Доктор {other} Оюунбилэг"}, _OFFICES)
        for name, other in (("S.", "С."), ("D.", "Д."), ("B.", "Б."))
    ),
    issued_on=date(2013, 1, 15),
    format=2,
    design_sha256="0" * 64,
    issued_at=datetime(2013, 1, 15, 4, 30, tzinfo=UTC),
    valid_until=date(2016, 1, 14),
    replaces="MN-2012-EXT/00000",
    agency={"en": "General Authority for Border Protection", "mn": "Хил хамгаалах ерөнхий газар"},
)
# As long as the signed facts get (docs/verification-offline.md), in the letters that they are written in.
OFFLINE = "https://certificates.training.example.org/v/offline#1." + "A7" * 240
STRANGE = replace(
    LONG,
    names={**_STRANGE_NAMES, "mn-Mong": "ᠪᠠᠲᠤᠪᠠᠶᠠᠷ"},
    event_title={"en": "Law", "mn": "Хууль"},
    event_kind="briefing",
    place={},
    project_title={},
    agency={},
    starts_on=date(2013, 1, 11),
    signatories=(),
    valid_until=None,
    replaces="",
    is_invented=True,
)


def records(design: Design) -> Iterator[CertificateFacts]:
    """Both records in each language and each pair that the design speaks; every kind in every language."""
    alone = [(language,) for language in design.languages]
    for languages in (*alone, *permutations(design.languages, 2)):
        for kind in CertificateKind:
            for record in (LONG, STRANGE):
                yield replace(record, languages=languages, kind=kind)
