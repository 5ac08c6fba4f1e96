"""Names of regions in narrow places."""

import re

from django import template

register = template.Library()

SOFT_HYPHEN = "\u00ad"
VOWELS = "аәеёиіоөуұүыэюя"
CONSONANT = f"[^\\W\\d_{VOWELS}йьъ]"
# A syllable begins with a consonant and its vowel; the ending of an adjective stays whole.
SYLLABLE = re.compile(rf"(?<=[^\W\d_]{{2}})(?=ская$|{CONSONANT}[{VOWELS}][^\W\d_])(?!кая$)", re.IGNORECASE)


@register.filter
def soft_hyphens(name: str) -> str:
    """Let a long name break between its syllables: browsers know no hyphens for it in a tile."""
    return SYLLABLE.sub(SOFT_HYPHEN, name)
