"""What is asked when a list is published: from when it is in force, and whether that is meant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.indicators.succession import Place, begins_by_itself, place_of
from apps.workflow.forms import TransitionForm


class PublishForm(TransitionForm):
    """The day is there to be changed; one that gives a report a list of another year is to be confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["published_on"] = begins_by_itself(self.paper)  # type: ignore[arg-type]
        if "day_confirmed" in self.data:
            self._ask_whether_meant()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins = cleaned.get("published_on") or begins_by_itself(self.paper)  # type: ignore[arg-type]
        doubt = doubt_about(place_of(self.paper, begins))  # type: ignore[arg-type]
        if doubt and not cleaned.get("day_confirmed"):
            self._ask_whether_meant()
            self.add_error("published_on", doubt)
        return cleaned

    def _ask_whether_meant(self) -> None:
        self.fields["day_confirmed"] = forms.BooleanField(
            label=gettext_lazy("The day is right"), required=False
        )


def doubt_about(place: Place) -> str:
    """What is odd about a list beginning on that day; nothing, as a rule."""
    if place.is_ahead_of_its_year:
        said = _("The list for {year} would govern the report for {other}. Mend the day or confirm it.")
        return said.format(year=place.paper.year, other=place.begins.year)
    if place.replaces_a_later_year and place.shortened:
        said = _("The list for {year} would replace the list for {other}. Mend the day or confirm it.")
        return said.format(year=place.paper.year, other=place.shortened.year)
    return ""
