"""Operators' pages for accounts: who may sign in, in which role, and who stands in for whom."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.notifications.outbox import Address, in_both_languages, tell

from .links import INVITATION, NEW_PASSWORD, send_link
from .models import RoleAssignment, Substitution, User
from .recorded import RecordedAdmin


class InvitationForm(forms.ModelForm):
    """A new account has no password: its owner sets one by the link of a letter."""

    class Meta:
        model = User
        fields = ("email", "full_name", "position_kk", "position_ru", "language")

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class RoleAssignmentInline(admin.TabularInline):
    model = RoleAssignment
    autocomplete_fields = ("organisation",)
    extra = 0
    can_delete = False


@admin.register(User)
class UserAdmin(RecordedAdmin, DjangoUserAdmin):
    add_form = InvitationForm
    form = forms.ModelForm
    list_display = ("full_name", "email", "position_kk", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "role_assignments__role")
    search_fields = ("full_name", "email", "position_kk", "position_ru")
    ordering = ("full_name",)
    readonly_fields = ("last_login", "date_joined", "is_demonstration")
    filter_horizontal = ()
    inlines = (RoleAssignmentInline,)
    actions = ("send_links",)
    fieldsets = (
        (None, {"fields": ("email", "is_active")}),
        (
            gettext_lazy("Person"),
            {"fields": ("full_name", "position_kk", "position_ru", "language", "theme")},
        ),
        (gettext_lazy("Operators' pages"), {"fields": ("is_staff", "is_superuser")}),
        (gettext_lazy("History"), {"fields": ("last_login", "date_joined", "is_demonstration")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": InvitationForm.Meta.fields,
                "description": gettext_lazy(
                    "A letter with a link goes to the address: its owner sets the password."
                ),
            },
        ),
    )

    def get_urls(self) -> list[Any]:
        """Leave out Django's page on which one person types the password of another."""
        return super(DjangoUserAdmin, self).get_urls()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody raises himself or others above his own rights."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser else (*fixed, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and is_within_reach(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            transaction.on_commit(partial(self._send, request, obj, INVITATION))
        elif "email" in form.changed_data:
            tell_former_address(form.initial["email"], obj)

    @admin.action(description=gettext_lazy("Send a link for a new password"), permissions=["change"])
    def send_links(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in people:
            if not self.has_change_permission(request, person) or not person.is_active:
                said = _("No link is sent to this account: {person}").format(person=person)
                self.message_user(request, said, messages.WARNING)
                continue
            with transaction.atomic():
                self.log_change(request, person, "A link for a new password was sent")
                self.record(request, person, "password_link_sent")
            self._send(request, person, NEW_PASSWORD)

    def _send(self, request: HttpRequest, person: User, letter: str) -> None:
        if send_link(request, person, letter):
            said = _("A letter with a link has been sent: {address}").format(address=person.email)
            self.message_user(request, said, messages.SUCCESS)
        else:
            said = _("The letter could not be sent. Send the link again later: {address}")
            self.message_user(request, said.format(address=person.email), messages.ERROR)


def is_within_reach(request: HttpRequest, person: User | None) -> bool:
    """An account with all rights is changed by its equals alone."""
    return request.user.is_superuser or person is None or not person.is_superuser


def tell_former_address(address: str, person: User) -> None:
    """Whoever changes the address could take the account over: the former one hears of it."""
    tell(
        [Address(address, person.language)],
        "account_address",
        subject=in_both_languages(lambda: _("The address of your account in the portal has been changed")),
        body=in_both_languages(
            lambda: _("From now on you sign in with another address. If you did not know, tell the operator.")
        ),
        key=f"account_address:{person.pk}:{person.email}",
    )


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(RecordedAdmin):
    """A role ends with its last day: who held it when stays known, so that nothing is deleted."""

    person_field = "user"
    list_display = ("user", "role", "organisation", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("user__full_name", "user__email", "organisation__name_kk", "organisation__name_ru")
    autocomplete_fields = ("user", "organisation")
    list_select_related = ("user", "organisation")
    date_hierarchy = "starts_on"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Substitution)
class SubstitutionAdmin(RecordedAdmin):
    person_field = "absent"
    list_display = ("absent", "substitute", "starts_on", "ends_on", "basis")
    search_fields = ("absent__full_name", "substitute__full_name", "basis")
    autocomplete_fields = ("absent", "substitute")
    list_select_related = ("absent", "substitute")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
