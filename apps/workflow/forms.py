"""What people enter when a paper takes a step: comment, reason, numbers and dates of the letter; remarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.ui.dates import date_digits
from apps.ui.fields import DayField
from apps.ui.widgets import Segments
from apps.workflow.models import INCOMING, OUTGOING, SIGNATORY, HandOver, Paper, Remark
from apps.workflow.workflow import Gap, Refused, Transition

if TYPE_CHECKING:
    HandOverModelForm = forms.ModelForm[HandOver]
    RemarkModelForm = forms.ModelForm[Remark]
else:
    HandOverModelForm = RemarkModelForm = forms.ModelForm


class NumberedForm(forms.BaseForm):
    """A form with an outgoing number: one used before in the year goes through when confirmed."""

    def add_confirmation(self, *, issuer: str, own: HandOver | None = None) -> None:
        self.issuer, self.own = issuer, own
        if "outgoing_number" in self.fields:
            self.fields["number_confirmed"] = forms.BooleanField(
                label=_("The number is right: it is used once more this year"), required=False
            )

    @property
    def asks_for_confirmation(self) -> bool:
        return self.has_error("outgoing_number", "repeated") or bool(self.data.get("number_confirmed"))

    def warn_of_repeated_number(self, cleaned: dict[str, Any]) -> None:
        number = cleaned.get("outgoing_number")
        if not number or cleaned.get("number_confirmed"):
            return
        year = (cleaned.get("outgoing_date") or timezone.localdate()).year
        same = HandOver.objects.numbered(number, issuer=self.issuer, year=year)
        twin = (same.exclude(pk=self.own.pk) if self.own else same).first()
        if twin and twin.outgoing_date:
            message = gettext(
                "Check: number {number} has already been used this year, in a letter of {date}. "
                "Mend it or confirm it."
            )
            date = date_digits(twin.outgoing_date)
            self.add_error(
                "outgoing_number",
                forms.ValidationError(message.format(number=number, date=date), code="repeated"),
            )


def reason_field() -> forms.CharField:
    """Why a step goes through although a condition of the order is not met."""
    return forms.CharField(
        label=_("Reason"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It stays on the paper as a mark, and in its history."),
        error_messages={"required": _("Some conditions are not met: confirm with a reason.")},
    )


class TransitionForm(NumberedForm, forms.Form):
    """Everything that one step asks for, and nothing that it does not."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Comment"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write a comment: this step is not taken without one.")},
    )
    reason = reason_field()

    def __init__(
        self, *args: Any, step: Transition, paper: Paper, gaps: Sequence[Gap] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.paper = step, paper
        self.fields["comment"].required = step.comment
        # Whether a step with a term is late is judged by the date of the letter, which is typed below.
        self.fields["reason"].required = step.term is None
        if step.term:
            self.fields["reason"].help_text = _(
                "It stays on the paper as a mark. Not needed if the letter bears a date within the term."
            )
        if gaps and not any(gap.mark for gap in gaps):
            self.fields["reason"].help_text = _("It stays in the history of the paper.")
        if all(gap.is_error for gap in gaps) and "reason" not in self.data:
            del self.fields["reason"]
        names = (*(OUTGOING if step.hand_over else ()), *(INCOMING if step.receives else ()))
        self.fields.update(hand_over_fields(names))
        self.fields.update(asked_by(step.effects))
        self.initial = {"expected_version": paper.version, **self._last_signatory(), **self.initial}
        self.add_confirmation(issuer=paper.issuer_of(step.name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.warn_of_repeated_number(cleaned)
        judge_input(self.step.effects, self.paper, cleaned)
        return cleaned

    @property
    def letter_fields(self) -> Iterable[forms.BoundField]:
        return (self[name] for name in (*OUTGOING, *INCOMING) if name in self.fields)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What the step cannot do without."""
        return [self[name] for name in ("reason", "comment") if name in self.fields and self._is_asked(name)]

    @property
    def last_fields(self) -> list[forms.BoundField]:
        apart = {*OUTGOING, *INCOMING, "expected_version", "number_confirmed"}
        first = {field.name for field in self.first_fields}
        names = (name for name in self.fields if name not in apart | first | {"comment"})
        return [self[name] for name in (*names, *({"comment"} - first))]

    def _is_asked(self, name: str) -> bool:
        return name == "reason" or self.fields[name].required

    @property
    def data_for_deed(self) -> dict[str, Any]:
        apart = {"expected_version", "comment", "reason", "number_confirmed"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    def _last_signatory(self) -> dict[str, Any]:
        if not self.step.hand_over or self.is_bound:
            return {}
        letters = HandOver.objects.filter(
            issuer=self.paper.issuer_of(self.step.name), transition=self.step.name
        )
        last = letters.exclude(signatory_name="").values(*SIGNATORY).last()
        return dict(last) if last else {}


def asked_by(effects: Iterable[Any]) -> dict[str, forms.Field]:
    """Fields for the input that effects need; an effect may also rename those of the letter."""
    fields: dict[str, forms.Field] = {}
    for effect in effects:
        if asked := getattr(effect, "fields", None):
            fields |= asked()
    return fields


def judge_input(effects: Iterable[Any], paper: Paper, given: dict[str, Any]) -> None:
    """Let effects look at what they were given; raises ValidationError where one cannot take it in."""
    for effect in effects:
        if judge := getattr(effect, "judge", None):
            judge(paper, given)


def hand_over_fields(names: Iterable[str]) -> dict[str, forms.Field]:
    """Form fields for the columns of a hand-over; all of them may be left for later."""
    return forms.fields_for_model(
        HandOver,
        fields=tuple(names),
        field_classes={"outgoing_date": DayField, "incoming_date": DayField},
    )


class HandOverForm(NumberedForm, HandOverModelForm):
    """Complete or correct what is known of a letter; each side enters its own numbers."""

    class Meta:
        model = HandOver
        fields = (*OUTGOING, *INCOMING)
        field_classes = {"outgoing_date": DayField, "incoming_date": DayField}

    def __init__(self, *args: Any, allowed: Iterable[str], step: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = set(allowed)
        for name in [name for name in self.fields if name not in allowed]:
            del self.fields[name]
        for name, asked in asked_by(step.effects).items():
            if name in self.fields:
                self.fields[name].label = asked.label
        # What is stored is compared with what this page showed, so that a stale page blanks nothing.
        for field in self.fields.values():
            field.show_hidden_initial = True
        if "reason" in self.data:
            self.fields["reason"] = reason_field()
        self.add_confirmation(issuer=self.instance.issuer, own=self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.warn_of_repeated_number(cleaned)
        return cleaned

    def ask_for_reason(self, refused: Refused) -> None:
        """Show why the details were not stored; a date that makes the step late wants a reason."""
        if refused.code != "reason":
            self.add_error(None, str(refused.message))
            return
        self.fields.setdefault("reason", reason_field())
        words = " ".join(str(gap.message) for gap in refused.gaps)
        self.add_error("reason", f"{words}. {refused.message}")

    @property
    def letter_fields(self) -> Iterable[forms.BoundField]:
        return (self[name] for name in self.fields if name in {*OUTGOING, *INCOMING})


class LaterFileForm(forms.Form):
    """What effects of a step keep beside its letter, asked for after the step."""

    def __init__(self, *args: Any, paper: Paper, effects: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper, self.effects = paper, effects
        self.fields.update(asked_by(effects))
        for field in self.fields.values():
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        judge_input(self.effects, self.paper, cleaned)
        return cleaned


class RemarkForm(RemarkModelForm):
    """A remark to one line and field of a paper, or to the whole of it."""

    class Meta:
        model = Remark
        fields = ("kind", "text", "line_id", "field")
        widgets = {
            "kind": Segments,
            "text": forms.Textarea({"rows": 3}),
            "field": forms.HiddenInput,
        }
        labels = {"kind": _("Kind of remark"), "text": _("Remark")}

    def __init__(
        self, *args: Any, paper: Paper, lines: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        lines = paper.line_names() if lines is None else lines
        self.fields["line_id"] = forms.TypedChoiceField(
            label=_("To which line"),
            choices=[("", _("The whole paper")), *lines.items()],
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.Select if lines else forms.HiddenInput,
            error_messages={"invalid_choice": _("The paper has no such line any more.")},
        )
        self.order_fields(("line_id", "kind", "text"))

    def clean_field(self) -> str:
        name: str = self.cleaned_data["field"]
        columns = (
            {field.name for field in self.paper.line_model._meta.fields} if self.paper.line_model else set()
        )
        if name and name not in columns:
            raise forms.ValidationError(_("The line has no such column."), code="no_column")
        return name


class AnswerForm(RemarkModelForm):
    """The answer of those who drew up the paper."""

    class Meta:
        model = Remark
        fields = ("answer",)
        widgets = {"answer": forms.Textarea({"rows": 3})}
        labels = {"answer": _("Answer")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
