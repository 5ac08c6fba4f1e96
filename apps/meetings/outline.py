"""The outline of the meeting page: its five sections, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.meetings.agenda import Question
from apps.meetings.models import Protocol
from apps.meetings.presence import Presence


@dataclass(frozen=True)
class Place:
    """A section: its anchor, its words, and the shape of its state (`done`, `doing` or `idle`)."""

    anchor: str
    label: str
    state: str

    @property
    def state_words(self) -> Any:
        words = {"done": _("filled"), "doing": _("begun"), "idle": pgettext("section", "not begun")}
        return words[self.state]


def places(protocol: Protocol, presence: Presence, questions: list[Question]) -> list[Place]:
    """List the sections of the meeting with their states."""
    decided = sum(bool(question.decisions) for question in questions)
    numbered = bool(protocol.number and protocol.dated)
    attended = _state(presence.total - presence.unnoted, presence.total)
    in_itself = "done" if protocol.is_retrospective else ""  # what came from paper says it all itself
    return [
        Place("p1", _("1. Where and when"), "done"),
        Place("p2", _("2. Who came"), in_itself or attended),
        Place("p3", _("3. Agenda"), "done" if questions else "idle"),
        Place("p4", _("4. Decisions"), in_itself or _state(decided, len(questions))),
        Place("p5", _("5. Protocol"), "done" if protocol.is_signed else "doing" if numbered else "idle"),
    ]


def _state(done: int, of: int) -> str:
    if not done:
        return "idle"
    return "done" if done >= of else "doing"
