"""What pages send: the whole form without scripts, single cells with them."""

import json

import pytest
from django.http import QueryDict
from django.urls import reverse

from apps.accounts.models import Role
from apps.grid.edits import Edit
from apps.grid.views import edits_of_cells, edits_of_form
from apps.indicators.models import IndicatorList
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def item():
    return IndicatorListItemFactory()


@pytest.fixture
def staff(client, item):
    user = person(Role.AKIMAT_STAFF, item.indicator_list.organisation)
    client.force_login(user)
    return user


def send(client, item, *cells, **body):
    url = reverse("indicators:indicatorlist_cells", args=[item.indicator_list_id])
    return client.post(url, json.dumps({"cells": cells, **body}), content_type="application/json")


def cell(item, field, value, was):
    return {"line": item.pk, "field": field, "value": value, "was": was}


def test_form_is_read_with_versions_choices_and_what_is_left():
    data = QueryDict(
        "line-7-version=3&line-7-target=1.234,5&line-7-code=1.2.1&line-8-target=9&line-8-version=x"
        "&csrfmiddlewaretoken=t&line-x-code=1&choose=line-7-target=1,2345&leave=line-7-code"
    )
    assert edits_of_form(data) == {
        7: Edit({"target": "1,2345"}, version=3),
        8: Edit({"target": "9"}, version=0),
    }


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"cells": {}},
        {"cells": [1]},
        {"cells": [{"line": "7", "field": "code", "value": "1", "was": ""}]},
        {"cells": [{"line": 10**30, "field": "code", "value": "1", "was": ""}]},
        {"cells": [{"line": -7, "field": "code", "value": "1", "was": ""}]},
        {"cells": [{"line": 7, "field": "code", "value": None, "was": ""}]},
        {"cells": [{"line": 7}] * 5001},
    ],
)
def test_cells_of_another_shape_are_not_understood(body):
    with pytest.raises(ValueError):
        edits_of_cells(body)


def test_saved_cell_comes_back_as_people_read_it(client, staff, item):
    answer = send(client, item, cell(item, "baseline", "2512.4", "4,2"), user=str(staff.pk))
    assert answer.status_code == 200
    body = answer.json()
    assert body["cells"] == [{"line": item.pk, "field": "baseline", "state": "saved", "value": "2\xa0512,4"}]
    assert body["rows"][str(item.pk)]["version"] == 2
    assert f'id="line-{item.pk}"' in body["rows"][str(item.pk)]["html"]


def test_refused_and_conflicting_cells_say_what_to_do(client, staff, item):
    answer = send(
        client,
        item,
        cell(item, "baseline", "1.234,5", "4,2"),
        cell(item, "target", "9", "7"),
        cell(item, "code", "9.9.9", item.code),
    ).json()
    by_field = {one["field"]: one for one in answer["cells"]}
    assert by_field["baseline"]["state"] == "refused"
    assert by_field["baseline"]["choices"] == ["1\xa0234,5", "1,2345"]
    assert (by_field["target"]["state"], by_field["target"]["theirs"]) == ("conflict", "5,0")
    assert by_field["code"]["state"] == "saved"


def test_field_that_is_no_more_is_refused_so_that_the_browser_forgets_it(client, staff, item):
    answer = send(
        client, item, cell(item, "indicator_list", "1", ""), cell(item, "target", "9", "5,0")
    ).json()
    by_field = {one["field"]: one["state"] for one in answer["cells"]}
    assert by_field == {"indicator_list": "refused", "target": "saved"}


def test_field_that_is_no_more_does_not_break_the_page(client, staff, item):
    sent = {f"line-{item.pk}-{name}": "x" for name in ("key", "warnings", "refusals", "number")}
    page = client.post(item.indicator_list.get_absolute_url(), sent)
    assert page.status_code == 422
    assert f'id="line-{item.pk}-target"' in page.text


@pytest.mark.parametrize("value", ["a\x00b", "<b>ә</b>", "ә" * 2000, '"; DROP TABLE', "=1+1"])
def test_hostile_text_is_stored_as_text(client, staff, item, value):
    assert send(client, item, cell(item, "regional_kk", value, item.regional_kk)).status_code == 200
    item.refresh_from_db()
    assert item.regional_kk == value.replace("\x00", "")
    page = client.get(item.indicator_list.get_absolute_url())
    assert b"<b>\xd3\x99</b>" not in page.content


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"cells": 1}', "\x00", "[" * 100_000])
def test_malformed_body_is_400(client, staff, item, body):
    url = reverse("indicators:indicatorlist_cells", args=[item.indicator_list_id])
    assert client.post(url, body, content_type="application/json").status_code == 400


def test_nobody_and_another_person_get_401(client, item):
    assert send(client, item).status_code == 401
    user = person(Role.AKIMAT_STAFF, item.indicator_list.organisation)
    client.force_login(user)
    assert send(client, item, cell(item, "target", "9", "5,0"), user=str(user.pk + 1)).status_code == 401
    item.refresh_from_db()
    assert item.target == "5,0"


def test_sent_list_is_423_and_foreign_list_404(client, staff, item):
    IndicatorList.objects.filter(pk=item.indicator_list_id).update(status="sent")
    assert send(client, item, cell(item, "target", "9", "5,0")).status_code == 423
    foreign = IndicatorListItemFactory(indicator_list=IndicatorListFactory())
    assert send(client, foreign, cell(foreign, "target", "9", "5,0")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_autosave_costs_the_same_whatever_the_rows(client, staff, item, django_assert_num_queries, rows):
    items = [item, *IndicatorListItemFactory.create_batch(rows - 1, indicator_list=item.indicator_list)]
    send(client, item, cell(item, "unit_kk", "%", item.unit_kk))
    # Session, person, roles, the list; the save of test_tables and the seat of the entry of history; then
    # what only the whole list says of a row, and remarks.
    with django_assert_num_queries(15):
        send(client, item, *(cell(one, "code", "1.1.1", one.code) for one in items))
