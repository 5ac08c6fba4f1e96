"""The letters of papers: where their whole font files lie, how wide words are, and where a line may end.

Subset files under one family name draw wrong Kazakh letters without any error, so the files are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from math import floor
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FAMILY = "Tinos"
OFFICE_FAMILY = "Times New Roman"  # the same widths, and at hand in every office
REGULAR = "400Regular/Tinos_400Regular.ttf"
BOLD = "700Bold/Tinos_700Bold.ttf"
WORDS = re.compile(r" *[^ ]+ ?| +")
LEGIBLE = 8.0  # points: a number that would be smaller is broken between its groups instead
SMALLEST = 6.0  # points, of a number that has no groups
TIED = re.compile("[^ \n]*\xa0[^ \n]*")
WITHIN_WORDS = re.compile(r"(?<=[^\W\d_]{3}[-–—/])(?=[^\W\d_]{3})")


def font_path(name: str) -> Path:
    """Find a font file. Without it the library would take any other font, and say nothing."""
    path = Path(settings.PAPER_FONTS_DIR) / name
    if not path.is_file():
        raise ImproperlyConfigured(f"The font of the papers is not there: {path}")
    return path


class Widths(dict[str, float]):
    """Widths of letters; one that the font lacks is taken for a wide one."""

    def __missing__(self, letter: str) -> float:
        return 1000


class Ruler:
    """Measures words of one font file, in thousandths of the font's size."""

    def __init__(self, path: Path) -> None:
        with TTFont(path, lazy=True) as font:
            scale = 1000 / font["head"].unitsPerEm
            advances = font["hmtx"].metrics
            letters = font.getBestCmap().items()
            self.widths = Widths({chr(code): advances[name][0] * scale for code, name in letters})
        self.word_width = lru_cache(maxsize=20_000)(self.of)

    def of(self, words: str) -> float:
        return sum(map(self.widths.__getitem__, words))

    def draws(self, words: str) -> bool:
        """Whether the font has every letter; a line break needs none."""
        return self.widths.keys() >= set(words) - {"\n"}

    def lacking(self, words: str) -> str:
        """Return the letters that the font does not have, each once."""
        return "".join(sorted(set(words) - self.widths.keys() - {"\n", "\xad"}))

    def size_that_fits(self, words: str, room: float, size: float) -> float:
        """Return the size at which no number is wider than the room, in points: `size`, or a smaller one."""
        numbers = numbers_in(words)
        fitting = self._fitting(numbers, room, size)
        if fitting >= LEGIBLE:
            return fitting
        return self._fitting([part for number in numbers for part in number.split("\xa0")], room, size)

    def _fitting(self, numbers: Iterable[str], room: float, size: float) -> float:
        widest = max(map(self.word_width, numbers), default=0)
        if widest * size <= room * 1000:
            return size
        return max(SMALLEST, floor(room * 1000 / widest * 4) / 4)

    def loosened(self, words: str, width: float) -> str:
        """Untie what is wider than a line: it is broken at its ties before it is broken within a word."""
        if "\xa0" not in words:
            return words
        return TIED.sub(
            lambda tie: tie[0].replace("\xa0", " ") if self.word_width(tie[0]) > width else tie[0], words
        )

    def lines(self, words: str, width: float) -> list[str]:
        """Break words into lines no wider than `width`, in thousandths of the font's size.

        Lines end at blanks, after hyphens, dashes and slashes, and within a word only where it alone is wider
        than a line. A line keeps the blank at its end, so that words stay apart for who reads by ear.
        """
        return [line for paragraph in words.split("\n") for line in self._broken(paragraph, width)]

    def _broken(self, paragraph: str, width: float) -> list[str]:
        parts = WORDS.findall(paragraph)
        lengths = list(map(self.word_width, parts))
        if sum(lengths) <= width:
            return [paragraph]
        if max(lengths) > width / 2:
            parts = self._parts(parts, width)
            lengths = list(map(self.word_width, parts))
        blank = self.widths[" "]
        done, line, length = [], "", 0.0
        for part, part_length in zip(parts, lengths, strict=True):
            over = length + part_length - width
            if over > 0 and line and (part[-1] != " " or over > blank):
                done.append(line)
                line, length = "", 0.0
            line += part
            length += part_length
        return [*done, line]

    def _parts(self, words: list[str], width: float) -> list[str]:
        """Split words where a line may end; a word keeps the blank behind it."""
        parts: list[str] = []
        for word in words:
            if self.word_width(word) <= width / 2:
                parts.append(word)
                continue
            for part in WITHIN_WORDS.split(word):
                parts.extend([part] if self.of(part.rstrip(" ")) <= width else self._letters(part, width))
        return parts

    def _letters(self, word: str, width: float) -> list[str]:
        parts, part, length = [], "", 0.0
        for letter in word:
            advance = self.widths[letter]
            if part and length + advance > width and advance:
                parts.append(part)
                part, length = "", 0.0
            part += letter
            length += advance
        return [*parts, part]


@lru_cache(maxsize=20_000)
def numbers_in(words: str) -> tuple[str, ...]:
    """Return the numbers with all that stands unbroken beside them; what has letters is no number."""
    if not any(map(str.isdigit, words)):
        return ()
    parts = words.replace("\n", " ").split(" ")
    return tuple(part for part in parts if any(map(str.isdigit, part)) and not any(map(str.isalpha, part)))


@cache
def ruler(name: str = REGULAR) -> Ruler:
    return Ruler(font_path(name))
