"""What a paper's page shows of its workflow: buttons, letters, remarks, history."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse

from apps.workflow.forms import RemarkForm
from apps.workflow.history import entries_for, told, words_of_action
from apps.workflow.letters import editable_fields, later_effects
from apps.workflow.models import AuditEntry, HandOver, Paper, Remark
from apps.workflow.workflow import Transition, workflow_of

register = template.Library()


@register.simple_tag
def transition_url(paper: Paper, step: Transition | str) -> str:
    """The page that asks before a step is taken."""
    name = step.name if isinstance(step, Transition) else step
    return _url("paper_transition", paper, name=name)


@register.filter
def deed(entry: AuditEntry) -> str:
    """What an entry of history says was done, for short lists over many papers."""
    return words_of_action(entry.paper, entry.action)


@register.simple_tag
def history_url(paper: Paper) -> str:
    return _url("paper_history", paper)


@register.simple_tag
def remark_url(paper: Paper) -> str:
    return _url("remark_create", paper)


@register.inclusion_tag("workflow/_actions.html", takes_context=True)
def workflow_actions(context: template.Context, paper: Paper) -> dict[str, Any]:
    """The buttons that the person has on the paper now: the first one filled, the others drawn."""
    steps = workflow_of(paper).available_to(context["request"].user, paper)
    return {"paper": paper, "steps": steps}


@register.inclusion_tag("workflow/_remarks.html", takes_context=True)
def paper_remarks(
    context: template.Context, paper: Paper, remarks: Iterable[Remark] | None = None
) -> dict[str, Any]:
    """The remarks to a paper, open ones first, with what the person may do about them (at most one query).

    `?to=` of the page is the line to which a new remark is begun.
    """
    request = context["request"]
    user = request.user
    remarks = list(Remark.objects.of(paper).with_people() if remarks is None else remarks)
    may_remark = paper.may_remark(user)
    names = paper.line_names() if may_remark or any(remark.line_id for remark in remarks) else {}
    for remark in remarks:
        remark.place = _place(paper, remark, names)  # type: ignore[attr-defined]
        remark.round_words = paper.round_words.format(round=remark.round)  # type: ignore[attr-defined]
        remark.may_resolve = may_remark and remark.side in {"", paper.remark_side}  # type: ignore[attr-defined]
    open_remarks = [remark for remark in remarks if not remark.resolved_at]
    counts = Counter(remark.kind for remark in open_remarks)
    chosen = {"line_id": request.GET.get("to")}
    return {
        "paper": paper,
        "open_remarks": open_remarks,
        "kinds": [{"label": kind.label, "count": counts[kind]} for kind in Remark.Kind if counts[kind]],
        "resolved_remarks": [remark for remark in remarks if remark.resolved_at],
        "may_remark": may_remark,
        "may_answer": paper.may_answer(user),
        "form": RemarkForm(paper=paper, lines=names, auto_id="new_remark_%s", initial=chosen)
        if may_remark
        else None,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("workflow/_history.html", takes_context=True)
def paper_history(context: template.Context, paper: Paper, limit: int = 5) -> dict[str, Any]:
    """The newest entries of a paper's history."""
    newest = entries_for(context["request"].user, paper).order_by("-pk")[:limit]
    return {"paper": paper, "entries": told(paper, newest)}


@register.inclusion_tag("workflow/_hand_overs.html", takes_context=True)
def hand_overs(
    context: template.Context, paper: Paper, letters: Iterable[HandOver] | None = None
) -> dict[str, Any]:
    """The letters with which a paper passed between bodies, and who may add to them (at most one query)."""
    user, transitions = context["request"].user, workflow_of(paper).transitions
    letters = list(HandOver.objects.of(paper) if letters is None else letters)
    for letter in letters:
        step = transitions.get(letter.transition)
        letter.words = step.past if step else letter.transition  # type: ignore[attr-defined]
        letter.is_open = bool(editable_fields(paper, letter, user))  # type: ignore[attr-defined]
        letter.takes_files = bool(step and letter.is_open and later_effects(step))  # type: ignore[attr-defined]
    return {"paper": paper, "letters": letters}


def _place(paper: Paper, remark: Remark, names: dict[str, str]) -> str:
    if remark.line_id is None:
        return ""
    place = names.get(str(remark.line_id), "")
    if remark.field and paper.line_model:
        place = f"{place}, {paper.line_model._meta.get_field(remark.field).verbose_name}"  # type: ignore[union-attr]
    return place


def _url(page: str, paper: Paper, **more: Any) -> str:
    return reverse(f"workflow:{page}", kwargs={"model": paper._meta.label_lower, "pk": paper.pk, **more})
