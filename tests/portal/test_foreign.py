"""Every route, asked by the people of one region for what is another's: nothing is shown, nothing changes."""

import pytest
from django.core.cache import cache
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from apps.accounts.models import Role
from tests.factories.people import UserFactory, national
from tests.portal.foreign import CANARY, COMMON, HUGE, places_of, routes, state_of, world

pytestmark = pytest.mark.django_db
HIDDEN = {403, 404, 405}
VISITORS = ("staff", "approver", "department", "district", "secretary", "member")
# Plausible values for every form at once: what is refused must be refused for the right reason.
GIVEN = {
    "expected_version": "1",
    "version": "1",
    "comment": "х",
    "reason": "х",
    "kind": "must",
    "text": "х",
    "answer": "х",
    "name_kk": "х",
    "name_ru": "х",
    "act_kind": "order",
    "full_name": "х",
    "position_kk": "х",
    "category": "1",
    "capacity": "member",
    "starts_on": "01.01.2026",
    "outgoing_number": "1",
    "confirm": "1",
}


@pytest.fixture
def home(data_dir):
    return world("үй")


@pytest.fixture
def foreign(home):
    return world(CANARY)


def body_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def leads_to_sign_in(answer):
    return answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def asked(client, address):
    """The same address by each method of a browser; autosave speaks JSON."""
    yield "GET", client.get(address)
    if "/cells/" in address:
        yield "JSON", client.post(address, {"cells": []}, content_type="application/json")
    else:
        yield "POST", client.post(address, GIVEN)


def test_every_route_is_classified(home, foreign):
    known = {name for name, takes in routes() if takes}
    assert known == {*places_of(foreign), *COMMON}
    assert all(places_of(foreign).values())


@pytest.mark.parametrize("name", VISITORS)
def test_what_is_another_region_s_is_not_there(client, home, foreign, name):
    before = state_of(foreign)
    client.force_login(home.people[name])
    wrong = []
    for route, places in places_of(foreign).items():
        for place in places:
            address = reverse(route, kwargs=place)
            for method, answer in asked(client, address):
                if answer.status_code not in HIDDEN or CANARY in body_of(answer):
                    wrong.append((method, address, answer.status_code))
    assert wrong == []
    assert state_of(foreign) == before


def test_nobody_is_led_to_the_sign_in(client, home, foreign):
    before = state_of(foreign)
    wrong = []
    for route, places in places_of(foreign).items():
        for place in places[:1]:
            address = reverse(route, kwargs=place)
            for method, answer in asked(client, address):
                is_refused = leads_to_sign_in(answer) or answer.status_code in {*HIDDEN, 401}
                if not is_refused or CANARY in body_of(answer):
                    wrong.append((method, address, answer.status_code))
    assert wrong == []
    assert state_of(foreign) == before


@pytest.mark.parametrize("name", [*VISITORS, "without a role"])
def test_pages_of_one_s_own_show_nothing_of_another_region(client, home, foreign, name):
    cache.clear()
    client.force_login(home.people.get(name) or UserFactory())
    common = {**COMMON, "portal:region_detail": {"pk": foreign.group.region_id}}
    own = [reverse(route) for route, takes in routes() if not takes and route != "account_logout"]
    wrong = []
    for address in [*own, *(reverse(route, kwargs=place) for route, place in common.items())]:
        for method, answer in asked(client, f"{address}?q={CANARY[:6]}&group={foreign.group.pk}&year=2026"):
            # a search repeats the words that one has typed
            if answer.status_code >= 500 or CANARY in body_of(answer):
                wrong.append((method, address, answer.status_code))
    assert wrong == []


def test_the_addresses_are_right_and_the_canary_sings(client, home, foreign):
    """The control: those who may see the region find it at these very addresses."""
    singing = set()
    for name in ("staff", "secretary"):
        client.force_login(foreign.people[name])
        for route, places in places_of(foreign).items():
            for place in places:
                answer = client.get(reverse(route, kwargs=place))
                if answer.status_code == 200 and CANARY in body_of(answer):
                    singing.add(route)
    assert singing >= {
        "groups:workinggroup_detail",
        "groups:workinggroup_update",
        "groups:member_update",
        "indicators:indicatorlist_detail",
        "indicators:indicatorlistitem_update",
        "meetings:meeting_detail",
        "monitoring:monitoringreport_detail",
        "monitoring:monitoringreport_letters",
        "monitoring:reportline_update",
        "workflow:paper_history",
        "workflow:handover_edit",
        "workflow:remark_answer",
    }


@pytest.mark.parametrize("role", [Role.AUDITOR, None])
def test_number_that_no_row_can_have_is_not_found(client, foreign, role):
    client.force_login(national(role) if role else foreign.people["secretary"])
    wrong = []
    for route, places in places_of(foreign).items():
        for number in (HUGE, 2**63, 2**31):
            place = {name: number if isinstance(value, int) else value for name, value in places[0].items()}
            for method, answer in asked(client, reverse(route, kwargs=place)):
                if answer.status_code not in HIDDEN:
                    wrong.append((method, route, number, answer.status_code))
    for number in (HUGE, 0, 10000):
        assert client.get(reverse("portal:regions_csv", kwargs={"year": number})).status_code < 500
    assert wrong == []


def operators_pages():
    """Every route of the admin, its arguments filled in with anything."""
    admin = next(
        one for one in get_resolver().url_patterns[0].url_patterns if getattr(one, "namespace", "") == "admin"
    )
    names = {"app_label": "accounts", "content_type_id": 1, "url": "nothing"}
    for pattern in admin.url_patterns:
        for one in [pattern] if isinstance(pattern, URLPattern) else pattern.url_patterns:
            if one.name and one.name not in {"login", "logout"}:
                kwargs = {key: names.get(key, "1") for key in one.pattern.regex.groupindex}
                yield reverse(f"admin:{one.name}", kwargs=kwargs)


def test_operators_pages_open_to_no_one_else(client, home):
    for name in VISITORS:
        client.force_login(home.people[name])
        pages = list(operators_pages())
        for page in pages:
            for answer in (client.get(page), client.post(page, GIVEN)):
                led_away = answer.status_code == 302 and "/admin/login/" in answer["Location"]
                assert led_away or answer.status_code in HIDDEN, (name, page, answer.status_code)
    assert len(pages) > 60
