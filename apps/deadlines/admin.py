"""Operators' page of the recommended dates: one that was moved says from when, and on which basis."""

import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.deadlines.forms import MoveForm
from apps.deadlines.models import Deadline


@admin.register(Deadline)
class DeadlineAdmin(admin.ModelAdmin):
    form = MoveForm
    list_display = ("body", "duty", "year", "due_on", "first_date")
    list_filter = ("year",)
    list_select_related = ("organisation",)
    search_fields = ("organisation__name_kk", "organisation__name_ru")
    fields = ("body", "duty", "year", "first_date", "due_on", "move_reason")
    readonly_fields = ("body", "duty", "year", "first_date")

    @admin.display(description=_("organisation"), ordering="organisation")
    def body(self, deadline: Deadline) -> Any:
        return deadline.organisation

    @admin.display(description=_("deadline"))
    def duty(self, deadline: Deadline) -> Any:
        return deadline.label

    @admin.display(description=_("first date"))
    def first_date(self, deadline: Deadline) -> datetime.date:
        return deadline.moved_from or deadline.due_on

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, deadline: Deadline, form: Any, change: Any) -> None:
        """Move the date as it is stored: the form has put the new one on its own row already."""
        stored = Deadline.objects.get(pk=deadline.pk)
        stored.move(form.cleaned_data["due_on"], form.cleaned_data["move_reason"], request.user)
