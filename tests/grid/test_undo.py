"""Taking back a paste: it gives back what was there, and costs nobody their work."""

import re

import pytest
from django.urls import reverse

from apps.accounts.models import Role
from apps.grid.edits import Edit
from apps.indicators.models import IndicatorList
from apps.indicators.tables import ItemTable
from apps.workflow.models import AuditEntry
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.monitoring import LineFactory, ReportFactory
from tests.factories.people import OrganisationFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

BLOCK = "1.1.1\tа\tә\t1\t4,2\t90\tб\n9.9.9\tа\tжаңа\t1\t1\t2\tб\n9.9.8\tа\tтағы\t1\t1\t2\tб"


@pytest.fixture
def paper():
    return IndicatorListFactory()


@pytest.fixture
def item(paper):
    words = {"national_kk": "а", "regional_kk": "ә", "responsible_kk": "б"}
    return IndicatorListItemFactory(indicator_list=paper, code="1.1.1", **words)


@pytest.fixture
def staff(paper, client):
    user = person(Role.AKIMAT_STAFF, paper.organisation)
    client.force_login(user)
    return user


@pytest.fixture
def pasted(client, paper, item, staff):
    """The rows of a list into which a block was pasted: one cell changed, two rows new."""
    send(client, paper, {"text": BLOCK, "language": "kk", "confirm": "1"})
    rows = list(paper.items.all())
    assert [row.target for row in rows] == ["90", "2", "2"]
    return rows


def send(client, paper, given):
    """Post to the paper's paste page with the version that a page drawn now would send."""
    version = type(paper).objects.get(pk=paper.pk).version
    address = reverse(f"{paper._meta.app_label}:{paper._meta.model_name}_paste", args=[paper.pk])
    return client.post(address, {"version": str(version), **given})


def edit(paper, staff, key, **values):
    ItemTable(paper, staff).save({key: Edit(values)})


def note(client, paper) -> str:
    """What the page offers to undo: the form's tag, and its words."""
    found = re.search(r'<form class="note".*?</form>', client.get(paper.get_absolute_url()).text, re.DOTALL)
    return found[0] if found else ""


def said(client, paper) -> list[str]:
    return [str(message) for message in client.get(paper.get_absolute_url()).context["messages"]]


def test_paste_is_taken_back_whole(client, paper, item, pasted):
    assert 'id="undo"' in note(client, paper)
    send(client, paper, {"undo": "1"})
    assert list(paper.items.values_list("pk", "target")) == [(item.pk, "5,0")]
    assert said(client, paper) == ["Қойылғаны кері қайтарылды: ұяшықтар – 1, жолдар – 2."]
    assert note(client, paper) == ""


def test_row_that_was_filled_in_since_stays_and_is_counted(client, paper, item, staff, pasted):
    edit(paper, staff, pasted[1].pk, baseline="77")
    offered = note(client, paper)
    assert "ұяшықтар – 1, жолдар – 1." in offered
    assert 'id="undo"' not in offered
    send(client, paper, {"undo": "1"})
    assert list(paper.items.values_list("pk", "baseline")) == [(item.pk, "4,2"), (pasted[1].pk, "77")]
    assert "сол күйінде қалды: ұяшықтар – 0, жолдар – 1." in said(client, paper)[0]


def test_cell_that_was_touched_since_stays_and_is_counted(client, paper, item, staff, pasted):
    edit(paper, staff, item.pk, target="91")
    send(client, paper, {"undo": "1"})
    assert list(paper.items.values_list("pk", "target")) == [(item.pk, "91")]
    assert "сол күйінде қалды: ұяшықтар – 1, жолдар – 0." in said(client, paper)[0]


def test_row_that_was_entrusted_since_stays(client, paper, item, staff, pasted):
    department = OrganisationFactory(department=True, region=paper.region, parent=paper.organisation)
    ItemTable(paper, staff).entrust(pasted[1].pk, [department])
    send(client, paper, {"undo": "1"})
    assert [row.pk for row in paper.items.all()] == [item.pk, pasted[1].pk]


def test_paste_is_not_offered_where_nothing_of_it_is_left(client, paper, item, staff, pasted):
    for row in pasted:
        edit(paper, staff, row.pk, target="1000")
    assert note(client, paper) == ""


def test_key_pressed_on_a_page_of_before_takes_nothing_back(client, paper, staff, pasted):
    """The page offers the key, then a cell is saved by itself: Ctrl+Z is not about the paste now."""
    seen = IndicatorList.objects.get().version
    other = IndicatorListItemFactory(indicator_list=paper)
    edit(paper, staff, other.pk, target="6")
    send(client, paper, {"undo": "1", "version": str(seen)})
    assert paper.items.count() == 4
    [words] = said(client, paper)
    assert words == "Бет ашылғаннан бері құжат өзгерді. Енді нені кері қайтаруға болатынын қараңыз."
    send(client, paper, {"undo": "1"})
    assert paper.items.count() == 2


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 5000])
def test_undo_of_no_version_takes_nothing_back(client, paper, pasted, version):
    send(client, paper, {"undo": "1", "version": version})
    assert paper.items.count() == 3


def test_paste_of_a_list_that_was_sent_since_is_not_taken_back(client, paper, item, pasted):
    status_since = paper.status_since.replace(year=2030)
    IndicatorList.objects.filter(pk=paper.pk).update(status="returned", status_since=status_since)
    assert note(client, paper) == ""
    send(client, paper, {"undo": "1"})
    assert paper.items.count() == 3


def test_paste_into_one_paper_is_not_taken_back_in_another_with_its_key(client, paper, pasted):
    report = ReportFactory(pk=paper.pk, organisation=paper.organisation, status_since=paper.status_since)
    LineFactory(report=report, pk=pasted[0].pk)
    send(client, report, {"undo": "1"})
    assert paper.items.count() == 3
    assert report.lines.count() == 1
    assert not AuditEntry.objects.of(report).exists()


def test_paste_into_a_report_is_taken_back_too(client, paper, staff):
    report = ReportFactory(organisation=paper.organisation)
    line = LineFactory(report=report, position=1, name_kk="Бір")
    block = "Бір\t\t\t\t2026\t4,6\t9,9\nЕкі\tБ\tК\t%\t2026\t1\t2\nҮш\tБ\tК\t%\t2026\t1\t2"
    send(client, report, {"text": block, "language": "kk", "confirm": "1"})
    assert [one.fact for one in report.lines.all()] == ["9,9", "2", "2"]
    assert 'id="undo"' in note(client, report)
    kept = report.lines.last()
    kept.comment_kk, kept.version = "Түсіндірме", 2
    kept.save()
    send(client, report, {"undo": "1"})
    assert [(one.pk, one.position, one.fact) for one in report.lines.all()] == [
        (line.pk, 1, "4,7"),
        (kept.pk, 2, "2"),
    ]
    assert "жолдар – 1." in said(client, report)[0]
