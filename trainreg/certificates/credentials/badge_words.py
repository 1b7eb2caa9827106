"""What badges call the kinds of events, in the languages of certificates."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "seminar": "Seminar",
        "workshop": "Workshop",
        "training": "Training",
        "training_of_trainers": "Training of trainers",
        "briefing": "Briefing",
        "consultation_meeting": "Consultation meeting",
        "study_visit": "Study visit",
    },
    "mn": {
        "seminar": "Семинар",
        "workshop": "Сургалт-семинар",
        "training": "Сургалт",
        "training_of_trainers": "Сургагч багшийн сургалт",
        "briefing": "Танилцуулга",
        "consultation_meeting": "Зөвлөлдөх уулзалт",
        "study_visit": "Сургалтын аялал",
    },
    "fr": {
        "seminar": "Séminaire",
        "workshop": "Atelier",
        "training": "Formation",
        "training_of_trainers": "Formation de formateurs",
        "briefing": "Séance d’information",
        "consultation_meeting": "Réunion de consultation",
        "study_visit": "Voyage d’étude",
    },
    "es": {
        "seminar": "Seminario",
        "workshop": "Taller",
        "training": "Formación",
        "training_of_trainers": "Formación de formadores",
        "briefing": "Sesión informativa",
        "consultation_meeting": "Reunión de consulta",
        "study_visit": "Visita de estudio",
    },
}


def event_word(kind: str, language: str) -> str:
    """What that kind of event is called, else nothing."""
    return EVENTS.get(language, EVENTS["en"]).get(kind, "")
