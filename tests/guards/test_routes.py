"""What holds for every route, also for the one added tomorrow."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.pages import Pages
from tests.world import World
from trainreg.app import create_app
from trainreg.web.access import rule_of

pytestmark = pytest.mark.slow

PUBLIC = {
    "static",
    "accounts.sign_in",
    "accounts.sign_in_now",
    "assessment.answer_question",
    "assessment.hand_in_evaluation",
    "assessment.hand_in_test",
    "assessment.own_evaluation",
    "assessment.own_question",
    "assessment.own_start",
    "assessment.own_test",
    "certificates.check_file",
    "certificates.file_form",
    "certificates.find",
    "certificates.find_form",
    "certificates.offline",
    "certificates.offline_file",
    "certificates.offline_worker",
    "certificates.own_ask_renewal",
    "certificates.own_file",
    "certificates.own_renewal",
    "certificates.scan",
    "certificates.verify",
    "certificates.verify_form",
    "checkin.manifest",
    "checkin.worker",
    "credentials.achievement",
    "credentials.achievement_picture",
    "credentials.badge_png",
    "credentials.badge_svg",
    "credentials.credential",
    "credentials.did_document",
    "credentials.issuer",
    "credentials.key_set",
    "credentials.status",
    "events.calendar_file",
    "events.feed",
    "events.public_list",
    "home.healthz",
    "home.index",
    "me.accept",
    "me.ask_for_link",
    "me.asked",
    "me.calendar_file",
    "me.cancel",
    "me.cancel_page",
    "me.certificate_file",
    "me.change",
    "me.change_consent",
    "me.change_page",
    "me.confirm_own_names",
    "me.consents",
    "me.correct_data",
    "me.data",
    "me.erase_now",
    "me.erase_page",
    "me.erased",
    "me.export_data",
    "me.here",
    "me.here_form",
    "me.here_typed",
    "me.here_with_code",
    "me.leave",
    "me.link",
    "me.names",
    "me.new_address",
    "me.own_page",
    "me.pass_png",
    "me.pass_svg",
    "me.press",
    "me.registration",
    "me.say_here",
    "me.show_pass",
    "me.take_transcript",
    "me.transcript",
    "registration.answer_nomination",
    "registration.answer_nomination_page",
    "registration.invitation_link",
    "registration.public_event",
    "registration.received",
    "registration.register",
    "registration.register_now",
}


def _rules(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and method in (rule.methods or set()):
            yield rule


def _example(rule: Rule, world: World) -> str:
    """An address of this route: real values where the world has them."""
    values = {"slug": world.event.slug, "code": world.project.code}

    def value(found: re.Match[str]) -> str:
        converter, name = found.group(1), found.group(2)
        return values.get(name, "1" if converter else "nothing")

    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", value, rule.rule)


def test_every_route_has_exactly_one_access_rule(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule_of(app, rule.endpoint) is not None, f"{rule.endpoint} has no access rule"


def test_an_application_with_a_forgotten_rule_does_not_start(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainreg.web.access._RULES", {})
    with pytest.raises(RuntimeError, match="without an access rule"):
        create_app(app.extensions["settings"], TESTING=True)


def test_what_is_public_is_on_one_list(app: Flask) -> None:
    found = {
        rule.endpoint for rule in app.url_map.iter_rules() if (kept := rule_of(app, rule.endpoint)) and kept.is_public
    }
    assert found == PUBLIC


def test_a_stranger_gets_no_staff_page(app: Flask, pages: Pages, world: World) -> None:
    for rule in _rules(app, "GET"):
        if rule.endpoint not in PUBLIC:
            page = pages.get(_example(rule, world))
            assert page.status == 303 and page.location.startswith("/login"), rule.rule


def test_a_stranger_changes_nothing(app: Flask, pages: Pages, world: World) -> None:
    for rule in _rules(app, "POST"):
        if rule.endpoint not in PUBLIC:
            assert pages.post(_example(rule, world)).status == 401, rule.rule


def test_no_post_is_accepted_without_its_token(app: Flask, pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    for rule in _rules(app, "POST"):
        assert pages.post(_example(rule, world), token="forged").status in {400, 401, 403, 404}, rule.rule


def test_no_page_breaks_for_the_administrator(app: Flask, pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    for rule in _rules(app, "GET"):
        page = pages.get(_example(rule, world))
        assert page.status < 500, rule.rule


def test_an_organizer_of_another_project_finds_nothing(app: Flask, pages: Pages, world: World) -> None:
    pages.sign_in(world.other_organizer)
    for rule in _rules(app, "GET"):
        if rule.endpoint not in PUBLIC and re.search(r"<(?:slug|code)>", rule.rule):
            assert pages.get(_example(rule, world)).status in {403, 404}, rule.rule


def test_a_post_with_an_empty_form_is_never_a_500(app: Flask, pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    for rule in _rules(app, "POST"):
        if rule.endpoint == "accounts.sign_out":
            continue
        page = pages.post(_example(rule, world))
        assert page.status < 500, rule.rule


@pytest.mark.parametrize(
    "query", ["page=-1", "page=99999999999", "page=%00", "q=%F0%28%8C%BC", "lang=xx", "status=%27"]
)
def test_no_address_breaks_a_list(app: Flask, pages: Pages, world: World, query: str) -> None:
    pages.sign_in(world.administrator)
    for rule in _rules(app, "GET"):
        assert pages.get(f"{_example(rule, world)}?{query}").status < 500, f"{rule.rule}?{query}"
