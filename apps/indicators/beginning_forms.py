"""What is asked when a list begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.attachments.forms import AttachmentField
from apps.groups.models import WorkingGroup
from apps.indicators import drafting
from apps.indicators.effects import act_fields
from apps.indicators.models import IndicatorList, TypicalList, TypicalListItem
from apps.organisations.models import Organisation
from apps.workflow.forms import OUTGOING, DayField, hand_over_fields

FIRST_YEAR, LAST_YEAR = 2020, 2100
LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"))
NEXT_YEAR_FROM_MONTH = 7


def year_to_draw_up() -> int:
    """From July on one draws up the list of the year to come."""
    today = timezone.localdate()
    return today.year + (today.month >= NEXT_YEAR_FROM_MONTH)


def page_language() -> str:
    return "ru" if (get_language() or "kk").startswith("ru") else "kk"


class BeginForm(forms.Form):
    """For which akimat and which year."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("akimat"))
    year = forms.IntegerField(label=_("list for the year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, bodies: Sequence[Organisation], user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        akimat = self.fields["organisation"]
        akimat.queryset = Organisation.objects.filter(pk__in=[body.pk for body in bodies])  # type: ignore[attr-defined]
        self.initial.setdefault("year", year_to_draw_up())
        if len(bodies) == 1:
            akimat.widget = forms.HiddenInput()
            self.initial["organisation"] = bodies[0].pk

    def begin(self, actor: Any) -> IndicatorList:
        return drafting.begin(self.cleaned_data["organisation"], self.cleaned_data["year"], actor=actor)


class TypicalForm(BeginForm):
    """The rows of the typical list in force, all of them chosen at first."""

    items: Any = forms.ModelMultipleChoiceField(
        TypicalListItem.objects.none(),
        label=_("rows of the typical list"),
        error_messages={"required": _("Choose at least one row.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typical = TypicalList.objects.visible_to(self.user).in_force()
        self.rows = list(self.typical.items.all()) if self.typical else []
        if self.typical:
            self.fields["items"].queryset = self.typical.items.all()  # type: ignore[attr-defined]
        else:
            del self.fields["items"]

    @property
    def chosen(self) -> set[int]:
        """Keys of the rows that the page shows as chosen."""
        sent = set(self.data.getlist("items")) if self.is_bound else None  # type: ignore[attr-defined]
        return {row.pk for row in self.rows if sent is None or str(row.pk) in sent}

    def clean(self) -> dict[str, Any]:
        if self.typical is None:
            self.add_error(None, _("No typical list has been published yet: begin in another way."))
        return self.cleaned_data

    def begin(self, actor: Any) -> IndicatorList:
        given, items = self.cleaned_data, self.cleaned_data["items"]
        return drafting.begin_from_typical(
            given["organisation"],
            given["year"],
            typical=items[0].typical_list,
            keys=[item.pk for item in items],
            actor=actor,
        )


class CopyForm(BeginForm):
    """Which edition to take over: by default the newest."""

    earlier = forms.ModelChoiceField(IndicatorList.objects.none(), label=_("edition to take over"))

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, bodies=bodies, **kwargs)
        own = IndicatorList.objects.filter(organisation__in=bodies).order_by("-year", "-edition")
        self.fields["earlier"] = ListChoice(own, label=_("edition to take over"))
        self.initial["earlier"] = own.first()
        self.has_earlier = self.initial["earlier"] is not None

    def begin(self, actor: Any) -> IndicatorList:
        given = self.cleaned_data
        return drafting.begin_from_earlier(
            given["organisation"], given["year"], earlier=given["earlier"], actor=actor
        )


class ListChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: IndicatorList) -> str:
        return f"{obj.title}, {obj.get_status_display()}"


class BlockField(forms.CharField):
    """Rows of Annex 1 as they are copied from Excel."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": 8, "wrap": "off", "class": "block"})
        super().__init__(max_length=1_000_000, strip=False, widget=widget, **kwargs)


class OnPaperForm(BeginForm):
    """A list that exists on paper: its rows as blocks from Excel, its act, and when it came into force.

    The scan belongs to the last step, when the rows have been seen: a browser forgets a chosen file with
    every page.
    """

    rows = BlockField(
        label=_("rows of the list"),
        help_text=_("Copy the table in Excel, with or without its header, and paste it here."),
        error_messages={"required": _("Paste the rows of the list.")},
    )
    language = forms.ChoiceField(
        label=_("language of the words in the block"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        required=False,
    )
    rows_other = BlockField(
        label=_("the same rows in the other language"),
        help_text=_("Its words alone are taken, row by row. They can also be added later."),
        required=False,
    )
    act_kind = forms.ChoiceField(
        label=_("kind of the act"), choices=WorkingGroup.ActKind, initial=WorkingGroup.ActKind.RESOLUTION
    )
    published_on = DayField(
        label=_("In force since"),
        required=False,
        help_text=_("Empty: the date of the act, but not before 1 January of the year of the list."),
    )
    scan = AttachmentField(required=False)
    reason = forms.CharField(
        label=_("Why there is no scan"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It stays on the paper as a mark, and in its history."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(hand_over_fields(OUTGOING))
        self.fields.update(act_fields())
        self.fields["outgoing_date"].required = True
        self.initial.update({"year": timezone.localdate().year, "language": page_language()})

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or page_language()

    def clean(self) -> dict[str, Any]:
        """Nobody has approved the list here, so that the act itself speaks for it, or whoever enters it."""
        given = super().clean() or self.cleaned_data
        is_entered = "preview" not in self.data and "scan" not in self.errors
        if is_entered and not given.get("scan") and not given.get("reason", "").strip():
            self.add_error("scan", _("Attach the scan of the act, or write below why there is none."))
        return given

    @property
    def data_for_deed(self) -> dict[str, Any]:
        apart = {"organisation", "year", "rows", "language", "rows_other", "published_on", "reason"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}
