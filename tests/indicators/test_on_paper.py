"""A list that was approved on paper: seen, entered and put in force at once, its texts completed later."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.attachments.models import Attachment
from apps.documents.models import IssuedDocument
from apps.indicators.models import IndicatorList
from apps.workflow.models import AuditEntry, HandOver
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.indicators.test_pages import BLOCK, url

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.embedded,
    pytest.mark.usefixtures("november"),
]

SCAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
KAZAKH = (
    "1.\t1.2.1\tХалықтың үлесі\tОблыс халқының үлесі\t1\t4,2\t5\tЖұмыспен қамту басқармасы\n"
    "2.\t\t\tТағы бір үлес\t2\t1\t5\t\n"
)
HERE = "/ru/lists/on-paper/"


@pytest.fixture
def november():
    with time_machine.travel("2026-11-20T09:00:00+05:00"):
        yield


@pytest.fixture
def staff(client, people):
    client.force_login(people["staff"])
    return people["staff"]


@pytest.fixture
def given(akimat):
    return {
        "organisation": akimat.pk,
        "year": "2026",
        "rows": BLOCK,
        "act_kind": "resolution",
        "outgoing_number": "17-1/12",
        "outgoing_date": "12.06.2026",
        "reason": "Сканер сломан",
    }


def scan():
    return SimpleUploadedFile("act.pdf", SCAN, "application/pdf")


def test_list_approved_on_paper_is_entered_whole(client, given, staff, data_dir):
    shown = client.post(HERE, given | {"preview": "1"})
    assert shown.status_code == 200
    assert not IndicatorList.objects.exists()
    answer = client.post(HERE, given | {"scan": scan()})
    paper = IndicatorList.objects.get()
    assert answer["Location"] == f"/ru/lists/{paper.pk}/"
    assert (paper.status, paper.is_retrospective, paper.act_number) == ("published", True, "17-1/12")
    assert f"{paper.published_on}" == "2026-06-12"
    assert [item.regional_ru for item in paper.items.all()] == ["Доля населения области", "Еще одна доля"]
    page = client.get(answer["Location"]).content.decode()
    assert "внесено ретроспективно" in page
    assert "act.pdf" in page


def test_scan_is_asked_for_when_the_rows_have_been_seen(client, given, staff):
    """A browser forgets a chosen file with every page: it is chosen on the last one."""
    assert 'type="file"' not in client.get(HERE).content.decode()
    assert 'type="file"' in client.post(HERE, given | {"preview": "1"}).content.decode()
    refused = client.post(HERE, given | {"scan": SimpleUploadedFile("act.pdf", b"no pdf")})
    assert refused.status_code == 422
    assert 'type="file"' in refused.content.decode()


def test_list_without_its_scan_says_why(client, given, staff):
    refused = client.post(HERE, given | {"reason": "  "})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"scan"}
    assert not IndicatorList.objects.exists()
    client.post(HERE, given)
    [mark] = IndicatorList.objects.get().marks
    assert (mark["code"], mark["reason"]) == ("retrospective", "Сканер сломан")


@pytest.mark.parametrize("wrong", [{"rows": ""}, {"outgoing_date": ""}, {"rows": "1.2.1\tа\tә\t7"}])
def test_list_on_paper_that_lacks_something_is_asked_for(client, given, staff, wrong):
    assert client.post(HERE, given | wrong).status_code == 422
    assert not IndicatorList.objects.exists()


def test_preview_says_where_the_list_falls_in_the_line(client, akimat, given, staff):
    IndicatorListFactory(organisation=akimat, published=True, year=2026, published_on="2026-01-10")
    old = given | {"year": "2024", "outgoing_date": "20.12.2023", "preview": "1"}
    text = client.post(HERE, old).content.decode()
    assert "с 1 января 2024 года, последний день – 9 января 2026 года; отчетные годы: 2024–2025" in text


@pytest.mark.parametrize("state", ["draft", "sent", "returned", "agreed", "approved"])
def test_list_of_another_year_under_way_stops_nothing(client, akimat, given, staff, state):
    """The paper list was approved long ago; what is drawn up meanwhile is another matter."""
    traits = {} if state == "draft" else {state: True}
    under_way = IndicatorListFactory(organisation=akimat, **traits)
    IndicatorListFactory(organisation=akimat, published=True, year=2026, published_on="2026-01-10")
    assert client.get(HERE).status_code == 200
    answer = client.post(HERE, given | {"year": "2025", "outgoing_date": "01.02.2025"})
    assert answer.status_code == 302
    entered = IndicatorList.objects.get(year=2025)
    assert (entered.status, f"{entered.superseded_on}") == ("superseded", "2026-01-10")
    under_way.refresh_from_db()
    assert under_way.status == state
    assert list(IndicatorList.objects.under_way()) == [under_way]


def test_way_to_the_entry_is_there_while_a_list_is_under_way(client, akimat, staff):
    IndicatorListFactory(organisation=akimat)
    assert url("indicatorlist_on_paper") in client.get(url("indicatorlist_list")).content.decode()


def test_empty_cells_of_a_paper_list_may_stay_empty(client, given, staff):
    client.post(HERE, given | {"left_empty": "2"})
    assert [item.code for item in IndicatorList.objects.get().items.all()] == ["1.2.1", ""]


def test_heading_says_once_that_the_list_came_from_paper(client, given, staff):
    client.post(HERE, given)
    page = client.get(f"/ru/lists/{IndicatorList.objects.get().pk}/").content.decode()
    heading = page.partition('class="heading"')[2].partition("</header>")[0]
    assert heading.count("внесено ретроспективно") == 1


def test_number_of_an_act_is_free_for_a_letter(client, given, staff):
    client.post(HERE, given)
    entered = IndicatorList.objects.get()
    act, letter = entered.issuer_of("register_on_paper"), entered.issuer_of("send")
    assert HandOver.objects.numbered("17-1/12", issuer=act, year=2026).exists()
    assert not HandOver.objects.numbered("17-1/12", issuer=letter, year=2026).exists()


# Languages


def test_language_of_the_block_is_chosen_and_not_that_of_the_page(client, given, staff):
    client.post(HERE, given | {"rows": KAZAKH, "language": "kk"})
    item = IndicatorList.objects.get().items.first()
    assert (item.regional_kk, item.regional_ru) == ("Облыс халқының үлесі", "")


def test_both_languages_are_entered_at_once(client, given, staff):
    client.post(HERE, given | {"language": "ru", "rows_other": KAZAKH})
    first, second = IndicatorList.objects.get().items.all()
    assert (first.regional_ru, first.regional_kk) == ("Доля населения области", "Облыс халқының үлесі")
    assert (first.target, second.baseline) == (
        "не менее 90",
        "1 234,5",
    )  # values are those of the first block
    assert (second.regional_ru, second.regional_kk) == ("Еще одна доля", "Тағы бір үлес")


def test_blocks_of_different_length_are_refused(client, given, staff):
    refused = client.post(HERE, given | {"language": "ru", "rows_other": KAZAKH.splitlines()[0]})
    assert refused.status_code == 422
    assert "разное число строк" in refused.content.decode()
    assert not IndicatorList.objects.exists()


@pytest.fixture
def entered(client, given, staff):
    client.post(HERE, given | {"language": "ru"})
    return IndicatorList.objects.get()


def test_missing_texts_are_added_and_the_paper_is_issued_anew(client, entered, staff):
    address = url("indicatorlist_translation", entered.pk)
    assert address in client.get(entered.get_absolute_url()).content.decode()
    item = entered.items.first()
    name = f"line-{item.pk}"
    typed = {
        f"{name}-version": str(item.version),
        f"{name}-regional_kk": "Облыс халқының үлесі",
        f"{name}-regional_ru": "Другое",
        f"{name}-target": "9",
    }
    assert client.post(address, typed).status_code == 302
    item.refresh_from_db()
    assert (item.regional_kk, item.regional_ru, item.target) == (
        "Облыс халқының үлесі",
        "Доля населения области",
        "не менее 90",
    )
    newest, first = IssuedDocument.objects.of(entered)
    entry = AuditEntry.objects.of(entered).latest("pk")
    assert (entry.action, entry.changes) == (
        "translated",
        {
            f"line:{item.pk}": {"regional_kk": ["", "Облыс халқының үлесі"]},
            "issued": {"list": newest.sha256},
        },
    )
    assert len(newest.snapshot["missing"]["kk"]) == len(first.snapshot["missing"]["kk"]) - 1


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("staff", 200),
        ("approver", 404),
        ("department", 404),
        ("reviewer", 404),
        ("secretary", 404),
        ("auditor", 404),
        ("stranger_staff", 404),
    ],
)
def test_who_may_add_missing_texts(client, entered, people, name, status):
    client.force_login(people[name])
    assert client.get(url("indicatorlist_translation", entered.pk)).status_code == status


@pytest.mark.parametrize("state", ["draft", "sent", "approved", "published", "superseded"])
def test_texts_of_a_list_that_did_not_come_from_paper_are_not_added(client, akimat, staff, state):
    paper = IndicatorListFactory(organisation=akimat, **({} if state == "draft" else {state: True}))
    IndicatorListItemFactory(indicator_list=paper, regional_kk="")
    address = url("indicatorlist_translation", paper.pk)
    assert (client.get(address).status_code, client.post(address, {}).status_code) == (404, 404)


# What its page says


def test_stamps_of_a_list_from_paper_await_nothing(client, entered, staff):
    page = client.get(entered.get_absolute_url())
    assert [stamp.is_awaited for stamp in page.context["stamps"]] == [False, False, False]
    assert not Attachment.objects.exists()
