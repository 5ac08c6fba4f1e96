"""Kinds of deadline: upper apps register names, who has to act, and where."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.accounts.models import User

if TYPE_CHECKING:
    from apps.deadlines.models import Deadline

type Persons = Callable[[Collection[Deadline], datetime.date], Mapping[int, Collection[User]]]
type Words = Mapping[str, str]


@dataclass(frozen=True)
class DeadlineKind:
    """A kind of deadline.

    `persons(deadlines, on)` maps the key of each deadline to those who have to act on it that day,
    substitutes included, for many deadlines at once. `subject(deadline, days)` and `body(deadline, days)`
    give the letter as `{"kk": …, "ru": …}`; `days` are those left, negative after the date. `step` names the
    transition that meets it, and that leaves the mark `late` on the paper after the date.
    """

    name: str
    step: str
    label: Any
    point: str
    persons: Persons
    page: Callable[[Deadline], str]
    subject: Callable[[Deadline, int], Words]
    body: Callable[[Deadline, int], Words]


kinds: dict[str, DeadlineKind] = {}


def register(kind: DeadlineKind) -> None:
    """Make a kind of deadline known; called once, when the app that owns the paper loads."""
    kinds[kind.name] = kind


def acting(*roles: str) -> Persons:
    """Ask whoever can act in the body in the first of the roles; where nobody can, the next role."""

    def persons(deadlines: Collection[Deadline], on: datetime.date) -> dict[int, Collection[User]]:
        bodies = {deadline.organisation_id for deadline in deadlines}
        found: dict[int, Collection[User]] = {}
        for role in roles:
            acting = User.acting_by_body(role, bodies - found.keys(), on)
            found |= {body: people for body, people in acting.items() if people}
        return {deadline.pk: found.get(deadline.organisation_id, ()) for deadline in deadlines}

    return persons
