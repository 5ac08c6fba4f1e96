"""A snapshot in the language of one file: which words are printed, in which order.

The Kazakh and the Russian paper are two files; the bilingual working copy has both, Kazakh above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from apps.documents.snapshot import LANGUAGES

BILINGUAL = "kk-ru"
PAPER_LANGUAGES = (*LANGUAGES, BILINGUAL)
NO_TRANSLATION = {"kk": "аудармасы жоқ", "ru": "нет перевода"}
DRAFT_MARK = "Жоба / Проект"
ABOVE_TITLE = ("caption", "stamp", "form")
SOFT_HYPHEN = "\xad"


class TranslationMissing(Exception):
    """The paper has no words of this language in the listed places; its other files are not touched."""

    def __init__(self, language: str, places: list[dict[str, str]]) -> None:
        self.language = language
        self.places = places
        super().__init__(f"no translation into {language}: " + "; ".join(self.named("ru")))

    def named(self, language: str) -> list[str]:
        """Name the places in a language of the reader."""
        return [place[language] for place in self.places]


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

        An `untitled` paper, such as a letter, has its title in the file's properties only.
        """
        blocks = self.snapshot["blocks"]
        above = 0
        while above < len(blocks) and blocks[above].get("style") in ABOVE_TITLE:
            above += 1
        title = {"type": "title", "items": [self.snapshot["title"]]}
        shown = [] if self.snapshot.get("untitled") else [title]
        return [
            {**block, "items": [block["text"]]} if block["type"] == "heading" else block
            for block in (*blocks[:above], *shown, *blocks[above:])
        ]

    def pieces(self, cell: dict[str, str]) -> list[Piece]:
        """Return what is printed of a text or a cell: one piece, or Kazakh and Russian where they differ."""
        if "text" in cell:
            return [Piece("", cell["text"])] if cell["text"] else []
        spoken = [
            Piece(language, cell[language].replace(SOFT_HYPHEN, "").strip("\n"))
            for language in self.languages
        ]
        if "number" in cell or len({piece.words for piece in spoken}) == 1:
            return spoken[:1] if spoken[0].words else []
        return [piece if piece.words.strip() else self._untranslated(piece.language) for piece in spoken]

    def pairs(self, name: dict[str, str], said: dict[str, str]) -> list[tuple[Piece, Piece]]:
        """Return a fact's name and what is said under it, by language; once where what is said is alike."""
        names, sayings = self.pieces(name), self.pieces(said) or [Piece("", "")]
        if len(names) == len(sayings):
            return list(zip(names, sayings, strict=True))
        label = Piece("", " / ".join(piece.words for piece in names))
        return [(label, piece) for piece in sayings]

    def printed(self, cell: dict[str, str]) -> str:
        """Return a text or a cell as plain words, a language a line."""
        return "\n".join(piece.words for piece in self.pieces(cell))

    def _untranslated(self, language: str) -> Piece:
        return Piece(language, f"[{NO_TRANSLATION[language]}]")
