"""The words of credentials. They are part of what was issued: once released they stay as they are, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainreg.certificates.rules import CertificateKind

_ATTENDANCE, _COMPLETION = CertificateKind.ATTENDANCE, CertificateKind.COMPLETION
_TRAINER, _APPRECIATION = CertificateKind.TRAINER, CertificateKind.APPRECIATION
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """What a kind of certificate is called, and what it was given for."""

    name: str
    criteria: str


WORDS: Mapping[str, Mapping[CertificateKind, Words]] = {
    "en": {
        _ATTENDANCE: Words(
            "Certificate of attendance",
            "Attended the share of the planned sessions that the organiser asks for, as marked session by session.",
        ),
        _COMPLETION: Words(
            "Certificate of completion",
            "Attended the share of the planned sessions that the organiser asks for, and met every other condition "
            "of the course.",
        ),
        _TRAINER: Words(
            "Trainer’s certificate",
            "Completed the training for trainers: attended the share of its sessions that the organiser asks for, and "
            "met every other condition.",
        ),
        _APPRECIATION: Words("Certificate of appreciation", "Contributed to the event, as the organiser attests."),
    },
    "mn": {
        _ATTENDANCE: Words(
            "Оролцсоны гэрчилгээ",
            "Зохион байгуулагчийн тогтоосон хэмжээгээр хуралдаануудад оролцсон нь хуралдаан бүрийн ирцээр "
            "тэмдэглэгдсэн.",
        ),
        _COMPLETION: Words(
            "Төгссөний гэрчилгээ",
            "Зохион байгуулагчийн тогтоосон хэмжээгээр хуралдаануудад оролцож, сургалтын бусад болзлыг бүрэн хангасан.",
        ),
        _TRAINER: Words(
            "Сургагч багшийн гэрчилгээ",
            "Сургагч багшийн сургалтад зохион байгуулагчийн тогтоосон хэмжээгээр оролцож, бусад болзлыг бүрэн "
            "хангасан.",
        ),
        _APPRECIATION: Words(
            "Талархлын гэрчилгээ", "Арга хэмжээнд хувь нэмрээ оруулсныг зохион байгуулагч гэрчилж байна."
        ),
    },
    "fr": {
        _ATTENDANCE: Words(
            "Attestation de participation",
            "A suivi la part des séances prévues que demande l’organisateur, présence relevée séance par séance.",
        ),
        _COMPLETION: Words(
            "Certificat de réussite",
            "A suivi la part des séances prévues que demande l’organisateur et rempli toutes les autres conditions de "
            "la formation.",
        ),
        _TRAINER: Words(
            "Certificat de formateur",
            "A suivi la formation de formateurs : la part des séances que demande l’organisateur, et toutes les autres "
            "conditions.",
        ),
        _APPRECIATION: Words(
            "Certificat de reconnaissance", "A contribué à la manifestation, comme l’atteste l’organisateur."
        ),
    },
    "es": {
        _ATTENDANCE: Words(
            "Certificado de asistencia",
            "Asistió a la parte de las sesiones previstas que exige el organizador, según se anotó sesión por sesión.",
        ),
        _COMPLETION: Words(
            "Certificado de finalización",
            "Asistió a la parte de las sesiones previstas que exige el organizador y cumplió todas las demás "
            "condiciones del curso.",
        ),
        _TRAINER: Words(
            "Certificado de formador",
            "Completó la formación de formadores: asistió a la parte de las sesiones que exige el organizador y "
            "cumplió todas las demás condiciones.",
        ),
        _APPRECIATION: Words(
            "Certificado de reconocimiento", "Contribuyó al evento, como lo atestigua el organizador."
        ),
    },
}


def words_of(kind: CertificateKind, language: str) -> Words:
    """The words in that language, else in English."""
    return WORDS.get(language, WORDS[FALLBACK])[kind]
