"""Operators' pages for accounts: who may sign in, in which role, and who stands in for whom."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import RoleAssignment, Substitution, User


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "full_name")


class RoleAssignmentInline(admin.TabularInline):
    model = RoleAssignment
    autocomplete_fields = ("organisation",)
    extra = 0


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = UserCreationForm
    list_display = ("full_name", "email", "position_kk", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "role_assignments__role")
    search_fields = ("full_name", "email", "position_kk", "position_ru")
    ordering = ("full_name",)
    readonly_fields = ("last_login", "date_joined", "is_demonstration")
    filter_horizontal = ()
    inlines = (RoleAssignmentInline,)
    fieldsets = (
        (None, {"fields": ("email", "password", "is_active")}),
        (_("Person"), {"fields": ("full_name", "position_kk", "position_ru", "language", "theme")}),
        (_("Operators' pages"), {"fields": ("is_staff", "is_superuser")}),
        (_("History"), {"fields": ("last_login", "date_joined", "is_demonstration")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "full_name", "password1", "password2")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody raises himself or others above his own rights."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser else (*fixed, "is_superuser")


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(admin.ModelAdmin):
    list_display = ("user", "role", "organisation", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("user__full_name", "user__email", "organisation__name_kk", "organisation__name_ru")
    autocomplete_fields = ("user", "organisation")
    list_select_related = ("user", "organisation")
    date_hierarchy = "starts_on"


@admin.register(Substitution)
class SubstitutionAdmin(admin.ModelAdmin):
    list_display = ("absent", "substitute", "starts_on", "ends_on", "basis")
    search_fields = ("absent__full_name", "substitute__full_name", "basis")
    autocomplete_fields = ("absent", "substitute")
    list_select_related = ("absent", "substitute")
