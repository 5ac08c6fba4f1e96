"""Input of a meeting: each form is one part of the meeting page; `draft.py` puts them together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.attachments.forms import AttachmentField
from apps.meetings.decisions import kinds, kinds_for
from apps.meetings.models import AgendaItem, Attendance, Decision, Meeting, Protocol
from apps.ui.fields import DayField
from apps.ui.heights import rows_for
from apps.ui.widgets import Segments
from apps.workflow.workflow import Refused

FEWEST_ROWS, MOST_ROWS, LETTERS_IN_A_ROW = 2, 12, 48


class WordsForm(forms.ModelForm):
    """A form whose text areas are as tall as their words, and know their language.

    Of the texts named in `either` one language is enough: a translation is asked for, never forced.
    """

    either: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.endswith(("_kk", "_ru")):
                field.widget.attrs["lang"] = name[-2:]
            if isinstance(field.widget, forms.Textarea):
                words = str(self.initial.get(name) or "")
                field.widget.attrs["rows"] = rows_for(
                    words, LETTERS_IN_A_ROW, least=FEWEST_ROWS, most=MOST_ROWS
                )
        for text in self.either:
            self.fields[f"{text}_kk"].required = self.fields[f"{text}_ru"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for text in self.either:
            if not given.get(f"{text}_kk") and not given.get(f"{text}_ru"):
                self.add_error(f"{text}_kk", _("Write it in at least one of the two languages."))
        return given

    @property
    def is_struck(self) -> bool:
        """Whether the row is to be removed, so that nothing else in it matters."""
        return "delete" in self.fields and bool(self.data.get(self.add_prefix("delete")))


class AnotherMixin(forms.BaseForm):
    """A second meeting of one day goes through when it is said to be another one."""

    def offer_another(self) -> None:
        """Take the answer in; the box itself is shown once the question has come up."""
        self.fields["is_another"] = forms.BooleanField(
            label=_("This is another meeting on the same day"), required=False
        )

    def ask_whether_another(self, refused: Refused) -> None:
        self.add_error("held_on", forms.ValidationError(str(refused.message), code=refused.code))

    @property
    def asks_whether_another(self) -> bool:
        return self.has_error("held_on", "same_day") or bool(self.data.get("is_another"))


class MeetingForm(WordsForm):
    """Section 1: when, how and where."""

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = ("held_on", "starts_at", "ends_at", "form", "place_kk", "place_ru")
        widgets = {
            "starts_at": forms.TimeInput(format="%H:%M", attrs={"placeholder": "15:00", "size": 5}),
            "ends_at": forms.TimeInput(format="%H:%M", attrs={"placeholder": "16:20", "size": 5}),
        }
        field_classes = {"held_on": DayField}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        starts_at, ends_at = given.get("starts_at"), given.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The meeting ends before it begins."))
        return given


class NewMeetingForm(AnotherMixin, MeetingForm):
    """The same when a meeting is planned, with the choice of the group for those who keep several."""

    class Meta(MeetingForm.Meta):
        fields = ("group", *MeetingForm.Meta.fields)

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["group"]
        choice.queryset = groups
        choice.empty_label = None
        self.offer_another()


class AttendanceForm(forms.Form):
    """Section 2, one member: present, absent, or replaced and by whom."""

    state = forms.ChoiceField(
        label=gettext_lazy("Attendance"),
        choices=[
            (Attendance.State.PRESENT, Attendance.State.PRESENT.label),
            (Attendance.State.ABSENT, Attendance.State.ABSENT.label),
            (Attendance.State.REPLACED, pgettext_lazy("narrow", "replaced by a representative")),
        ],
        widget=Segments,
        required=False,
    )
    representative = forms.CharField(label=gettext_lazy("Representative"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, member: Any) -> None:
        initial = {"state": member.attended or "", "representative": member.representative or ""}
        super().__init__(data, initial=initial, prefix=f"member-{member.pk}")
        self.member = member
        self.fields["state"].widget.attrs["aria-label"] = member.full_name
        self.fields["representative"].widget.attrs["aria-label"] = _("Representative: {member}").format(
            member=member.full_name
        )

    def clean(self) -> dict[str, Any]:
        """«All were present» in the form's data answers for whoever was not marked one by one."""
        given = super().clean() or self.cleaned_data
        if "all_present" in self.data and not given.get("state"):
            given["state"] = Attendance.State.PRESENT
        if given.get("state") != Attendance.State.REPLACED:
            given["representative"] = ""
        return given

    @property
    def differs(self) -> bool:
        """Whether the stored row, or its absence, is not what the form says."""
        said = (self.cleaned_data["state"] or None, self.cleaned_data["representative"])
        return said != (self.member.attended, self.member.representative or "")


class AgendaItemForm(WordsForm):
    """Section 3, one question; what was heard and who spoke is written after the meeting."""

    either = ("title",)
    delete = forms.BooleanField(label=gettext_lazy("Take the question off the agenda"), required=False)

    class Meta:
        model = AgendaItem
        fields = ("position", "title_kk", "title_ru", "heard_kk", "heard_ru", "spoke_kk", "spoke_ru")
        widgets = {"position": forms.TextInput(attrs={"inputmode": "numeric", "size": 2})}


class NewItemForm(WordsForm):
    """Section 3, a question that is added."""

    either = ("title",)

    class Meta:
        model = AgendaItem
        fields = ("title_kk", "title_ru")


class DecisionForm(WordsForm):
    """Section 4, one decision; its kind can be chosen where the question has a paper."""

    either = ("text",)
    delete = forms.BooleanField(label=gettext_lazy("Delete the decision"), required=False)

    class Meta:
        model = Decision
        fields = (
            "kind",
            "text_kk",
            "text_ru",
            "responsible_kk",
            "responsible_ru",
            "due_on",
            "votes_for",
            "votes_against",
            "votes_abstained",
        )
        widgets = {
            f"votes_{name}": forms.TextInput(attrs={"inputmode": "numeric", "size": 3})
            for name in ("for", "against", "abstained")
        }
        field_classes = {"due_on": DayField}

    def __init__(self, *args: Any, item: AgendaItem, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.subject = item, subject
        self.filled_in: dict[str, str] = {}
        self.possible = kinds_for(subject)
        if not self.possible:
            del self.fields["kind"]
            return
        choices = [("", _("only recorded")), *((kind.name, kind.label) for kind in self.possible)]
        self.fields["kind"] = forms.ChoiceField(
            label=gettext_lazy("What the decision does"), choices=choices, required=False
        )

    def clean(self) -> dict[str, Any]:
        """A kind that acts brings its own words where nobody has written others."""
        given = self.cleaned_data
        chosen, before = kinds.get(given.get("kind", "")), kinds.get(self.initial.get("kind", ""))
        texts = {language: given.get(f"text_{language}", "") for language in ("kk", "ru")}
        untouched = not any(texts.values()) or (before is not None and texts == before.wording(self.subject))
        if chosen and chosen is not before and untouched:
            self.filled_in = {f"text_{lang}": words for lang, words in chosen.wording(self.subject).items()}
            given |= self.filled_in
        return super().clean()


class ProtocolForm(WordsForm):
    """Section 5: number and date by the chancellery, and who presided and kept the minutes."""

    class Meta:
        model = Protocol
        fields = ("number", "dated", "chair", "chair_is_acting", "secretary", "secretary_is_acting")
        field_classes = {"dated": DayField}

    def __init__(self, *args: Any, seats: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.pk: seat for seat in seats}
        choices = [("", "–"), *((seat.pk, f"{seat.full_name}, {seat.position}") for seat in seats)]
        for name in ("chair", "secretary"):
            field = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=choices,
                required=False,
                coerce=lambda pk: self.seats[int(pk)],
                empty_value=None,
            )
            self.fields[name] = field
            self.fields[f"{name}_is_acting"].label = _("acting")


class CancelForm(forms.Form):
    """Why a planned meeting did not take place."""

    reason = forms.CharField(label=gettext_lazy("Why the meeting did not take place"), max_length=300)


class PastProtocolForm(AnotherMixin, forms.Form):
    """A protocol that exists on paper: its number, its dates and its scan, and nothing replayed."""

    group: Any = forms.ModelChoiceField(label=gettext_lazy("Group"), queryset=None, empty_label=None)
    held_on = DayField(label=gettext_lazy("Date of the meeting"))
    number = forms.CharField(label=gettext_lazy("Protocol No."), max_length=60)
    dated = DayField(label=gettext_lazy("Date of the protocol"))
    chair_name = forms.CharField(label=gettext_lazy("Chair"), max_length=200, required=False)
    secretary_name = forms.CharField(label=gettext_lazy("Secretary"), max_length=200, required=False)
    agenda_kk = forms.CharField(
        label=gettext_lazy("Agenda, in Kazakh"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "kk"}),
        required=False,
        help_text=gettext_lazy("A question a line."),
    )
    agenda_ru = forms.CharField(
        label=gettext_lazy("Agenda, in Russian"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "ru"}),
        required=False,
        help_text=gettext_lazy("A question a line."),
    )
    scan = AttachmentField()

    def __init__(self, *args: Any, groups: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choice: Any = self.fields["group"]
        choice.queryset = groups
        self.offer_another()

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on > self.today:
            raise forms.ValidationError(_("Only a meeting that has been held has a protocol on paper."))
        return held_on
