"""Dates as people write them in Kazakh and in Russian, on screens, in papers and in letters.

Every function takes the language, since a letter speaks its recipient's language and a paper both;
without it, the language of the page is meant. Moments become days of Asia/Almaty.
"""

import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, override

from .numerals import numero


class Month(NamedTuple):
    """The forms of a month's name: «қаңтар», «қаңтардағы», «қаңтардан», «қаң.»."""

    kk: str
    kk_locative: str
    kk_ablative: str
    kk_short: str
    ru: str
    ru_short: str


MONTHS = (
    Month("қаңтар", "қаңтардағы", "қаңтардан", "қаң.", "января", "янв."),
    Month("ақпан", "ақпандағы", "ақпаннан", "ақп.", "февраля", "февр."),
    Month("наурыз", "наурыздағы", "наурыздан", "нау.", "марта", "марта"),
    Month("сәуір", "сәуірдегі", "сәуірден", "сәу.", "апреля", "апр."),
    Month("мамыр", "мамырдағы", "мамырдан", "мам.", "мая", "мая"),
    Month("маусым", "маусымдағы", "маусымнан", "мау.", "июня", "июня"),
    Month("шілде", "шілдедегі", "шілдеден", "шіл.", "июля", "июля"),
    Month("тамыз", "тамыздағы", "тамыздан", "там.", "августа", "авг."),
    Month("қыркүйек", "қыркүйектегі", "қыркүйектен", "қыр.", "сентября", "сент."),
    Month("қазан", "қазандағы", "қазаннан", "қаз.", "октября", "окт."),
    Month("қараша", "қарашадағы", "қарашадан", "қар.", "ноября", "нояб."),
    Month("желтоқсан", "желтоқсандағы", "желтоқсаннан", "жел.", "декабря", "дек."),
)
WEEKDAYS = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}
WEEKDAYS_SHORT = {
    "kk": ("дс", "сс", "ср", "бс", "жм", "сб", "жс"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
}

SO = {2}  # «со второго», and only there

type Day = datetime.date | datetime.datetime


def spoken(language: str | None = None) -> str:
    """Return the language to speak: `ru`, and Kazakh in every other case."""
    return "ru" if (language or get_language() or "kk").startswith("ru") else "kk"


def as_day(value: Day) -> datetime.date:
    """Return the calendar day of a date or of a moment, the latter in Asia/Almaty."""
    if isinstance(value, datetime.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def date_long(value: Day, language: str | None = None) -> str:
    """«2027 ж. 15 қаңтар» / «15 января 2027 г.»: on screens."""
    day = as_day(value)
    if spoken(language) == "ru":
        return f"{day.day} {MONTHS[day.month - 1].ru} {day.year} г."
    return f"{day.year} ж. {day.day} {MONTHS[day.month - 1].kk}"


def date_paper(value: Day, language: str | None = None) -> str:
    """«2027 жылғы 15 қаңтар» / «15 января 2027 года»: in papers, letters and sentences."""
    day = as_day(value)
    if spoken(language) == "ru":
        return f"{day.day} {MONTHS[day.month - 1].ru} {day.year} года"
    return f"{day.year} жылғы {day.day} {MONTHS[day.month - 1].kk}"


def date_of(value: Day, language: str | None = None) -> str:
    """«2026 жылғы 18 желтоқсандағы» / «от 18 декабря 2026 года»: of a paper that bears the date."""
    day = as_day(value)
    if spoken(language) == "ru":
        return f"от {date_paper(day, 'ru')}"
    return f"{day.year} жылғы {day.day} {MONTHS[day.month - 1].kk_locative}"


def date_held(value: Day, language: str | None = None) -> str:
    """«2027 жылғы 20 қаңтардағы» / «20 января 2027 года»: of what is held on the day and bears no date."""
    return date_paper(value, "ru") if spoken(language) == "ru" else date_of(value, "kk")


def date_since(value: Day, language: str | None = None) -> str:
    """«2026 жылғы 2 сәуірден» / «со 2 апреля 2026 года»: from that day on."""
    day = as_day(value)
    if spoken(language) == "ru":
        return f"{'со' if day.day in SO else 'с'} {date_paper(day, 'ru')}"
    return f"{day.year} жылғы {day.day} {MONTHS[day.month - 1].kk_ablative}"


def dated_paper(noun: str, number: str | int, value: Day, language: str | None = None) -> str:
    """«2026 жылғы 18 желтоқсандағы № 4 хаттама» / «протокол № 4 от 18 декабря 2026 года»."""
    if spoken(language) == "ru":
        return f"{noun} {numero(number)} {date_of(value, 'ru')}"
    return f"{date_of(value, 'kk')} {numero(number)} {noun}"


def dated_act(words: str, number: str | int, value: Day, language: str | None = None) -> str:
    """«әкімдіктің 2026 жылғы 23 қазандағы № 212 қаулысы» / «постановление … от 23 октября 2026 года № 212».

    Date and number stand before the noun in Kazakh, which is the last word; whose act it is opens the line.
    """
    if spoken(language) == "ru":
        return f"{words} {date_of(value, 'ru')} {numero(number)}"
    owner, _space, noun = words.rpartition(" ")
    return f"{owner} {date_of(value, 'kk')} {numero(number)} {noun}".lstrip()


def date_day(value: Day, language: str | None = None) -> str:
    """«15 қаңтар» / «15 января»: where the year is plain."""
    day, month = as_day(value), MONTHS[as_day(value).month - 1]
    return f"{day.day} {month.ru if spoken(language) == 'ru' else month.kk}"


def date_short(value: Day, language: str | None = None) -> str:
    """«15 қаң.» / «15 янв.»: in narrow places."""
    day, month = as_day(value), MONTHS[as_day(value).month - 1]
    return f"{day.day} {month.ru_short if spoken(language) == 'ru' else month.kk_short}"


def date_near(value: Day, today: datetime.date, language: str | None = None) -> str:
    """«15 қаң.» / «15 янв.» within the year of today, «2026 ж. 15 қаң.» / «15 янв. 2026» in another."""
    year, short = as_day(value).year, date_short(value, language)
    if year == today.year:
        return short
    return f"{short} {year}" if spoken(language) == "ru" else f"{year} ж. {short}"


def due_near(value: Day, today: datetime.date, language: str | None = None) -> str:
    """«15 қаң., жм» / «15 янв., пт» within the year of today; in another no weekday helps."""
    near = date_near(value, today, language)
    return f"{near}, {weekday_short(value, language)}" if as_day(value).year == today.year else near


def date_digits(value: Day) -> str:
    """«15.01.2027»: in tables; the same in both languages."""
    return as_day(value).strftime("%d.%m.%Y")


def clock(value: datetime.datetime) -> str:
    """«14:32»: the hour and minute of a moment, in Asia/Almaty."""
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%H:%M")


def moment_digits(value: datetime.datetime) -> str:
    """«15.01.2027 14:32»: in sentences about a deed; the same in both languages."""
    return f"{date_digits(value)} {clock(value)}"


def moment_long(value: datetime.datetime, language: str | None = None) -> str:
    """«2027 ж. 15 қаңтар, 14:32» / «15 января 2027 г., 14:32»."""
    return f"{date_long(value, language)}, {clock(value)}"


def weekday(value: Day, language: str | None = None) -> str:
    """«жұма» / «пятница»."""
    return WEEKDAYS[spoken(language)][as_day(value).weekday()]


def weekday_short(value: Day, language: str | None = None) -> str:
    """«жм» / «пт»."""
    return WEEKDAYS_SHORT[spoken(language)][as_day(value).weekday()]


def day_distance(value: Day, today: datetime.date | None = None, language: str | None = None) -> str:
    """«9 күн қалды» / «через 9 дней», «6 күн бұрын» / «6 дней назад», and words for the days around."""
    days = (as_day(value) - (today or timezone.localdate())).days
    with override(spoken(language)):
        if days in (-1, 0, 1):
            return (gettext("yesterday"), gettext("today"), gettext("tomorrow"))[days + 1]
        if days > 0:
            return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
        return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}


def days_left(value: Day, today: datetime.date | None = None, language: str | None = None) -> str:
    """«9 күн қалды» / «осталось 9 дней», «мерзімі – бүгін», «мерзімі 6 күн бұрын өтті»: of a due date."""
    days = (as_day(value) - (today or timezone.localdate())).days
    with override(spoken(language)):
        if days in (0, 1):
            return (gettext("due today"), gettext("due tomorrow"))[days]
        if days > 0:
            return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
        return ngettext("overdue by %(days)s day", "overdue by %(days)s days", -days) % {"days": -days}
