"""Search over papers and their rows, within what the person may see."""

import pytest

from apps.accounts.models import Role, User
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.meetings.models import Meeting
from apps.portal.finding import find
from apps.workflow.models import HandOver
from tests.factories.indicators import IndicatorListFactory
from tests.factories.meetings import MeetingFactory, MemberFactory, WorkingGroupFactory
from tests.factories.monitoring import ReportFactory
from tests.factories.people import OrganisationFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def row_of(akimat, words):
    paper = IndicatorList.objects.create(region=akimat.region, organisation=akimat, year=2026)
    return IndicatorListItem.objects.create(
        indicator_list=paper,
        position=1,
        code="3.1.1",
        regional_kk=words,
        regional_ru="Коэффициент материнской смертности",
    )


@pytest.fixture
def akimat():
    return OrganisationFactory()


@pytest.mark.parametrize(
    "words", ["ӨҢІРЛЕРДЕГІ ана", "өңірлердегі", "онирлердеги АНА", "Материнской", "3.1.1"]
)
def test_find_folds_letters_of_both_languages(akimat, words):
    row_of(akimat, "Өңірлердегі ана өлім-жітімі")
    (hits,) = find(person(Role.AKIMAT_STAFF, akimat), words)
    assert [hit.words for hit in hits.rows] == ["3.1.1 Өңірлердегі ана өлім-жітімі"]


@pytest.mark.parametrize("words", ["балық", "ана балық", "%", "_", "'; DROP TABLE"])
def test_find_says_nothing_where_a_word_is_absent(akimat, words):
    row_of(akimat, "Өңірлердегі ана өлім-жітімі")
    assert find(person(Role.AKIMAT_STAFF, akimat), words) == []


def test_find_never_shows_a_foreign_region(akimat):
    row_of(akimat, "Өңірлердегі ана өлім-жітімі")
    assert find(person(Role.AKIMAT_STAFF, OrganisationFactory()), "ана өлім") == []


# Papers, letters, people


@pytest.fixture
def world(akimat):
    """A region with a list and a report that letters went with, three meetings, a member."""
    group = WorkingGroupFactory(organisation=akimat)
    listed = IndicatorListFactory(organisation=akimat, sent=True, year=2027)
    report = ReportFactory(organisation=akimat, year=2026, submitted=True)
    user = person(Role.AKIMAT_STAFF, akimat)
    for paper, out, into in ((listed, "01-5/77", "12-3/999"), (report, "9-1/5", "")):
        HandOver.objects.create(
            paper=paper, transition="send", outgoing_number=out, incoming_number=into, entered_by=user
        )
    for number, held_on in (("4", "2026-12-18"), ("14", "2026-11-04"), ("", "2027-03-02")):
        MeetingFactory(group=group, held_on=held_on, protocol__number=number, protocol__dated=held_on)
    MemberFactory(group=group, full_name="Ж. Бекмағамбетов")
    return {"akimat": akimat, "group": group, "list": listed, "report": report, "user": user}


def urls(user, words):
    return [hit.url for hits in find(user, words) for hit in hits.rows]


def meeting_of(number):
    return Meeting.objects.get(protocol__number=number).get_absolute_url()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("перечень 2027", "list"),
        ("2027 жылға арналған тізбе", "list"),
        ("01-5/77", "list"),
        ("исх. 01-5/77", "list"),
        ("12-3/999", "list"),
        ("отчет 2026", "report"),
        ("2026 жылғы есеп", "report"),
        ("9-1/5", "report"),
        ("бекмагамбетов", "group"),
    ],
)
def test_find_papers_letters_and_people(world, words, name):
    assert urls(world["user"], words) == [world[name].get_absolute_url()]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("протокол № 4", ["4", "14"]),
        ("№ 4 хаттама", ["4", "14"]),
        ("18.12.2026", ["4"]),
        ("18 декабря 2026", ["4"]),
        ("отырыс 2026", ["4", "14"]),
        ("заседание ноябрь 2026", ["14"]),
        ("хаттама", ["4", "14"]),
    ],
)
def test_find_meetings_by_number_and_day_the_exact_number_first(world, words, numbers):
    assert urls(world["user"], words) == [meeting_of(number) for number in numbers]


@pytest.mark.parametrize("words", ["перечень 2025", "отчет 2027", "01-5/78", "хаттама 2025", "01.01.2026"])
def test_find_no_paper_where_there_is_none(world, words):
    assert urls(world["user"], words) == []


@pytest.mark.parametrize(
    "words", ["перечень 2027", "01-5/77", "9-1/5", "отчет 2026", "протокол № 4", "бекмагамбетов"]
)
def test_find_no_paper_of_a_foreign_region(world, words):
    assert urls(person(Role.AKIMAT_STAFF, OrganisationFactory()), words) == []


def test_find_says_by_which_letter(world):
    (hits,) = find(world["user"], "12-3/999")
    assert "№\xa001-5/77 · №\xa012-3/999" in hits.rows[0].place


@pytest.mark.parametrize("rows", [1, 3])
def test_find_costs_the_same_whatever_it_finds(world, django_assert_num_queries, rows):
    for year in range(2030, 2030 + rows):
        IndicatorListFactory(organisation=world["akimat"], superseded=True, year=year)
        MeetingFactory(group=world["group"], held_on=f"{year}-02-02", protocol__number="7")
    find(world["user"], "7")
    user = User.objects.get(pk=world["user"].pk)
    with django_assert_num_queries(10):
        find(user, "тізбе хаттама есеп")
    user = User.objects.get(pk=world["user"].pk)
    with django_assert_num_queries(10):
        find(user, "7")


# Words like those that were typed


def test_words_without_their_endings_are_found_where_the_words_are_not(akimat, client):
    row_of(akimat, "Облыс халқының үлесі")
    client.force_login(person(Role.AKIMAT_STAFF, akimat))
    answer = client.get("/ru/search/", {"q": "коэффициенты материнская"}, follow=True)
    assert "alike=1" in answer.redirect_chain[0][0]
    text = answer.content.decode()
    assert "ничего не найдено. Показаны строки с похожими словами: «коэффициен материнск…»" in text
    assert "3.1.1" in text


@pytest.mark.parametrize("words", ["ана", "балықтар", "Материнской"])
def test_words_that_are_found_or_short_are_left_as_they_are(akimat, client, words):
    row_of(akimat, "Ана")
    client.force_login(person(Role.AKIMAT_STAFF, akimat))
    answer = client.get("/ru/search/", {"q": words}, follow=True)
    assert "похожими" not in answer.content.decode()
