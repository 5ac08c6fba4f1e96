"""Operators' deeds upon accounts and roles, kept in the national chain of history with what they changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import BaseModelForm
from django.http import HttpRequest

from apps.workflow import audit

from .models import User


class RecordedAdmin(admin.ModelAdmin):
    """Write an entry for the person whom the form is about, in the transaction that stores it.

    The admin's own log names the fields; the chain keeps the values, and cannot be cut without notice.
    """

    person_field = ""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        name = self.opts.model_name
        changes = changes_of(form)
        for row in (row for formset in formsets for row in formset.forms if row.has_changed()):
            changes[f"{row.instance._meta.model_name}:{row.instance.pk}"] = changes_of(row)
        if changes:
            deed = f"{name}_changed" if change else f"{name}_added"
            self.record(request, self._person(form.instance), deed, changes)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.record(request, obj, f"{self.opts.model_name}_deleted", {"email": str(obj)})
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def record(
        self, request: HttpRequest, person: User, action: str, changes: dict[str, Any] | None = None
    ) -> None:
        audit.record(person, request.user, action, changes=changes)

    def _person(self, obj: Any) -> User:
        return getattr(obj, self.person_field) if self.person_field else obj


def changes_of(form: BaseModelForm[Any]) -> dict[str, Any]:
    """Each changed field with its value before and after, as a key or a text; no form here has a password."""
    fields = form.instance._meta
    return {
        name: [
            _plain(form.initial.get(name)),
            _plain(fields.get_field(name).value_from_object(form.instance)),
        ]
        for name in form.changed_data
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)
