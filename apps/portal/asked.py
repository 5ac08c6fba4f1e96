"""What a query asks for besides words: a kind of paper, a year, a day («№ 4 хаттама», «есеп 2026»)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from apps.ui.alphabet import search_key
from apps.ui.dates import MONTHS

# Beginnings of words, folded as the search folds them; the first that fits counts.
KINDS = {
    "list": ("тизбе", "перечен", "перечн"),
    "report": ("есеп", "есеб", "отчет"),
    "protocol": ("хаттама", "протокол"),
    "meeting": ("отырыс", "заседани"),
    "letter": ("хат", "письм", "исх", "вх", "шыгыс", "кирис"),
}
IDLE = {
    "г",
    "год",
    "года",
    "ж",
    "жыл",
    "жылгы",
    "жылга",
    "жылы",
    "в",
    "за",
    "и",
    "на",
    "от",
    "по",
    "арналган",
}
DAY = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>(?:19|20)[0-9]{2})")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
LONG, ENDING = 6, 2  # letters of a word whose ending may go, and of that ending
SIGN = re.compile(r"\bno(?=[\s0-9]|$)")  # «№», as folding spells it


@dataclass(frozen=True)
class Asked:
    """A query taken apart; `words` are those that name neither a kind nor a date."""

    words: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    day: datetime.date | None = None

    @property
    def says_nothing_of_papers(self) -> bool:
        return not (self.words or self.kinds or self.years or self.day)

    def wants(self, *kinds: str) -> bool:
        """Whether papers of these kinds are looked for: those that are named, or all."""
        return not self.kinds or bool(self.kinds & set(kinds))


def asked(query: str) -> Asked:
    """Take a query apart."""
    tokens = [token.strip("№.,;:«»\"'()") for token in SIGN.sub("", search_key(query)).split()]
    tokens = [token for token in tokens if token and token not in IDLE]
    tokens, day = _take_day(tokens)
    years = tuple(int(token) for token in tokens if YEAR.fullmatch(token))
    months = tuple(filter(None, map(_month_of, tokens))) if years else ()
    named = [token for token in tokens if not (YEAR.fullmatch(token) or (months and _month_of(token)))]
    kinds = frozenset(filter(None, map(_kind_of, named)))
    return Asked(tuple(token for token in named if not _kind_of(token)), kinds, years, months, day)


def beginnings(query: str) -> str:
    """The query with the endings of its long words left off, so that «население» finds «населения».

    Both languages put what a word is in the sentence at its end. Kinds of papers, months, numbers and short
    words stay as they are.
    """
    return " ".join(_beginning(word) for word in query.split())


def _beginning(word: str) -> str:
    bare = word.strip("№.,;:«»\"'()")
    token = search_key(bare)
    is_cut = len(bare) >= LONG and bare.isalpha() and not (_kind_of(token) or _month_of(token))
    return bare[:-ENDING] if is_cut else word


def _take_day(tokens: list[str]) -> tuple[list[str], datetime.date | None]:
    """Take the first day out: in digits, or as «18 декабря 2026», «2026 жылғы 18 желтоқсан»."""
    for place, token in enumerate(tokens):
        if match := DAY.fullmatch(token):
            day = _date(match["year"], int(match["month"]), match["day"])
            return (tokens[:place] + tokens[place + 1 :], day) if day else (tokens, None)
        year = next(filter(YEAR.fullmatch, tokens), "")
        before = tokens[place - 1] if place else ""
        if year and (month := _month_of(token)) and re.fullmatch(r"[0-9]{1,2}", before):
            rest = tokens[: place - 1] + tokens[place + 1 :]
            rest.remove(year)
            day = _date(year, month, before)
            return (rest, day) if day else (tokens, None)
    return tokens, None


def _date(year: str, month: int, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), month, int(day))
    except ValueError:
        return None


def _month_of(token: str) -> int:
    """The number of a month by its name in any case of either language, or 0."""
    for number, month in enumerate(MONTHS, start=1):
        kazakh, russian = search_key(month.kk), search_key(month.ru)
        if token.startswith(kazakh) or token == russian or token[:-1] == russian[:-1]:
            return number
    return 0


def _kind_of(token: str) -> str:
    return next((kind for kind, begins in KINDS.items() if token.startswith(begins)), "")
