"""A paper's history in words: who, in which capacity, when, what, on what basis, and what it changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.ui.dates import date_digits
from apps.workflow.models import AuditEntry, AuditEntryQuerySet, HandOver, Paper
from apps.workflow.workflow import Workflow, workflows

KERNEL_WORDS: Mapping[str, Promise] = {
    "created": _("created"),
    "edit": _("lines changed"),
    "hand_over_edited": _("details of the letter changed"),
    "attach": _("file attached"),
    "remark_added": _("remark written"),
    "remark_answered": _("remark answered"),
    "remark_resolved": _("remark resolved"),
}
LINE = "line:"
ISSUED = "issued"  # fingerprints of what the step issued: for the command that verifies, not for people
NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One field before and after; `before` is None where only the new value is known."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True)
class ChangedLine:
    name: str
    changes: tuple[Change, ...]


@dataclass
class Told:
    """An entry as the page shows it; its states where they say more than `words`."""

    entry: AuditEntry
    words: str
    capacity: str
    reason: str = ""
    from_state: str = ""
    to_state: str = ""
    changes: list[Change] = field(default_factory=list)
    lines: list[ChangedLine] = field(default_factory=list)

    @property
    def basis_url(self) -> str:
        basis: Any = self.entry.basis
        return basis.get_absolute_url() if hasattr(basis, "get_absolute_url") else ""


def entries_for(user: Any, paper: Any) -> AuditEntryQuerySet:
    """The entries of a paper; to whom it is not open as it stands now, its steps and letters alone."""
    entries = AuditEntry.objects.of(paper)
    if not isinstance(paper, Paper) or paper.opens_to(user):
        return entries
    return entries.filter(action__in=(*workflows[paper._meta.label_lower].transitions, "hand_over_edited"))


def told(paper: Any, entries: Iterable[AuditEntry]) -> list[Told]:
    """Put entries of one paper into words, in a fixed number of queries however many there are."""
    entries = list(entries)
    prefetch_related_objects(entries, _bases_of(entries))
    capacities = import_string(settings.CAPACITY_WORDS)({entry.capacity for entry in entries})
    has_lines = any(key.startswith(LINE) for entry in entries for key in entry.changes)
    names = paper.line_names() if has_lines else {}
    workflow = workflows.get(paper._meta.label_lower)
    return [_told(paper, entry, capacities[entry.capacity], names, workflow) for entry in entries]


def _bases_of(entries: Iterable[AuditEntry]) -> GenericPrefetch:
    """Bases with what their words and addresses are made of, as each of their models names it."""
    kinds = {entry.basis_type_id for entry in entries if entry.basis_type_id}
    found = (ContentType.objects.get_for_id(kind).model_class() for kind in sorted(kinds))
    rows = [
        model._base_manager.select_related(*model.history_related)  # noqa: SLF001 - Django's own way to any row
        for model in found
        if model is not None and hasattr(model, "history_related")
    ]
    return GenericPrefetch("basis", rows)


def _told(
    paper: Paper, entry: AuditEntry, capacity: str, names: Mapping[str, str], workflow: Workflow[Any] | None
) -> Told:
    one = Told(entry, words=words_of_action(paper, entry.action), capacity=capacity)
    if workflow and entry.to_state and entry.from_state != entry.to_state:
        before, after = (
            str(dict(workflow.states.choices).get(state, state))
            for state in (entry.from_state, entry.to_state)
        )
        if after != one.words:  # most steps are called as the state that they lead to
            one.from_state, one.to_state = before, after
    parts = getattr(paper, "part_models", ())
    for key, value in entry.changes.items():
        if key == "reason":
            one.reason = str(value)
        elif key == ISSUED:
            continue
        elif key == "hand_over" and isinstance(value, dict):
            one.changes += _changes((HandOver,), value)
        elif key.startswith(LINE):
            line = key.removeprefix(LINE)
            changed = value if isinstance(value, dict) else {"": value}
            one.lines.append(
                ChangedLine(
                    names.get(line, _removed(line)), tuple(_changes((paper.line_model, *parts), changed))
                )
            )
        else:
            one.changes += _changes((type(paper), *parts), {key: value})
    return one


def words_of_action(paper: Any, action: str) -> str:
    """What was done, in the past tense, as the paper's step, the paper itself or the kernel names it."""
    workflow = workflows.get(paper._meta.label_lower) if paper else None
    if workflow and action in workflow.transitions:
        return str(workflow.transitions[action].past)
    own_words = getattr(paper, "history_words", {})
    return str(own_words.get(action) or KERNEL_WORDS.get(action) or action)


def _removed(line: str) -> str:
    return gettext("line that is no longer there ({key})").format(key=line)


def _changes(where: Iterable[type[models.Model] | None], changed: Mapping[str, Any]) -> Iterator[Change]:
    for name, value in changed.items():
        column = _column(where, name)
        label = str(getattr(column, "verbose_name", name))
        if isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 - before and after
            yield Change(label, _shown(value[0], column), _shown(value[1], column))
        elif value not in (None, "", False, [], {}):
            yield Change(label, None, _shown(value, column))


def _column(where: Iterable[type[models.Model] | None], name: str) -> Any:
    """Find the field of that name in the first model that has it, for its words and its choices."""
    for model in filter(None, where):
        with suppress(FieldDoesNotExist):
            return model._meta.get_field(name)
    return None


def _shown(value: Any, column: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if choices := dict(getattr(column, "flatchoices", None) or ()):
        return str(choices.get(value, value))
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        return date_digits(datetime.date.fromisoformat(str(value)))
    return str(value)
