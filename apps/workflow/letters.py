"""Letters after their step: each side completes what its own chancellery gave, and the paper follows."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.workflow import audit
from apps.workflow.models import INCOMING, OUTGOING, HandOver, Paper
from apps.workflow.workflow import Deed, Refused, Transition, workflow_of


def editable_fields(paper: Paper, letter: HandOver, user: Any) -> tuple[str, ...]:
    """Name the fields of a letter that the person may enter: a side enters what its own chancellery gave."""
    step = workflow_of(paper).transitions.get(letter.transition)
    if step is None:
        return ()
    sends = step.hand_over and user.has_perm(step.permission, paper)
    receives = (
        user.has_perm(step.receiver or step.permission, paper) if step.receiver or step.receives else False
    )
    return (*(OUTGOING if sends else ()), *(INCOMING if receives else ()))


def later_effects(step: Transition) -> list[Any]:
    """Effects of a step that may also follow it, such as keeping the scan of its letter."""
    return [effect for effect in step.effects if getattr(effect, "may_follow", False)]


@transaction.atomic
def attach(paper: Paper, letter: HandOver, data: dict[str, Any], *, actor: Any) -> None:
    """Keep beside a letter what came too late for its step; each of its two sides may.

    Raises `Refused` when the actor is of neither side.
    """
    workflow = workflow_of(paper)
    paper = workflow.lock(paper)
    step = workflow.transitions[letter.transition]
    if not editable_fields(paper, letter, actor):
        raise Refused(_("You have no right to this step."), code="forbidden")
    deed = Deed(paper, step, actor, moment=timezone.now(), data=data, hand_over=letter)
    for effect in later_effects(step):
        effect(deed)
    audit.record(paper, actor, "attach", comment="; ".join(deed.kept))


@transaction.atomic
def mend(paper: Paper, letter: HandOver, values: dict[str, Any], *, actor: Any, reason: str = "") -> None:
    """Store details of a letter, and let the paper follow the newest letter of a step (ADR 3).

    Raises `Refused` when a field is not the actor's to enter, or when the date makes the step late or cannot
    be right and no reason is given; nothing is written then.
    """
    workflow = workflow_of(paper)
    paper = workflow.lock(paper)
    letter = HandOver.objects.get(pk=letter.pk)
    if not values.keys() <= set(editable_fields(paper, letter, actor)):
        raise Refused(_("You have no right to this step."), code="forbidden")
    said: dict[str, Any] = {
        "hand_over": {name: [getattr(letter, name), value] for name, value in values.items()}
    }
    for name, value in values.items():
        setattr(letter, name, value)
    letter.save(update_fields=list(values))
    step = workflow.transitions[letter.transition]
    if _counts(letter, paper, step):
        moment = timezone.now()
        deed = Deed(paper, step, actor, moment=moment, reason=reason, data=values, hand_over=letter)
        workflow.redate(deed)
        said |= deed.changes
    if reason:
        said["reason"] = reason
    audit.record(paper, actor, "hand_over_edited", changes=said)


def _counts(letter: HandOver, paper: Paper, step: Transition) -> bool:
    """Whether the paper still stands on this letter: the newest, and the step not due again."""
    newest = HandOver.objects.of(paper).filter(transition=step.name).last()
    return letter == newest and paper.status not in step.sources
