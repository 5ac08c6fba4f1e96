"""Changes of a group and of its seats, each stored with its entry of history in one transaction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction

from apps.groups.models import Member, WorkingGroup
from apps.workflow import audit


def store_group(form: forms.ModelForm, actor: Any, action: str) -> WorkingGroup:
    """Save the group's form and write down what was changed."""
    changes = changed(form)
    with transaction.atomic():
        group: WorkingGroup = form.save()
        audit.record(group, actor, action, changes=changes)
    return group


def store_member(form: forms.ModelForm, group: WorkingGroup, actor: Any, action: str) -> Member:
    """Save a seat's form and write it down in the history of its group, one seat at a time."""
    changes = changed(form)
    with transaction.atomic():
        locked = WorkingGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
        form.instance.group = locked
        member: Member = form.save()
        audit.record(locked, actor, action, changes={f"line:{member.pk}": changes})
    return member


def changed(form: forms.ModelForm) -> dict[str, list[Any]]:
    """Pair old and new values of the fields that were changed, as they are stored."""
    return {
        name: [readable(form.initial.get(name)), readable(form.cleaned_data.get(name))]
        for name in form.changed_data
    }


def readable(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value
