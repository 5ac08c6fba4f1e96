"""The order of letters and the folding of words, the same in Python and in every database.

A code-point order puts Ә, Ғ and Қ after Я, SQLite folds ASCII alone, and collations differ between
servers. So what is sorted or searched is kept as a plain string of its own beside the text.
"""

import unicodedata

from apps.ui.dates import spoken

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
RUSSIAN = "аәбвгғдежзийікқлмнңоөпрстуүұфхһцчшщъыьэюя"
BEFORE = "0123456789abcdefghijklmnopqrstuvwxyz"

FOLDED = str.maketrans("әғқңөүұіһё", "агкноууихе")
UNSAID = dict.fromkeys(map(ord, "«»\"'’“”„\xad"), " ")


def _ranks(alphabet: str) -> dict[str, str]:
    return {letter: f"{rank:02}" for rank, letter in enumerate(BEFORE + alphabet, start=1)}


RANKS = {"kk": _ranks(KAZAKH), "ru": _ranks(RUSSIAN)}
RANKS["ru"]["ё"] = RANKS["ru"]["е"]
GAP, FOREIGN = "00", "99"


def sort_key(text: str, language: str | None = None) -> str:
    """Return digits, two for each letter, that sort as the alphabet of the language does.

    Digits keep their order under any collation, so the key may stand in a column and be ordered by.
    """
    ranks = RANKS[spoken(language)]
    words = " ".join(unicodedata.normalize("NFC", text).lower().translate(UNSAID).split())
    return "".join(ranks.get(letter, FOREIGN if letter.isalnum() else GAP) for letter in words)


def search_key(text: str) -> str:
    """Return the text as it is searched: small letters, Kazakh ones as their Russian neighbours.

    Both the stored words and the query pass through here, so «өңір», «ОНИР» and «Өңір» meet.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(UNSAID)
    return " ".join(unicodedata.normalize("NFC", folded).translate(FOLDED).split())
