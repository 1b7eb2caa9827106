"""Every domain's pages and commands, in the order of the house."""

from click import Command
from flask import Blueprint

from trainreg.accounts.commands import user
from trainreg.accounts.routes import blueprint as accounts
from trainreg.agencies.routes import blueprint as agencies
from trainreg.assessment.routes import blueprint as assessment
from trainreg.assessment.service import copy_assessment
from trainreg.attendance.queries import count_attended
from trainreg.attendance.routes import blueprint as attendance
from trainreg.certificates.commands import certificates as certificates_commands
from trainreg.certificates.credentials.routes import blueprint as credentials
from trainreg.certificates.editor.kits import use
from trainreg.certificates.editor.of_designs import HouseDesigns
from trainreg.certificates.editor.plans import copy_plan
from trainreg.certificates.editor.routes import blueprint as designs
from trainreg.certificates.issuing.register_file import REGISTER
from trainreg.certificates.mailing import certificate_for_mail
from trainreg.certificates.routes import blueprint as certificates
from trainreg.checkin.routes import blueprint as checkin
from trainreg.correspondence.announcements import note_change
from trainreg.correspondence.routes import blueprint as correspondence
from trainreg.events.changes import on_event_changed
from trainreg.events.routes import blueprint as events
from trainreg.events.service import on_capacity_changed, on_event_copied
from trainreg.exporting.kinds import KINDS
from trainreg.exporting.queries import ask_timezone
from trainreg.exporting.routes import blueprint as exporting
from trainreg.framework.routes import blueprint as framework
from trainreg.home.routes import blueprint as home
from trainreg.imports.commands import imports as imports_commands
from trainreg.imports.routes import blueprint as imports
from trainreg.me.routes import blueprint as me
from trainreg.nominations.routes import blueprint as nominations
from trainreg.outbox.delivery import pictures_for
from trainreg.outbox.routes import blueprint as outbox
from trainreg.paper.routes import blueprint as paper
from trainreg.programme.iati.routes import blueprint as iati_settings
from trainreg.programme.queries import common_timezone
from trainreg.programme.routes import blueprint as programme
from trainreg.publications.routes import blueprint as publications
from trainreg.questions.routes import blueprint as questions
from trainreg.questions.service import copy_form
from trainreg.records.people_export import DIRECTORY
from trainreg.records.routes import blueprint as records
from trainreg.registration.history import ask_attendance
from trainreg.registration.passes import pass_for_mail
from trainreg.registration.routes import blueprint as registration
from trainreg.registration.waiting import promote_waiting
from trainreg.reporting.commands import report
from trainreg.reporting.factsheet.photographs import offer_photographs
from trainreg.reporting.factsheet.routes import blueprint as factsheet
from trainreg.reporting.iati.routes import blueprint as iati
from trainreg.reporting.organisation.routes import blueprint as organisation
from trainreg.reporting.result_pages import blueprint as results
from trainreg.reporting.routes import blueprint as reporting
from trainreg.reporting.tables.offered import ALL_TABLES, TABLES
from trainreg.reporting.tables.routes import blueprint as tables
from trainreg.reporting.workbook.offered import PEOPLE
from trainreg.reporting.workbook.routes import blueprint as workbook
from trainreg.totals.service import keep_totals

BLUEPRINTS: tuple[Blueprint, ...] = (
    factsheet,
    results,
    iati,
    workbook,
    tables,
    organisation,
    reporting,
    framework,
    home,
    imports,
    records,
    me,
    correspondence,
    paper,
    certificates,
    credentials,
    designs,
    checkin,
    assessment,
    attendance,
    publications,
    nominations,
    registration,
    questions,
    events,
    iati_settings,
    programme,
    exporting,
    accounts,
    agencies,
    outbox,
)
COMMANDS: tuple[Command, ...] = (imports_commands, certificates_commands, report, user)

# What a domain to the left does when one to the right changes, and tells when it asks.
on_capacity_changed.append(lambda event, by: promote_waiting(event, by=by))
on_event_copied.extend((copy_form, copy_assessment, copy_plan))
on_event_changed.append(lambda event, before, _by: note_change(event, before))
ask_attendance.append(count_attended)
pictures_for.extend((pass_for_mail, certificate_for_mail))
use(HouseDesigns())
offer_photographs()
# The long lists that the worker prepares as files.
KINDS.extend((PEOPLE, TABLES, ALL_TABLES, REGISTER, DIRECTORY))
ask_timezone.append(common_timezone)
# Sums across all projects follow what is written, in the same transaction.
keep_totals()
