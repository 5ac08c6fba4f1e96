"""The workflow kernel: a transition is data, and `perform` is the only writer of `status`.

Locks are taken in one order everywhere: the protocol, papers by id, last the head of the audit chain.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.ui.dates import moment_digits
from apps.ui.texts import worded
from apps.workflow import audit, dating
from apps.workflow.gaps import Gap
from apps.workflow.models import INCOMING, OUTGOING, AuditEntry, HandOver, Paper
from apps.workflow.transitions import Deed, Text, Transition


class Refused(Exception):
    """A step that was not taken. Nothing was written."""

    def __init__(self, message: Text, *, code: str = "refused", gaps: Iterable[Gap] = ()) -> None:
        super().__init__(str(message))
        self.message = message
        self.code = code
        self.gaps = tuple(gaps)


class Workflow[P: Paper]:
    """The table of a paper's transitions, and the one door through which its state changes."""

    def __init__(self, model: type[P], transitions: Iterable[Transition], *, states: Any) -> None:
        self.model = model
        self.states = states
        self.transitions = {transition.name: transition for transition in transitions}
        workflows[model._meta.label_lower] = self

    def available_to(self, user: Any, paper: P) -> list[Transition]:
        """List the steps for which this user has a button on this paper now."""
        return [
            step
            for step in self.transitions.values()
            if step.has_button and paper.status in step.sources and user.has_perm(step.permission, paper)
        ]

    def gaps(
        self, paper: P, name: str, actor: Any, on: date | None = None, entered_on: date | None = None
    ) -> list[Gap]:
        """List all unmet conditions of a step at once, errors first; `on` is the document's date or today."""
        step, entered_on = self.transitions[name], entered_on or timezone.localdate()
        found = [
            *(step.check(paper, actor) if step.check else ()),
            *dating.lateness(paper, step, on),
            *dating.doubts(paper, step, on, entered_on=entered_on),
        ]
        return sorted(found, key=lambda gap: not gap.is_error)

    def perform(  # noqa: PLR0913 - a step is told this much
        self,
        paper: P,
        name: str,
        *,
        actor: Any,
        comment: str = "",
        reason: str = "",
        basis: models.Model | None = None,
        data: dict[str, Any] | None = None,
        expected_version: int | None = None,
        entered_on: date | None = None,
    ) -> P:
        """Take one step, whole or not at all, and return the paper as it now stands.

        `entered_on` is the day by which the letter's date is judged: today, unless a past is built anew.
        Raises `Refused`: the state has moved on, a right, comment, decision or reason is missing, or the
        check found errors. All is judged on the locked row, never on the instance that was passed.
        """
        step = self.transitions[name]
        data = step.prepared(data or {})
        with transaction.atomic():
            locked = self.lock(paper)
            deed = Deed(
                paper=locked,
                transition=step,
                actor=actor,
                moment=timezone.now(),
                comment=worded(comment),
                reason=worded(reason),
                basis=basis,
                data=data,
            )
            self._judge(deed, expected_version, entered_on)
            self._mark(deed)
            if step.hand_over or step.receives:
                deed.hand_over = self._hand_over(deed)
            before = locked.status
            if step.target is not None:
                locked.status = step.target
                locked.status_since = deed.moment
            locked.version += 1
            for effect in step.effects:
                effect(deed)
            locked.save()
            self._record(deed, before)
        return locked

    def redate(self, deed: Deed) -> None:
        """Let the paper follow the letter of a step taken before: its dates, and whether it was late.

        The caller holds the paper's lock. Raises `Refused` when the date makes the step late, or cannot be
        right, and no reason is given.
        """
        step, paper, letter = deed.transition, deed.paper, deed.hand_over
        gaps, judged = [*dating.lateness(paper, step, deed.dated)], {dating.LATE}
        if letter and "outgoing_date" in deed.data:
            entered_on = timezone.localdate(letter.moment)
            gaps += dating.doubts(paper, step, letter.outgoing_date, entered_on=entered_on, letter=letter)
            judged.add(dating.DOUBTFUL)
        new = [gap for gap in gaps if not paper.has_mark(gap.mark, step.name)]
        if new and not deed.reason:
            raise Refused(_("Some conditions are not met: confirm with a reason."), code="reason", gaps=new)
        for gap in new:
            paper.add_mark(gap.mark, deed.reason, step.name)
        for code in judged - {gap.mark for gap in gaps}:
            paper.drop_mark(code, step.name)
        for effect in step.redated:
            effect(deed)
        paper.version += 1
        paper.save()

    def lock(self, paper: P) -> P:
        """Fetch the paper anew and keep everybody else from it until the transaction ends."""
        return self.model._default_manager.select_for_update(of=("self",)).get(pk=paper.pk)

    def _judge(self, deed: Deed, expected_version: int | None, entered_on: date | None) -> None:
        step, paper = deed.transition, deed.paper
        if not deed.actor.has_perm(step.permission, paper):
            raise Refused(_("You have no right to this step."), code="forbidden")
        if paper.status not in step.sources:
            raise self.overtaken(paper, step)
        if expected_version is not None and paper.version != expected_version:
            raise self._stale(paper, step)
        if step.comment and not deed.comment:
            raise Refused(_("Write a comment: this step is not taken without one."), code="comment")
        if step.decision and deed.basis is None:
            raise Refused(_("This step is taken by a signed decision of the group."), code="decision")
        on = deed.data.get("outgoing_date")
        gaps = self.gaps(paper, step.name, deed.actor, on, entered_on)
        if any(gap.is_error for gap in gaps):
            raise Refused(_("The step cannot be taken: mend what is listed."), code="errors", gaps=gaps)
        if gaps and not deed.reason:
            raise Refused(_("Some conditions are not met: confirm with a reason."), code="reason", gaps=gaps)
        deed.gaps = gaps

    def overtaken(self, paper: P, step: Transition) -> Refused:
        """Tell why a step does not fit the state: somebody has taken it, or the paper is elsewhere."""
        entries = AuditEntry.objects.of(paper).filter(action=step.name).order_by("-pk")
        if step.target == paper.status and (entry := entries.first()):
            return already_done(entry)
        state = self.states(paper.status).label
        return Refused(
            _("The step does not fit the paper’s state: {state}").format(state=state), code="state"
        )

    def _stale(self, paper: P, step: Transition) -> Refused:
        newest = AuditEntry.objects.of(paper).order_by("-pk").first()
        if newest and newest.action == step.name:
            return already_done(newest)
        return Refused(
            _("The paper has changed since you opened this page. Look at it once more."), code="stale"
        )

    def _mark(self, deed: Deed) -> None:
        for gap in deed.gaps:
            if gap.mark:
                deed.paper.add_mark(gap.mark, deed.reason, deed.transition.name)

    def _hand_over(self, deed: Deed) -> HandOver:
        given = {name: deed.data[name] for name in (*OUTGOING, *INCOMING) if deed.data.get(name)}
        return HandOver.objects.create(
            paper=deed.paper,
            transition=deed.transition.name,
            moment=deed.moment,
            issuer=deed.paper.issuer_of(deed.transition.name),
            entered_by=deed.actor,
            **given,
        )

    def _record(self, deed: Deed, before: str) -> None:
        changes = dict(deed.changes)
        if deed.reason:
            changes["reason"] = deed.reason
        if deed.hand_over:
            changes["hand_over"] = {name: getattr(deed.hand_over, name) for name in (*OUTGOING, *INCOMING)}
        audit.record(
            deed.paper,
            deed.actor,
            deed.transition.name,
            from_state=before,
            to_state=deed.paper.status,
            comment=deed.comment,
            basis=deed.basis,
            changes=changes,
            moment=deed.moment,
        )


def already_done(entry: AuditEntry) -> Refused:
    """Tell whoever pressed the button a second time who was first, and when."""
    moment = moment_digits(entry.moment)
    message = _("This has already been done: {name}, {time}").format(name=entry.actor_name, time=moment)
    return Refused(message, code="done")


workflows: dict[str, Workflow[Any]] = {}


def workflow_of(paper: Paper) -> Workflow[Any]:
    """Find the workflow that governs a paper."""
    return workflows[paper._meta.label_lower]
