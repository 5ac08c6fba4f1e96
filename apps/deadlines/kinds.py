"""Kinds of deadline: upper apps register names, who has to act, and where."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.deadlines.models import Deadline


@dataclass(frozen=True)
class DeadlineKind:
    """A kind of deadline: `persons(deadline, on)` are those who have to act on that day, substitutes included.

    `subject(deadline, days)` and `body(deadline, days)` give the letter as `{"kk": …, "ru": …}`.
    """

    name: str
    label: Any
    point: str
    persons: Callable[[Deadline, datetime.date], Iterable[Any]]
    page: Callable[[Deadline], str]
    subject: Callable[[Deadline, int], dict[str, str]]
    body: Callable[[Deadline, int], dict[str, str]]


kinds: dict[str, DeadlineKind] = {}


def register(kind: DeadlineKind) -> None:
    """Make a kind of deadline known; called once, when the app that owns the paper loads."""
    kinds[kind.name] = kind
