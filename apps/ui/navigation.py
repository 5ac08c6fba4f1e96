"""What stands in the masthead and foot of every page; the upper apps fill it when they load.

The base template thus knows no page of the apps above it, and shows each person what he may open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


def signed_in(user: Any) -> bool:
    return user.is_authenticated


def everybody(user: Any) -> bool:
    return True


@dataclass(frozen=True)
class Section:
    """A link of the masthead: its words, its page, and the pages on which it is the current one.

    `covers` holds beginnings of view names, such as `meetings:` or `portal:regions`.
    """

    label: Any
    url_name: str
    order: int
    covers: tuple[str, ...] = ()
    visible: Callable[[Any], bool] = signed_in

    @property
    def url(self) -> str:
        """The page's address in the current language; empty where the page is not routed."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""

    def is_current(self, request: HttpRequest) -> bool:
        match = getattr(request, "resolver_match", None)
        return bool(match and match.view_name.startswith(self.covers or (self.url_name,)))


@dataclass(frozen=True)
class Tool(Section):
    """A sign at the masthead's right, such as the bell; `count` says how much waits (one query)."""

    icon: str = ""
    count: Callable[[Any], int] | None = None


_sections: dict[str, Section] = {}
_tools: dict[str, Tool] = {}
_foot_notes: list[Callable[[HttpRequest], Any]] = []
_places: dict[Callable[[Any], Any], int] = {}


def add_section(section: Section) -> None:
    """Put a section into the masthead; the same page twice is the same section."""
    _sections[section.url_name] = section


def add_tool(tool: Tool) -> None:
    """Put a sign beside the sections."""
    _tools[tool.url_name] = tool


def add_foot_note(note: Callable[[HttpRequest], Any]) -> None:
    """Let a function say a sentence in the foot of every page, or nothing."""
    if note not in _foot_notes:
        _foot_notes.append(note)


def add_place(place: Callable[[Any], Any], order: int) -> None:
    """Let a function say where a person acts, under the name; the first that has words is heard."""
    _places[place] = order


def place_of(user: Any) -> Any:
    places = sorted(_places, key=lambda place: _places[place])
    return next((said for place in places if (said := place(user))), "")


def sections_for(user: Any) -> list[Section]:
    return _offered(_sections, user)


def tools_for(user: Any) -> list[Tool]:
    return _offered(_tools, user)


def _offered[Link: Section](links: dict[str, Link], user: Any) -> list[Link]:
    offered = (link for link in links.values() if link.visible(user) and link.url)
    return sorted(offered, key=lambda link: link.order)


def foot_notes(request: HttpRequest) -> list[Any]:
    return [said for note in _foot_notes if (said := note(request))]
