"""The kinds of imports."""

from trainreg.imports import of_agencies, of_attendance, of_past_events, of_people, of_registrations
from trainreg.imports.plan import Importer
from trainreg.imports.rules import ImportKind

IMPORTERS: dict[ImportKind, Importer] = {
    importer.kind: importer
    for importer in (
        of_people.IMPORTER,
        of_agencies.IMPORTER,
        of_registrations.IMPORTER,
        of_attendance.IMPORTER,
        of_past_events.IMPORTER,
    )
}
