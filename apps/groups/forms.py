"""Input of a group's act and of its members' seats."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import User
from apps.groups.models import Member, WorkingGroup
from apps.organisations.models import Organisation
from apps.ui.fields import DayField

OFFICIAL_NAME = {
    "kk": "Орнықты даму жөніндегі өңірлік жұмыс тобы",
    "ru": "Региональная рабочая группа по устойчивому развитию",
}


class WorkingGroupForm(forms.ModelForm):
    """The group as its act names it; the body is chosen once, when the group is entered."""

    class Meta:
        model = WorkingGroup
        fields: tuple[str, ...] = ("name_kk", "name_ru", "act_kind", "act_number", "act_date")
        field_classes = {"act_date": DayField}
        help_texts = {"name_kk": gettext_lazy("As in the act that created the group.")}


class NewWorkingGroupForm(WorkingGroupForm):
    """The same with the akimat: only those of one's own that have no group yet."""

    class Meta(WorkingGroupForm.Meta):
        fields = ("organisation", *WorkingGroupForm.Meta.fields)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.queryset = bodies
        choice.empty_label = None
        self.initial = {"name_kk": OFFICIAL_NAME["kk"], "name_ru": OFFICIAL_NAME["ru"], **self.initial}

    def save(self, commit: bool = True) -> WorkingGroup:
        organisation: Organisation = self.cleaned_data["organisation"]
        self.instance.region = organisation.region
        return super().save(commit)


class MemberForm(forms.ModelForm):
    """A seat; whoever signs in to the portal is named by the address of the account."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail of the account"),
        required=False,
        help_text=gettext_lazy("Only for those who work in the portal: the secretary needs it."),
    )

    class Meta:
        model = Member
        fields = (
            "full_name",
            "position_kk",
            "position_ru",
            "category",
            "capacity",
            "starts_on",
            "ends_on",
            "position_in_list",
        )
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        help_texts = {"ends_on": gettext_lazy("Empty while the person sits in the group.")}

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        if self.instance.user_id:
            self.initial["email"] = self.instance.user.email

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"])
        self.account = self._account_with(email)
        if email and self.account is None:
            words = _("No account of your region has this address: ask the operator for one.")
            raise forms.ValidationError(words)
        return email

    def _account_with(self, email: str) -> User | None:
        """An account that acts in the group's region or above the regions; the seat's own stays in any case.

        Whether anybody else has an account is not for this form to tell.
        """
        user = User.objects.filter(email=email, is_active=True).first() if email else None
        if user is None or user.pk == self.instance.user_id:
            return user
        region = self.group.region
        near = {region.pk, region.parent_id, None}
        bodies = [held.organisation for held in user.assignments]
        is_near = any(
            body.region is None or body.region_id in near or body.region.parent_id == region.pk
            for body in bodies
        )
        return user if is_near else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is earlier than the first one."))
        return given

    def save(self, commit: bool = True) -> Member:
        self.instance.user = self.account
        return super().save(commit)
