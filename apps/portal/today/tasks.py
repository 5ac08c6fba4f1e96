"""A task: what a person is asked to do, drawn from the state of a paper."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from apps.ui.dates import days_left


@dataclass(frozen=True)
class Task:
    """One line of the page: what, in which state, with whom, until or since when.

    `mine` marks what waits for this very person; the most urgent of these is the page's first sentence.
    Its button leads to `action_url`, or to the task itself; `also` is a second one beside it.
    `stage` are the words of a task that is overdue, which says that first.
    """

    title: str
    url: str
    words: str
    icon: str = "idle"
    tone: str = ""
    holder: str = ""
    due: datetime.date | None = None
    since: datetime.date | None = None
    mine: bool = False
    sentence: str = ""
    action: str = ""
    action_url: str = ""
    also: str = ""
    also_url: str = ""
    value: int | None = None
    total: int | None = None
    stage: str = ""

    def told_on(self, today: datetime.date) -> Task:
        """The task as that day tells it: one whose date has passed is overdue, whatever its stage."""
        if self.due is None or self.due >= today:
            return self
        return replace(self, words=days_left(self.due, today), icon="wrong", tone="wrong", stage=self.words)


@dataclass
class TaskGroup:
    title: str
    tasks: list[Task] = field(default_factory=list)
