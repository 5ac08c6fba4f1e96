"""Conditions of a step that are not met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    type Text = str | Promise


@dataclass(frozen=True)
class Gap:
    """A condition that is not met: an error stops, a warning goes through with a reason.

    `anchor` is the id of the element on the paper's page; `mark` stays on the paper when it is confirmed.
    Where one sentence speaks of several lines, `lines` are their numbers and anchors, runs taken together
    («6–12»), and `count` says how many they are.
    """

    code: str
    message: Text
    level: str = "error"
    anchor: str = ""
    mark: str = ""
    lines: Sequence[tuple[str, str]] = ()
    count: int = 0

    @property
    def is_error(self) -> bool:
        return self.level == "error"
