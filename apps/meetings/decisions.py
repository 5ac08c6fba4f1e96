"""Decisions that act: upper apps register what a kind of decision does to the paper that waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from apps.groups.models import WorkingGroup
    from apps.meetings.models import Decision


@dataclass(frozen=True)
class DecisionKind:
    """A kind of decision.

    `waiting(group)` gives the papers that wait for that group's agenda; `agenda(paper)` and `wording(paper)`
    give the question and the proposed decision as `{"kk": …, "ru": …}`; `perform(decision, actor)` moves the
    paper. `point` names the recommendation, such as «7(4)».
    """

    name: str
    label: Any
    model: type[models.Model]
    point: str
    waiting: Callable[[WorkingGroup], models.QuerySet[Any]]
    agenda: Callable[[Any], dict[str, str]]
    wording: Callable[[Any], dict[str, str]]
    perform: Callable[[Decision, Any], None]


kinds: dict[str, DecisionKind] = {}


def register(kind: DecisionKind) -> None:
    """Make a kind of decision known; called once, when the app that owns the paper loads."""
    kinds[kind.name] = kind


def kinds_for(subject: Any) -> list[DecisionKind]:
    """The kinds of decision that can move this paper."""
    return [kind for kind in kinds.values() if subject is not None and isinstance(subject, kind.model)]
