"""A snapshot in the language of one file: which words are printed, in which order.

The Kazakh and the Russian paper are two files; the bilingual working copy has both, Kazakh above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from apps.documents.snapshot import LANGUAGES

BILINGUAL = "kk-ru"
PAPER_LANGUAGES = (*LANGUAGES, BILINGUAL)
NO_TRANSLATION = {"kk": "аудармасы жоқ", "ru": "нет перевода"}
DRAFT_MARK = "Жоба / Проект"
ABOVE_TITLE = ("caption", "stamp", "form")
SOFT_HYPHEN = "\xad"
NOTHING = {"type": ""}
ONE_LINE = 80  # letters
MONTHS = (
    "январ|феврал|март|апрел|мая|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан"
)
LETTER = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
# Blanks at which no line ends: № 4, 12 %, за 2025 год, 2026 жылғы, 15 января, С. Ж. Ахметов.
TIES = re.compile(
    rf" (?:(?<=№ )(?=[\d_])|(?<=\d )(?=%)|(?<=\bза )(?=\d{{4}})|(?<=\d{{4}} )(?=год|жыл|г\.|ж\.)"
    rf"|(?<=\d )(?={MONTHS})|(?<=\b{LETTER}\. )(?={LETTER}))"
)


class TranslationMissing(Exception):
    """The paper has no words of this language in the listed places; its other files are not touched."""

    def __init__(self, language: str, places: list[dict[str, str]]) -> None:
        self.language = language
        self.places = places
        super().__init__(f"no translation into {language}: " + "; ".join(self.named("ru")))

    def named(self, language: str) -> list[str]:
        """Name the places in a language of the reader."""
        return [place[language] for place in self.places]


@lru_cache(maxsize=4_000)
def tied(words: str) -> str:
    """Put a no-break space between what belongs on one line."""
    return TIES.sub("\xa0", words)


class Piece(NamedTuple):
    """Words of one language (empty: of none) as they are printed."""

    language: str
    words: str


@dataclass(frozen=True)
class Edition:
    """One language's view of a snapshot."""

    snapshot: dict[str, Any]
    language: str
    is_draft: bool = False

    def __post_init__(self) -> None:
        lacking = self.snapshot["missing"].get(self.language)
        if lacking:
            raise TranslationMissing(self.language, lacking)

    @property
    def languages(self) -> tuple[str, ...]:
        return LANGUAGES if self.language == BILINGUAL else (self.language,)

    @property
    def main_language(self) -> str:
        return self.languages[0]

    @property
    def is_landscape(self) -> bool:
        return bool(self.snapshot["orientation"] == "landscape")

    @property
    def dated(self) -> str:
        """The paper's own date, ISO; files carry it in place of the hour at which they were rendered."""
        return str(self.snapshot["dated"])

    @property
    def title(self) -> str:
        return " / ".join(" ".join(piece.words.split()) for piece in self.pieces(self.snapshot["title"]))

    @property
    def margin_mark(self) -> str:
        return DRAFT_MARK if self.is_draft else ""

    def blocks(self) -> list[dict[str, Any]]:
        """Return the blocks in print order: the title follows the caption, the stamp and «Форма» above it.

        An `untitled` paper, such as a letter, has its title in the file's properties only. Running text is
        told, text by text, whether it is `kept` on the page of what follows; a table, which notes it has;
        what stands above the title, whether its languages stand beside each other.
        """
        blocks = self.snapshot["blocks"]
        above = 0
        while above < len(blocks) and blocks[above].get("style") in ABOVE_TITLE:
            above += 1
        title = {"type": "title", "items": [self.snapshot["title"]]}
        shown = [] if self.snapshot.get("untitled") else [title]
        return list(self._kept([*blocks[:above], *shown, *blocks[above:]]))

    def _kept(self, blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Headings stay with their text, and the end of the text with the signatures."""
        for before, block, following in zip([NOTHING, *blocks], blocks, [*blocks[1:], NOTHING], strict=False):
            if block["type"] == "heading":
                yield {**block, "items": [block["text"]]}
            elif block["type"] in {"paragraphs", "facts"}:
                is_note = block.get("style") == "note" and before["type"] == "table"
                kept = self._ties(block, following["type"] == "signatures")
                yield {**block, "kept": kept, "is_in_table": is_note}
            elif block["type"] == "table":
                yield {**block, "notes": following["items"] if following.get("style") == "note" else []}
            elif block.get("style") in ABOVE_TITLE:
                yield {**block, "is_beside": all(len(self.pieces(item)) > 1 for item in block["items"])}
            else:
                yield block

    def _ties(self, block: dict[str, Any], is_signed: bool) -> list[bool]:
        ties = [block.get("style") == "strong" or "together" in block] * len(block["items"])
        if ties:
            ties[-1] = is_signed or "keeps" in block or block.get("style") == "strong"
        if is_signed and len(ties) > 1 and block["type"] == "paragraphs":
            ties[-2] |= len(block["items"][-1][self.main_language]) < ONE_LINE
        return ties

    def pieces(self, cell: dict[str, str]) -> list[Piece]:
        """Return what is printed of a text or a cell: one piece, or Kazakh and Russian where they differ."""
        if "text" in cell:
            return [Piece("", cell["text"])] if cell["text"] else []
        if self.language in cell and self.language == BILINGUAL:
            return [Piece("", cell[BILINGUAL])]
        spoken = [Piece(language, self._said(cell, language)) for language in self.languages]
        if "number" in cell or len({piece.words for piece in spoken}) == 1:
            return spoken[:1] if spoken[0].words else []
        return [piece if piece.words.strip() else self._untranslated(piece.language) for piece in spoken]

    @staticmethod
    def _said(cell: dict[str, str], language: str) -> str:
        return cell[language].replace(SOFT_HYPHEN, "").strip("\n")

    def halves(self, block: dict[str, Any]) -> list[tuple[list[Piece], list[Piece]]]:
        """Return what stands at the left and at the right of a block, language by language on one level."""
        left, right = (self.pieces(item) for item in (*block["items"], {"text": ""})[:2])
        if len(left) != len(right):
            return [(left, right)]
        return [([one], [other]) for one, other in zip(left, right, strict=True)]

    def pairs(self, name: dict[str, str], said: dict[str, str]) -> list[tuple[Piece, Piece]]:
        """Return a fact's name and what is said under it, by language; once where what is said is alike."""
        names, sayings = self.pieces(name), self.pieces(said) or [Piece("", "")]
        if len(names) == len(sayings):
            return list(zip(names, sayings, strict=True))
        label = Piece("", " / ".join(piece.words for piece in names))
        return [(label, piece) for piece in sayings]

    def printed(self, cell: dict[str, str]) -> str:
        """Return a text or a cell as plain words, a language a line."""
        if "text" in cell:
            return cell["text"]
        if self.language in cell and self.language != BILINGUAL:
            return self._said(cell, self.language)
        return "\n".join(piece.words for piece in self.pieces(cell))

    def _untranslated(self, language: str) -> Piece:
        return Piece(language, f"[{NO_TRANSLATION[language]}]")
