"""A step of a paper as data, and the deed by which it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from apps.workflow.gaps import Gap
from apps.workflow.models import HandOver

type Text = str | Promise


@dataclass
class Deed:
    """One transition under way, as its effects see it; `changes` is what they add to its entry of history."""

    paper: Any
    transition: Transition
    actor: Any
    moment: datetime
    comment: str = ""
    reason: str = ""
    basis: models.Model | None = None
    data: dict[str, Any] = field(default_factory=dict)
    hand_over: HandOver | None = None
    gaps: Sequence[Gap] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)  # names of the files that effects have kept

    @property
    def dated(self) -> Any:
        """The date of the document behind the deed, by which lateness is judged."""
        return self.hand_over.dated if self.hand_over else timezone.localdate(self.moment)


type Check = Callable[[Any, Any], Sequence[Gap]]
type Effect = Callable[[Deed], None]
type Term = Callable[[Any], date | None]


@dataclass(frozen=True)
class Transition:
    """A step of a paper. `target` None is a stamp: it leaves the state as it is.

    `label` is what the person is about to do, and `page_label` the button that leads there where the paper's
    page puts it in other words. `done` says in the past tense what was done, in lower case and agreeing with
    the paper, for its history and its letters.
    `decision` steps have no button: a signed decision of a group takes them and is their basis.
    `hand_over` steps store number, date and signatory of the letter that goes with them, `receives` steps the
    number and date under which the acting body registered what it received; `receiver` is the permission of
    those who may add these to a letter later. `confirm` is the question that the page asks. An effect that
    needs input says so itself, by a method `fields()`, refuses it by `judge(paper, given)`, and does the slow
    part ahead of the transaction by `prepare(data)`; `form` is the dotted path of a form that asks more.
    `term(paper)` is the date until which the order recommends the step: after it the step asks for a reason
    and leaves the mark `late`, judged by the date of the document and not by the day of entry. `earliest` is
    the first day on which its letter can have been written: a date before it, in the future, before that of
    the letter before, or long before its entry asks for a reason as well (`apps.workflow.dating`).
    `redated` are the effects by which the paper follows a letter whose date is entered or mended later.
    `outlook(paper)` says what the step would bring about beyond the paper itself.
    """

    name: str
    label: Text
    sources: Sequence[str]
    target: str | None
    permission: str
    comment: bool = False
    decision: bool = False
    hand_over: bool = False
    receives: bool = False
    receiver: str = ""
    internal: bool = False
    check: Check | None = None
    term: Term | None = None
    earliest: Term | None = None
    effects: Sequence[Effect] = ()
    redated: Sequence[Effect] = ()
    outlook: Callable[[Any], Sequence[Text]] | None = None
    explanation: Text = ""
    confirm: Text = ""
    form: str = ""
    page_label: Text = ""
    done: Text = ""

    @property
    def past(self) -> Text:
        """What was done, or the step's name where it has no words of its own for that."""
        return self.done or self.label

    def prepared(self, data: dict[str, Any]) -> dict[str, Any]:
        """Let the effects do the slow part of their work before any lock is taken; twice is once."""
        for effect in self.effects:
            if prepare := getattr(effect, "prepare", None):
                data = prepare(data)
        return data

    @property
    def has_button(self) -> bool:
        return not (self.decision or self.internal)

    @property
    def leads_back(self) -> bool:
        """Whether the step undoes another one: never the first thing to press."""
        return self.target == "draft"
