"""The words of designs of the second format. What was printed stays printed: new words are a new file, never an edit.

Each sentence is a template (`templates.py`); a design may put its own in its place, by language and kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from trainreg.certificates.rules import CertificateKind

_A, _C, _T, _G = (
    CertificateKind.ATTENDANCE,
    CertificateKind.COMPLETION,
    CertificateKind.TRAINER,
    CertificateKind.APPRECIATION,
)

# What a record fills in, and the sentences that are made of it. `event_kind` is the event in the case of an object,
# `event_kind_at` that of a place or share ("au séminaire", "en el seminario"); in Mongolian both are the dative.
FACTS = frozenset(
    [
        "name",
        "name_mong",
        "event",
        "event_kind",
        "event_kind_at",
        "dates",
        "place",
        "hours",
        "days",
        "number",
        "code",
        "address",
        "organisation",
        "project",
        "project_code",
        "agency",
        "issued_on",
        "valid_until",
        "replaces",
        "signatory",
    ]
)
PARTS = frozenset(
    [
        "title",
        "opening",
        "deed",
        "place_and_dates",
        "duration",
        "project_line",
        "issued_line",
        "valid_line",
        "replaces_line",
        "number_line",
        "code_line",
        "address_line",
        "seal",
        "specimen",
        "qr",
        "offline_qr",
        "signature",
    ]
)

Words = Mapping[str, Mapping[CertificateKind, str] | str]

WORDS: Mapping[str, Words] = {
    "en": {
        "title": {
            _A: "Certificate of Attendance",
            _C: "Certificate of Completion",
            _T: "Trainer’s Certificate",
            _G: "Certificate of Appreciation",
        },
        "opening": {
            _A: "This is to certify that",
            _C: "This is to certify that",
            _T: "This is to certify that",
            _G: "With our thanks to",
        },
        "deed": {
            _A: "took part in {event_kind}",
            _C: "has successfully completed {event_kind}",
            _T: "has successfully completed {event_kind} and may train others",
            _G: "for contributing to {event_kind}",
        },
        "place_and_dates": "[{place}, ]{dates}",
        "duration": "[{hours}]",
        "project_line": "[Project: {project}]",
        "issued_line": "Issued on {issued_on}",
        "valid_line": "[Valid until {valid_until}]",
        "replaces_line": "[Replaces {replaces}]",
        "number_line": "Register No. {number}",
        "code_line": "Verification code {code}",
        "address_line": "Verify at {address}",
        "seal": "Seal",
        "specimen": "SPECIMEN: this person is invented",
        "qr": "QR code that leads to {address}",
        "offline_qr": "QR code with the signed content of this certificate, which can be checked without a network",
        "signature": "Signature of {signatory}",
    },
    "mn": {
        "title": {
            _A: "Оролцсоны гэрчилгээ",
            _C: "Төгссөний гэрчилгээ",
            _T: "Сургагч багшийн гэрчилгээ",
            _G: "Талархлын бичиг",
        },
        "opening": {_A: "Үүгээр", _C: "Үүгээр", _T: "Үүгээр", _G: "Талархал илэрхийлэх нь"},
        "deed": {
            _A: "дараах {event_kind} оролцсоныг гэрчилж байна",
            _C: "дараах {event_kind} хамрагдаж, амжилттай төгссөнийг гэрчилж байна",
            _T: "дараах {event_kind} хамрагдаж, сургагч багшаар бэлтгэгдсэнийг гэрчилж байна",
            _G: "дараах {event_kind} хувь нэмрээ оруулсанд",
        },
        "place_and_dates": "{dates}[, {place}]",
        "duration": "[{hours}]",
        "project_line": "[«{project}» төсөл]",
        "issued_line": "Олгосон: {issued_on}",
        "valid_line": "[Хүчинтэй хугацаа: {valid_until} хүртэл]",
        "replaces_line": "[{replaces} дугаартай гэрчилгээг орлоно]",
        "number_line": "Бүртгэлийн № {number}",
        "code_line": "Баталгаажуулах код {code}",
        "address_line": "Шалгах хаяг: {address}",
        "seal": "Тамга",
        "specimen": "ЗАГВАР: зохиомол хүний нэр",
        "qr": "Дараах хаягт хүргэх QR код: {address}",
        "offline_qr": "Гэрчилгээний гарын үсэгтэй агуулгыг сүлжээгүйгээр шалгах QR код",
        "signature": "Гарын үсэг: {signatory}",
    },
    "fr": {
        "title": {
            _A: "Attestation de participation",
            _C: "Certificat de réussite",
            _T: "Certificat de formateur",
            _G: "Certificat de reconnaissance",
        },
        "opening": {
            _A: "Il est certifié par la présente que",
            _C: "Il est certifié par la présente que",
            _T: "Il est certifié par la présente que",
            _G: "Avec tous nos remerciements à",
        },
        "deed": {
            _A: "a participé {event_kind_at}",
            _C: "a suivi avec succès {event_kind}",
            _T: "a suivi avec succès {event_kind} et peut former à son tour",
            _G: "pour sa contribution {event_kind_at}",
        },
        "place_and_dates": "[{place}, ]{dates}",
        "duration": "[{hours}]",
        "project_line": "[Projet : {project}]",
        "issued_line": "Délivré le {issued_on}",
        "valid_line": "[Valable jusqu’au {valid_until}]",
        "replaces_line": "[Remplace {replaces}]",
        "number_line": "N° d’enregistrement {number}",
        "code_line": "Code de vérification {code}",
        "address_line": "À vérifier sur {address}",
        "seal": "Cachet",
        "specimen": "SPÉCIMEN : personne fictive",
        "qr": "Code QR qui mène à {address}",
        "offline_qr": "Code QR avec le contenu signé de ce certificat, vérifiable sans réseau",
        "signature": "Signature de {signatory}",
    },
    "es": {
        "title": {
            _A: "Certificado de asistencia",
            _C: "Certificado de aprovechamiento",
            _T: "Certificado de formador",
            _G: "Certificado de reconocimiento",
        },
        "opening": {
            _A: "Por el presente se certifica que",
            _C: "Por el presente se certifica que",
            _T: "Por el presente se certifica que",
            _G: "Con nuestro agradecimiento a",
        },
        "deed": {
            _A: "ha participado {event_kind_at}",
            _C: "ha completado con éxito {event_kind}",
            _T: "ha completado con éxito {event_kind} y puede formar a otras personas",
            _G: "por su colaboración {event_kind_at}",
        },
        "place_and_dates": "[{place}, ]{dates}",
        "duration": "[{hours}]",
        "project_line": "[Proyecto: {project}]",
        "issued_line": "Expedido el {issued_on}",
        "valid_line": "[Válido hasta el {valid_until}]",
        "replaces_line": "[Sustituye a {replaces}]",
        "number_line": "N.º de registro {number}",
        "code_line": "Código de verificación {code}",
        "address_line": "Verificar en {address}",
        "seal": "Sello",
        "specimen": "MUESTRA: persona ficticia",
        "qr": "Código QR que lleva a {address}",
        "offline_qr": "Código QR con el contenido firmado de este certificado, verificable sin red",
        "signature": "Firma de {signatory}",
    },
}

# Object, and place or share; what is not listed is an event like any other.
EVENTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "seminar": ("the seminar", "at the seminar"),
        "workshop": ("the workshop", "at the workshop"),
        "training": ("the training", "at the training"),
        "training_of_trainers": ("the training of trainers", "at the training of trainers"),
        "briefing": ("the briefing", "at the briefing"),
        "consultation_meeting": ("the consultation meeting", "at the consultation meeting"),
        "study_visit": ("the study visit", "on the study visit"),
        "": ("the event", "at the event"),
    },
    "mn": {
        "seminar": ("семинарт", "семинарт"),
        "workshop": ("дадлагын семинарт", "дадлагын семинарт"),
        "training": ("сургалтад", "сургалтад"),
        "training_of_trainers": ("сургагч багш бэлтгэх сургалтад", "сургагч багш бэлтгэх сургалтад"),
        "briefing": ("танилцуулах уулзалтад", "танилцуулах уулзалтад"),
        "consultation_meeting": ("зөвлөлдөх уулзалтад", "зөвлөлдөх уулзалтад"),
        "study_visit": ("туршлага судлах айлчлалд", "туршлага судлах айлчлалд"),
        "": ("арга хэмжээнд", "арга хэмжээнд"),
    },
    "fr": {
        "seminar": ("le séminaire", "au séminaire"),
        "workshop": ("l’atelier", "à l’atelier"),
        "training": ("la formation", "à la formation"),
        "training_of_trainers": ("la formation de formateurs", "à la formation de formateurs"),
        "briefing": ("la séance d’information", "à la séance d’information"),
        "consultation_meeting": ("la réunion de consultation", "à la réunion de consultation"),
        "study_visit": ("la visite d’étude", "à la visite d’étude"),
        "": ("l’événement", "à l’événement"),
    },
    "es": {
        "seminar": ("el seminario", "en el seminario"),
        "workshop": ("el taller", "en el taller"),
        "training": ("la capacitación", "en la capacitación"),
        "training_of_trainers": ("la formación de formadores", "en la formación de formadores"),
        "briefing": ("la sesión informativa", "en la sesión informativa"),
        "consultation_meeting": ("la reunión de consulta", "en la reunión de consulta"),
        "study_visit": ("la visita de estudio", "en la visita de estudio"),
        "": ("el evento", "en el evento"),
    },
}
