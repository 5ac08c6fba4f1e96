"""The letters of papers: where their whole font files lie, how wide words are, and where a line may end.

Subset files under one family name draw wrong Kazakh letters without any error, so the files are whole.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FAMILY = "Tinos"
OFFICE_FAMILY = "Times New Roman"  # the same widths, and at hand in every office
REGULAR = "400Regular/Tinos_400Regular.ttf"
BOLD = "700Bold/Tinos_700Bold.ttf"
WITHIN_WORDS = re.compile(r"(?<=[^\W\d_]{3}[-–—/])(?=[^\W\d_]{3})")


def font_path(name: str) -> Path:
    """Find a font file. Without it the library would take any other font, and say nothing."""
    path = Path(settings.PAPER_FONTS_DIR) / name
    if not path.is_file():
        raise ImproperlyConfigured(f"The font of the papers is not there: {path}")
    return path


class Ruler:
    """Measures words of one font file, in thousandths of the font's size."""

    def __init__(self, path: Path) -> None:
        with TTFont(path, lazy=True) as font:
            scale = 1000 / font["head"].unitsPerEm
            advances = font["hmtx"].metrics
            self.widths = {code: advances[name][0] * scale for code, name in font.getBestCmap().items()}
        self.of = lru_cache(maxsize=50_000)(self._measure)

    def _measure(self, word: str) -> float:
        widths = self.widths
        return sum(widths.get(ord(letter), 1000) for letter in word)

    def draws(self, words: str) -> bool:
        """Whether the font has every letter; a line break needs none."""
        return all(ord(letter) in self.widths for letter in words if letter != "\n")

    def lines(self, words: str, width: float) -> list[str]:
        """Break words into lines no wider than `width`, in thousandths of the font's size.

        Lines end at blanks, after hyphens, dashes and slashes, and within a word only where it alone is wider
        than a line. A line keeps the blank at its end, so that words stay apart for who reads by ear.
        """
        return [line for paragraph in words.split("\n") for line in self._broken(paragraph, width)]

    def _broken(self, paragraph: str, width: float) -> list[str]:
        done, line, length = [], "", 0.0
        for part in self._parts(paragraph, width):
            part_length = self.of(part)
            if line and length + self.of(part.rstrip(" ")) > width:
                done.append(line)
                line, length = "", 0.0
            line += part
            length += part_length
        return [*done, line]

    def _parts(self, paragraph: str, width: float) -> list[str]:
        parts: list[str] = []
        for word in re.findall(r" *[^ ]+ ?| +", paragraph):
            if self.of(word.rstrip(" ")) <= width / 2:
                parts.append(word)
                continue
            for part in WITHIN_WORDS.split(word):
                parts.extend([part] if self.of(part.rstrip(" ")) <= width else self._letters(part, width))
        return parts

    def _letters(self, word: str, width: float) -> list[str]:
        parts, part, length = [], "", 0.0
        for letter in word:
            advance = self.of(letter)
            if part and length + advance > width and advance:
                parts.append(part)
                part, length = "", 0.0
            part += letter
            length += advance
        return [*parts, part]


@cache
def ruler(name: str = REGULAR) -> Ruler:
    return Ruler(font_path(name))
