"""Every role at every door, by every method: the table says who comes in, everybody else is refused."""

import pytest
from flask import Flask

from tests.attacks.house import House, addresses
from tests.guards.test_routes import PUBLIC
from tests.pages import Pages

pytestmark = pytest.mark.slow

ADMIN, ORGANIZER, TRAINER = "administrator", "organizer", "trainer"
ME, VIEWER, FOCAL, NOBODY = "me_officer", "viewer", "focal_point", "nobody"
ANYBODY = {ADMIN, ORGANIZER, TRAINER, ME, VIEWER, FOCAL, NOBODY}
SEES_NAMES, SEES_RESULTS = {ADMIN, ORGANIZER, TRAINER, ME}, {ADMIN, ORGANIZER, ME, VIEWER}
RUNS_EVENTS, TAKES_ATTENDANCE = {ADMIN, ORGANIZER}, {ADMIN, ORGANIZER, TRAINER}
ADMITTED = {
    "accounts.change_password": ANYBODY,
    "accounts.change_profile": ANYBODY,
    "accounts.close_account": {ADMIN},
    "accounts.end_other_sign_ins": ANYBODY,
    "accounts.grant": {ADMIN},
    "accounts.new_password": {ADMIN},
    "accounts.new_user": {ADMIN},
    "accounts.open_account": {ADMIN},
    "accounts.own_account": ANYBODY,
    "accounts.revoke": {ADMIN},
    "accounts.sign_out": ANYBODY,
    "accounts.user_list": {ADMIN},
    "accounts.user_page": {ADMIN},
    "agencies.agency_list": {ADMIN},
    "agencies.edit_agency": {ADMIN},
    "agencies.new_agency": {ADMIN},
    "agencies.save_agency": {ADMIN},
    "assessment.add_question": RUNS_EVENTS,
    "assessment.choose": RUNS_EVENTS,
    "assessment.comments_page": RUNS_EVENTS,
    "assessment.do_with_question": RUNS_EVENTS,
    "assessment.drop": RUNS_EVENTS,
    "assessment.edit_items": RUNS_EVENTS,
    "assessment.edit_question": RUNS_EVENTS,
    "assessment.entry_page": {ADMIN, ORGANIZER, TRAINER},
    "assessment.evaluation_page": SEES_NAMES,
    "assessment.evaluation_summary": SEES_NAMES,
    "assessment.export_evaluation": SEES_NAMES,
    "assessment.export_results": SEES_NAMES,
    "assessment.marking_page": {ADMIN, ORGANIZER, TRAINER},
    "assessment.new_question": RUNS_EVENTS,
    "assessment.results_page": SEES_NAMES,
    "assessment.save_entry": {ADMIN, ORGANIZER, TRAINER},
    "assessment.save_items": RUNS_EVENTS,
    "assessment.save_marks": {ADMIN, ORGANIZER, TRAINER},
    "assessment.save_question": RUNS_EVENTS,
    "assessment.set_conditions": RUNS_EVENTS,
    "assessment.set_evaluation_state": RUNS_EVENTS,
    "assessment.set_follow_up": RUNS_EVENTS,
    "assessment.set_test_state": {ADMIN, ORGANIZER, TRAINER},
    "assessment.tests_page": SEES_NAMES,
    "attendance.grid": SEES_NAMES,
    "attendance.mark_cell": TAKES_ATTENDANCE,
    "attendance.person": SEES_NAMES,
    "attendance.save_counts": TAKES_ATTENDANCE,
    "attendance.unnamed_counts": SEES_NAMES,
    "attendance.save": TAKES_ATTENDANCE,
    "attendance.save_person": TAKES_ATTENDANCE,
    "attendance.undo": TAKES_ATTENDANCE,
    "certificates.details": SEES_NAMES,
    "certificates.download_all": RUNS_EVENTS,
    "certificates.eligibility_view": SEES_NAMES,
    "certificates.event_certificates": SEES_NAMES,
    "certificates.export_eligibility": SEES_NAMES,
    "certificates.file": RUNS_EVENTS,
    "certificates.issue": RUNS_EVENTS,
    "certificates.print_all": RUNS_EVENTS,
    "certificates.revoke": RUNS_EVENTS,
    **{f"checkin.{one}": TAKES_ATTENDANCE for one in ("door", "kiosk", "list_json", "start", "sync")},
    "checkin.scan_list": SEES_NAMES,
    "correspondence.drop_news": RUNS_EVENTS,
    "correspondence.kind_html": SEES_NAMES,
    "correspondence.kind_list": SEES_NAMES,
    "correspondence.kind_page": SEES_NAMES,
    "correspondence.letter_page": SEES_NAMES,
    "correspondence.message_html": SEES_NAMES,
    "correspondence.message_list": SEES_NAMES,
    "correspondence.message_page": SEES_NAMES,
    "correspondence.new_letter": RUNS_EVENTS,
    "correspondence.set_messages": RUNS_EVENTS,
    "correspondence.tell_now": RUNS_EVENTS,
    "correspondence.write_again": RUNS_EVENTS,
    "correspondence.write_letter": RUNS_EVENTS,
    "events.cancel_event": RUNS_EVENTS,
    "events.close_event": RUNS_EVENTS,
    "events.copy_event": RUNS_EVENTS,
    "events.create_event": RUNS_EVENTS,
    "events.edit_event": RUNS_EVENTS,
    "events.new_event": RUNS_EVENTS,
    "events.open_event": RUNS_EVENTS,
    "events.save_event": RUNS_EVENTS,
    "home.desk": ANYBODY,
    "home.agency_event": {FOCAL},
    "home.agency_page": {FOCAL},
    "home.event_page": SEES_NAMES,
    "imports.answer_questions": RUNS_EVENTS,
    "imports.apply_import": RUNS_EVENTS,
    "imports.attendance_template": RUNS_EVENTS,
    "imports.delete_import": RUNS_EVENTS,
    "imports.error_sheet": RUNS_EVENTS,
    "imports.export_agencies": {ADMIN},
    "imports.export_attendance": SEES_NAMES,
    "imports.export_events": SEES_NAMES,
    "imports.export_messages": {ADMIN},
    "imports.export_registrations": SEES_NAMES,
    "imports.map_again": RUNS_EVENTS,
    "imports.new_event_import": RUNS_EVENTS,
    "imports.new_import": {ADMIN},
    "imports.new_past_events": RUNS_EVENTS,
    "imports.run_list": RUNS_EVENTS,
    "imports.run_page": RUNS_EVENTS,
    "imports.send_event_import": RUNS_EVENTS,
    "imports.send_import": {ADMIN},
    "imports.send_past_events": RUNS_EVENTS,
    "imports.set_columns": RUNS_EVENTS,
    "imports.template": RUNS_EVENTS,
    "nominations.check_list": {FOCAL},
    "nominations.nominate_one": {FOCAL},
    "nominations.nomination": {FOCAL},
    "nominations.nomination_list": {FOCAL},
    "nominations.replace_one": {FOCAL},
    "nominations.replacement": {FOCAL},
    "nominations.slip": {FOCAL},
    "nominations.withdraw": {FOCAL},
    "outbox.message_list": {ADMIN},
    "outbox.message_page": {ADMIN},
    "outbox.retry": {ADMIN},
    "paper.add_walk_in": RUNS_EVENTS,
    "paper.badges": TAKES_ATTENDANCE,
    "paper.delete_scan": RUNS_EVENTS,
    "paper.enter": TAKES_ATTENDANCE,
    "paper.entry": SEES_NAMES,
    "paper.fetch_scan": TAKES_ATTENDANCE,
    "paper.print_badges": TAKES_ATTENDANCE,
    "paper.print_sheet": TAKES_ATTENDANCE,
    "paper.send_scan": TAKES_ATTENDANCE,
    "paper.sheet_pdf": TAKES_ATTENDANCE,
    "paper.sheets": SEES_NAMES,
    "programme.create_project": {ADMIN},
    "programme.edit_project": RUNS_EVENTS,
    "programme.new_project": {ADMIN},
    "programme.project_list": SEES_RESULTS | SEES_NAMES,
    "programme.save_project": RUNS_EVENTS,
    "publications.create_publication": RUNS_EVENTS,
    "publications.edit_publication": RUNS_EVENTS,
    "publications.new_publication": RUNS_EVENTS,
    "publications.save_publication": RUNS_EVENTS,
    "questions.add_question": RUNS_EVENTS,
    "questions.do_with_question": RUNS_EVENTS,
    "questions.edit_question": RUNS_EVENTS,
    "questions.form_page": RUNS_EVENTS,
    "questions.new_question": RUNS_EVENTS,
    "questions.save_question": RUNS_EVENTS,
    "questions.save_standard": RUNS_EVENTS,
    "records.correct": RUNS_EVENTS,
    "records.duplicates": RUNS_EVENTS,
    "records.export_people": SEES_NAMES,
    "records.keep_apart": RUNS_EVENTS,
    "records.merge": RUNS_EVENTS,
    "records.merge_page": RUNS_EVENTS,
    "records.people": SEES_NAMES,
    "records.person_page": SEES_NAMES,
    "records.show_contacts": RUNS_EVENTS,
    "records.undo": RUNS_EVENTS,
    "registration.accept_place": RUNS_EVENTS,
    "registration.add_registration": RUNS_EVENTS,
    "registration.answer_file": RUNS_EVENTS,
    "registration.decide": RUNS_EVENTS,
    "registration.decide_all": RUNS_EVENTS,
    "registration.decide_all_page": RUNS_EVENTS,
    "registration.enter_paper_answer": RUNS_EVENTS,
    "registration.form_preview": RUNS_EVENTS,
    "registration.invitation_list": RUNS_EVENTS,
    "registration.make_agency_invitation": RUNS_EVENTS,
    "registration.move_registration": RUNS_EVENTS,
    "registration.new_agency_invitation": RUNS_EVENTS,
    "registration.new_invitations": RUNS_EVENTS,
    "registration.new_registration": RUNS_EVENTS,
    "registration.paper_answer": RUNS_EVENTS,
    "registration.registration_list": SEES_NAMES,
    "registration.registration_page": SEES_NAMES,
    "registration.revoke_invitation": RUNS_EVENTS,
    "registration.send_invitations": RUNS_EVENTS,
    "registration.slip": RUNS_EVENTS,
    "reporting.project_page": SEES_RESULTS,
    "reporting.rows": SEES_RESULTS,
    "reporting.trainers": SEES_RESULTS,
    "framework.copy_framework": {ADMIN, ORGANIZER, ME},
    "framework.edit_framework": {ADMIN, ORGANIZER, ME},
    "framework.export_framework": SEES_RESULTS,
    "framework.import_framework": {ADMIN, ORGANIZER, ME},
    "framework.save_framework": {ADMIN, ORGANIZER, ME},
    "results.hand_in": {ADMIN, ORGANIZER, ME},
    "results.indicator_page": SEES_RESULTS,
    "results.indicator_rows": SEES_NAMES,
    "results.organisation_page": SEES_RESULTS,
    "results.period_page": SEES_RESULTS,
    "results.reopen": {ADMIN, ME},
    "results.results_page": SEES_RESULTS,
}
REFUSED = {403, 404}
# What an address or a form must say to be understood at all, and what is deleted after all else was tried.
ASKED = dict.fromkeys(("imports.template", "imports.attendance_template"), "?format=csv")
SAID = {"questions.do_with_question": {"action": "retire"}, "assessment.do_with_question": {"action": "up"}}
LAST = {"framework.save_framework", "imports.delete_import", "paper.delete_scan"}


def test_the_table_names_every_door_once(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == ADMITTED.keys() | PUBLIC


@pytest.mark.parametrize("role", sorted(ANYBODY))
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading(app: Flask, pages: Pages, house: House, role: str, method: str) -> None:
    pages.sign_in(house.accounts[role])
    for endpoint, address in addresses(app, method, house.values(house.own)):
        if endpoint in ADMITTED:
            status = pages.client.open(address + ASKED.get(endpoint, ""), method=method, buffered=True).status_code
            if role in ADMITTED[endpoint]:
                assert status in {200, 303, 409}, f"{role} is refused {address}: {status}"
            else:
                assert status in REFUSED, f"{role} gets {status} from {address}"


@pytest.mark.parametrize("role", sorted(ANYBODY))
def test_writing(app: Flask, pages: Pages, house: House, role: str) -> None:
    pages.sign_in(house.accounts[role])
    session_id = house.own.registration.event.sessions[0].id
    body = {"csrf_token": pages.token(), f"m.{house.own.registration.id}.{session_id}.": "late"}
    doors = sorted(addresses(app, "POST", house.values(house.own)), key=lambda door: door[0] in LAST)
    for endpoint, address in doors:
        if endpoint in PUBLIC or endpoint == "accounts.sign_out":
            continue
        status = pages.client.post(address, data=body | SAID.get(endpoint, {"format": "csv"})).status_code
        if role in ADMITTED[endpoint]:
            assert status < 500 and status not in {401, *REFUSED}, f"{role} is refused {address}: {status}"
        else:
            assert status in REFUSED, f"{role} gets {status} from {address}"


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods_do_nothing(app: Flask, pages: Pages, house: House, method: str) -> None:
    pages.sign_in(house.world.viewer)
    for _endpoint, address in addresses(app, "GET", house.values(house.own)):
        answer = pages.client.open(address, method=method, buffered=True)
        assert answer.status_code in {400, 403, 404, 405} or (method == "OPTIONS" and not answer.data), address
        assert not any(name in answer.get_data(as_text=True) for name in house.own.names)


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"])
def test_no_header_changes_method_or_address(pages: Pages, house: House, header: str) -> None:
    pages.sign_in(house.world.viewer)
    value = "POST" if "Method" in header else f"/desk/events/{house.own.registration.event.slug}"
    answer = pages.client.get("/desk/me", headers={header: value})
    assert answer.status_code == 200 and house.world.viewer.name in answer.get_data(as_text=True)
