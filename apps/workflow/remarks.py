"""Remarks to a paper: written, answered and resolved under the paper's lock, so that none lands too late."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.workflow import audit
from apps.workflow.models import Paper, Remark
from apps.workflow.workflow import Refused, workflow_of


@transaction.atomic
def write(remark: Remark, paper: Paper, actor: Any) -> Remark:
    """Add a remark to its round. Raises `Refused` when the paper has moved on."""
    paper = workflow_of(paper).lock(paper)
    if not paper.may_remark(actor):
        raise moved_on()
    remark.paper, remark.author = paper, actor
    remark.side = paper.remark_side
    remark.round = Remark.objects.round_of(paper)
    remark.save()
    audit.record(paper, actor, "remark_added", comment=remark.text)
    return remark


@transaction.atomic
def answer(remark: Remark, paper: Paper, text: str, actor: Any) -> None:
    """Keep the answer of those who drew up the paper. Raises `Refused` when the paper has moved on."""
    paper = workflow_of(paper).lock(paper)
    if not paper.may_answer(actor):
        raise moved_on()
    Remark.objects.filter(pk=remark.pk).update(answer=text, answered_by=actor, answered_at=timezone.now())
    audit.record(paper, actor, "remark_answered", comment=text)


@transaction.atomic
def resolve(remark: Remark, paper: Paper, actor: Any) -> None:
    """Take a remark back as settled; a second time changes nothing. Raises `Refused` like the others."""
    paper = workflow_of(paper).lock(paper)
    if not paper.may_resolve(actor, remark):
        raise moved_on()
    open_one = Remark.objects.open().filter(pk=remark.pk)
    if open_one.update(resolved_by=actor, resolved_at=timezone.now()):
        audit.record(paper, actor, "remark_resolved", comment=remark.text)


def moved_on() -> Refused:
    return Refused(_("The paper has moved on meanwhile: look at its state."), code="state")
