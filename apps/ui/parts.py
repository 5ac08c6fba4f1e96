"""Parts of pages as data: an app says what is so, the templates of `components/` say how it looks.

A state is always three things, shape, words and tone, so that colour never speaks alone.
"""

from dataclasses import dataclass, field
from typing import Any

# kind of a state → its tone (a class that sets colours) and its shape (a symbol of icons.svg)
KINDS = {
    "done": ("done", "done"),
    "doing": ("doing", "doing"),
    "sent": ("doing", "sent"),
    "saving": ("doing", "saving"),
    "idle": ("", "idle"),
    "info": ("", "info"),
    "late": ("late", "late"),
    "offline": ("late", "offline"),
    "changed": ("late", "pen"),
    "warn": ("warn", "warn"),
    "returned": ("warn", "back"),
    "wrong": ("wrong", "wrong"),
}


@dataclass(frozen=True)
class Mark:
    """A state in words, after its shape; never a link and never a button."""

    kind: str
    words: Any

    @property
    def tone(self) -> str:
        return KINDS[self.kind][0]

    @property
    def shape(self) -> str:
        return KINDS[self.kind][1]


@dataclass(frozen=True)
class Stamp:
    """An independent, dated act upon a paper; awaited ones are drawn dashed."""

    act: Any
    lines: list[Any] = field(default_factory=list)
    is_awaited: bool = False
    shape: str = ""
    marks: list[Mark] = field(default_factory=list)
    url: str = ""
    url_words: Any = ""

    @property
    def icon(self) -> str:
        return self.shape or ("idle" if self.is_awaited else "done")


@dataclass(frozen=True)
class Choice:
    """One of the beginnings that an empty place offers, and what will happen then."""

    name: Any
    url: str
    words: Any
    icon: str
    aside: Any = ""


@dataclass(frozen=True)
class Segment:
    """One of a few views of the same page."""

    name: Any
    url: str
    is_current: bool = False
    icon: str = ""
