"""Full names of territories and of the bodies that answer for them, out of the classifier's abbreviations.

The classifier prints «Карааульский с.о.» and «Қараауыл а.о.»; papers need «Карааульский сельский округ»,
«Аппарат акима Карааульского сельского округа» and their Kazakh pairs.
"""

import re

from apps.organisations.models import Region

Kind = Region.Kind

HEADS_RU = {
    Kind.RAION: "район",
    Kind.CITY_DISTRICT: "район",
    Kind.REPUBLICAN_CITY: "город",
    Kind.OBLAST_CITY: "город",
    Kind.CITY_PROPER: "город",
    Kind.RURAL_OKRUG: "сельский округ",
    Kind.TOWN_ADMINISTRATION: "городская администрация",
    Kind.SETTLEMENT_ADMINISTRATION: "поселковая администрация",
    Kind.VILLAGE_ADMINISTRATION: "сельская администрация",
}
HEADS_KK = {
    Kind.RAION: "ауданы",
    Kind.CITY_DISTRICT: "ауданы",
    Kind.REPUBLICAN_CITY: "қаласы",
    Kind.OBLAST_CITY: "қаласы",
    Kind.CITY_PROPER: "қаласы",
    Kind.RURAL_OKRUG: "ауылдық округі",
    Kind.TOWN_ADMINISTRATION: "қала әкімшілігі",
    Kind.SETTLEMENT_ADMINISTRATION: "кент әкімшілігі",
    Kind.VILLAGE_ADMINISTRATION: "ауыл әкімшілігі",
}
MARK_RU = re.compile(
    r"(?:^|\s)(?:г\.\s?а|с\.\s?а|п\.\s?а|р\.\s?а|с\.\s?о|г|район)(?:\.|\b)\s*", re.IGNORECASE
)
MARK_KK = re.compile(r"\s(?:[қг]\.\s?[әа]|а\.\s?ә|к\.\s?ә|а\.\s?о|қ|ауданы)\s?\.?$", re.IGNORECASE)
POSSESSIVE_KK = re.compile(r"(\bатындағы (?:ауылдық )?(?:аудан|округ|қала|ауыл|кент))(?:сы|ы|і)$")
BARE_KK = re.compile(r"\bатындағы (?:аудан|қала)$")
PLACES_RU = {"с": "село", "п": "поселок", "г": "город"}
PLACES_KK = {"а": "ауылы", "к": "кенті", "қ": "қаласы"}
ADJECTIVES_RU = {True: re.compile(r"(?:ая|яя)$"), False: re.compile(r"(?:ий|ый|ой)$")}
GENITIVES_RU = {
    "село": "села",
    "поселок": "поселка",
    "район": "района",
    "область": "области",
    "город": "города",
    "округ": "округа",
    "администрация": "администрации",
}
ENDINGS_RU = (
    (re.compile(r"(?<=[кгхКГХ])ий$|ый$|ой$"), "ого"),
    (re.compile(r"ий$"), "его"),
    (re.compile(r"ая$"), "ой"),
    (re.compile(r"яя$"), "ей"),
)
CITY_ENDINGS_RU = (
    (re.compile(r"(?<=[кгхжчшщ])а$"), "и"),
    (re.compile(r"а$"), "ы"),
    (re.compile(r"ь$"), "и"),
    (re.compile(r"ай$"), "ая"),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])$"), "а"),
)
APPARATUS_KINDS = frozenset(
    (
        Kind.CITY_DISTRICT,
        Kind.TOWN_ADMINISTRATION,
        Kind.SETTLEMENT_ADMINISTRATION,
        Kind.VILLAGE_ADMINISTRATION,
        Kind.RURAL_OKRUG,
    )
)
SEATS_RU = {
    Kind.TOWN_ADMINISTRATION: "город ",
    Kind.SETTLEMENT_ADMINISTRATION: "поселок ",
    Kind.VILLAGE_ADMINISTRATION: "село ",
}
BODY_HEADS_KK = {"қала әкімшілігі": "қаласы", "кент әкімшілігі": "кенті", "ауыл әкімшілігі": "ауылы"}


def territory_ru(text: str, kind: str) -> str:
    """Return the full Russian name for the classifier's `text`."""
    if kind == Kind.SETTLEMENT:
        return _named_after_ru(re.sub(r"^([спг])\.\s?", lambda m: f"{PLACES_RU[m[1]]} ", text))
    head = HEADS_RU.get(Kind(kind))
    if head is None:
        return text
    own = _named_after_ru(MARK_RU.sub(" ", text).strip())
    agrees = ADJECTIVES_RU[head.endswith("администрация")].search(own)
    if agrees and head != "город" and not own.startswith("имени "):
        return f"{own} {head}"
    return f"{head} {own}"


def territory_kk(text: str, kind: str) -> str:
    """Return the full Kazakh name for the classifier's `text`; after «атындағы» the head stands bare."""
    text = _named_after_kk(text)
    if kind == Kind.SETTLEMENT:
        full = re.sub(r"\s([акқ])\.?$", lambda m: f" {PLACES_KK[m[1]]}", text)
    else:
        head = HEADS_KK.get(Kind(kind))
        full = f"{MARK_KK.sub('', text).strip()} {head}" if head else text
    return POSSESSIVE_KK.sub(r"\1", full)


def body_ru(name: str, kind: str) -> str:
    """Return the Russian name of the body that answers for the territory of that full name.

    Akimats of cities bear a declined name («Акимат города Павлодара»), apparatuses the bare one («Аппарат
    акима города Аягоз»).
    """
    if kind in APPARATUS_KINDS:
        return f"Аппарат акима {genitive_ru(name, declines_city=False)}"
    return f"Акимат {genitive_ru(name)}"


def body_kk(name: str, kind: str) -> str:
    """Return the Kazakh name of the body that answers for the territory of that full name."""
    for long, short in BODY_HEADS_KK.items():
        name = name.replace(long, short)
    if kind in APPARATUS_KINDS:
        return f"{name} әкімінің аппараты"
    return f"{name} әкімдігі" if BARE_KK.search(name) else f"{name}ның әкімдігі"


def genitive_ru(name: str, *, declines_city: bool = True) -> str:
    """Return «Абайского района» for «Абайский район», «города Павлодара» for «город Павлодар»."""
    done: list[str] = []
    words = name.split(" ")
    for position, word in enumerate(words):
        if word in GENITIVES_RU:
            rest = words[position + 1 :]
            if word == "город" and rest and declines_city:
                rest = [
                    *rest[:-1],
                    _decline(_decline(rest[-1], ENDINGS_RU), CITY_ENDINGS_RU, unless=rest[-1]),
                ]
            return " ".join([*done, GENITIVES_RU[word], *rest])
        done.append(_decline(word, ENDINGS_RU))
    return " ".join(done)


def _decline(word: str, endings: tuple[tuple[re.Pattern[str], str], ...], unless: str = "") -> str:
    if unless and word != unless:
        return word
    for pattern, ending in endings:
        if pattern.search(word):
            return pattern.sub(ending, word)
    return word


def _named_after_ru(text: str) -> str:
    return re.sub(r"(?:^|(?<=\s))им\.\s?", "имени ", text)


def _named_after_kk(text: str) -> str:
    return re.sub(r"\bат(?:ын)?\.\s?", "атындағы ", text)
