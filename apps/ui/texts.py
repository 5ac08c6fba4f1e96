"""What of a text can be seen, stored and printed."""

import re
import unicodedata

# Control characters other than a new line and a tab: no database, XML or workbook takes all of them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What no keyboard types and what changes the sense unseen: NUL, halves of letters, marks that turn the line
# around or draw nothing. Whoever types or pastes them into a cell is shown them.
UNSEEN = re.compile("[\x00\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def printable(value: str) -> str:
    """Return the text in one form of letters and line ends, without what draws nothing."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return UNPRINTABLE.sub("", text)


def worded(value: str) -> str:
    """Return the text as it is kept: empty where it has nothing but blanks and marks that nobody sees."""
    return printable(value).strip() if UNSEEN.sub("", value).strip() else ""
