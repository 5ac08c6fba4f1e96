"""Dates as people write them, exactly."""

import datetime

import pytest
from django.utils import formats, timezone, translation

from apps.ui import dates

pytestmark = pytest.mark.embedded
DAY = datetime.date(2027, 1, 15)


def test_date_long_is_of_the_screen():
    assert dates.date_long(datetime.date(2026, 1, 15), "ru") == "15 января 2026 г."
    assert dates.date_long(datetime.date(2026, 1, 15), "kk") == "2026 ж. 15 қаңтар"


@pytest.mark.parametrize(
    ("day", "near", "due"),
    [
        (DAY, ("15 қаң.", "15 янв."), ("15 қаң., жм", "15 янв., пт")),
        (
            datetime.date(2026, 1, 15),
            ("2026 ж. 15 қаң.", "15 янв. 2026"),
            ("2026 ж. 15 қаң.", "15 янв. 2026"),
        ),
    ],
)
def test_date_of_another_year_bears_its_year(day, near, due):
    today = datetime.date(2027, 3, 1)
    assert tuple(dates.date_near(day, today, language) for language in ("kk", "ru")) == near
    assert tuple(dates.due_near(day, today, language) for language in ("kk", "ru")) == due


def test_date_paper_is_of_papers_and_letters():
    assert dates.date_paper(DAY, "kk") == "2027 жылғы 15 қаңтар"
    assert dates.date_paper(DAY, "ru") == "15 января 2027 года"


def test_dated_paper_names_number_and_date_in_the_order_of_its_language():
    day = datetime.date(2026, 12, 18)
    assert dates.dated_paper("хаттама", 4, day, "kk") == "2026 жылғы 18 желтоқсандағы №\xa04 хаттама"
    assert dates.dated_paper("протокол", 4, day, "ru") == "протокол №\xa04 от 18 декабря 2026 года"


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        ("әкімдіктің қаулысы", "kk", "әкімдіктің 2026 жылғы 23 қазандағы №\xa0212 қаулысы"),
        ("бұйрық", "kk", "2026 жылғы 23 қазандағы №\xa0212 бұйрық"),
        ("постановление акимата", "ru", "постановление акимата от 23 октября 2026 года №\xa0212"),
    ],
)
def test_dated_act_is_cited_as_the_law_cites_it(words, language, said):
    assert dates.dated_act(words, 212, datetime.date(2026, 10, 23), language) == said


def test_what_is_held_on_a_day_does_not_bear_its_date():
    assert dates.date_held(datetime.date(2027, 1, 20), "kk") == "2027 жылғы 20 қаңтардағы"
    assert dates.date_held(datetime.date(2027, 1, 20), "ru") == "20 января 2027 года"


def test_date_since_says_so_only_before_the_second():
    assert dates.date_since(datetime.date(2026, 4, 2), "ru") == "со 2 апреля 2026 года"
    assert dates.date_since(datetime.date(2026, 4, 22), "ru") == "с 22 апреля 2026 года"
    assert dates.date_since(datetime.date(2026, 4, 2), "kk") == "2026 жылғы 2 сәуірден"


@pytest.mark.parametrize(
    ("month", "kazakh", "russian"),
    [
        (1, "15 қаң.", "15 янв."),
        (2, "15 ақп.", "15 февр."),
        (3, "15 нау.", "15 марта"),
        (6, "15 мау.", "15 июня"),
        (12, "15 жел.", "15 дек."),
    ],
)
def test_date_short_is_of_narrow_places(month, kazakh, russian):
    assert dates.date_short(datetime.date(2027, month, 15), "kk") == kazakh
    assert dates.date_short(datetime.date(2027, month, 15), "ru") == russian


def test_weekday_follows_the_language():
    assert (dates.weekday(DAY, "kk"), dates.weekday(DAY, "ru")) == ("жұма", "пятница")
    assert (dates.weekday_short(DAY, "kk"), dates.weekday_short(DAY, "ru")) == ("жм", "пт")


def test_moment_is_a_day_of_almaty():
    moment = datetime.datetime(2027, 1, 15, 18, 59, 59, tzinfo=datetime.UTC)
    assert dates.date_digits(moment) == "15.01.2027"
    assert dates.date_digits(moment + datetime.timedelta(seconds=1)) == "16.01.2027"
    assert dates.moment_long(moment, "ru") == "15 января 2027 г., 23:59"
    assert timezone.get_current_timezone_name() == "Asia/Almaty"


@pytest.mark.parametrize(
    ("days", "kazakh", "russian"),
    [
        (0, "бүгін", "сегодня"),
        (1, "ертең", "завтра"),
        (2, "2 күн қалды", "через 2 дня"),
        (5, "5 күн қалды", "через 5 дней"),
        (11, "11 күн қалды", "через 11 дней"),
        (21, "21 күн қалды", "через 21 день"),
        (22, "22 күн қалды", "через 22 дня"),
        (25, "25 күн қалды", "через 25 дней"),
        (101, "101 күн қалды", "через 101 день"),
        (-1, "кеше", "вчера"),
        (-2, "2 күн бұрын", "2 дня назад"),
        (-21, "21 күн бұрын", "21 день назад"),
        (-101, "101 күн бұрын", "101 день назад"),
    ],
)
def test_day_distance_bends_with_the_number(days, kazakh, russian):
    day = DAY + datetime.timedelta(days=days)
    assert dates.day_distance(day, DAY, "kk") == kazakh
    assert dates.day_distance(day, DAY, "ru") == russian


@pytest.mark.parametrize(
    ("days", "kazakh", "russian"),
    [
        (0, "мерзімі – бүгін", "срок – сегодня"),
        (1, "мерзімі – ертең", "срок – завтра"),
        (2, "2 күн қалды", "осталось 2 дня"),
        (5, "5 күн қалды", "осталось 5 дней"),
        (11, "11 күн қалды", "осталось 11 дней"),
        (21, "21 күн қалды", "остался 21 день"),
        (22, "22 күн қалды", "осталось 22 дня"),
        (25, "25 күн қалды", "осталось 25 дней"),
        (101, "101 күн қалды", "остался 101 день"),
        (-1, "мерзімі 1 күн бұрын өтті", "просрочено на 1 день"),
        (-6, "мерзімі 6 күн бұрын өтті", "просрочено на 6 дней"),
    ],
)
def test_days_left_speaks_of_a_due_date(days, kazakh, russian):
    due = DAY + datetime.timedelta(days=days)
    assert dates.days_left(due, DAY, "kk") == kazakh
    assert dates.days_left(due, DAY, "ru") == russian


def test_language_of_the_page_is_the_default():
    with translation.override("ru"):
        assert dates.date_day(DAY) == "15 января"
    with translation.override("kk"):
        assert dates.date_day(DAY) == "15 қаңтар"


def test_formats_of_both_languages_read_what_people_type():
    for language in ("kk", "ru"):
        with translation.override(language):
            assert formats.date_format(DAY, "SHORT_DATE_FORMAT") == "15.01.2027"
            assert formats.localize_input(DAY) == "15.01.2027"
            assert formats.sanitize_separators("2512,4") == "2512.4"
