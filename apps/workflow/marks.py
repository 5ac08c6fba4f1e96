"""Words for the marks that stay on a paper when a condition was not met and it went through with a reason."""

from typing import Any

_words: dict[str, Any] = {}


def register(code: str, words: Any) -> None:
    """Give a mark its words; called once, when the app that sets the mark loads."""
    _words[code] = words


def words_of(code: str) -> str:
    """The words of a mark in the current language, or its code where no app has named it."""
    return str(_words.get(code, code))
