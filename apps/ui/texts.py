"""What of a text can be seen, stored and printed."""

import re
import unicodedata

# Control characters other than a new line and a tab: no database, XML or workbook takes all of them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What no keyboard types and what changes the sense unseen: NUL, halves of letters, marks that turn the line
# around or draw nothing. They are shown to whoever brought them, never dropped in silence.
UNSEEN = re.compile("[\x00\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def printable(value: str) -> str:
    """Return the text in one form of letters and line ends, without what draws nothing."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return UNPRINTABLE.sub("", text)


def seen(value: str) -> str:
    """Return what a reader of the text would see: a text of blanks and invisible marks says nothing."""
    return UNSEEN.sub("", printable(value)).strip()
