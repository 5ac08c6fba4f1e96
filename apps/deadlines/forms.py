"""Moving a recommended date: never without its basis."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.deadlines.models import Deadline
from apps.ui.fields import DayField


class MoveForm(forms.ModelForm):
    class Meta:
        model = Deadline
        fields = ("due_on", "move_reason")
        field_classes = {"due_on": DayField}
        labels = {"move_reason": _("basis of the move")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["move_reason"].required = True
