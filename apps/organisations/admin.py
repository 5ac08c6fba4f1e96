"""Operators' pages for the reference data of territories and bodies."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from import_export.admin import ExportMixin, ImportExportMixin

from apps.organisations.confirming import ConfirmForm, sealed
from apps.organisations.models import DataImport, Organisation, Region, StatisticalArea
from apps.organisations.resources import OrganisationResource, RegionResource, StatisticalAreaResource


class ImportMixin(ImportExportMixin):
    """Import in two steps; the second one takes up only the file that the first one showed."""

    confirm_form_class = ConfirmForm

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        shown = super().get_confirm_form_initial(request, import_form)
        return sealed(shown) if shown else shown

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        is_asked = request.method == "POST" and self.has_import_permission(request)
        if is_asked and not self.create_confirm_form(request).is_valid():
            messages.error(request, _("The file of this import is no longer there: choose it once more."))
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")
        return super().process_import(request, **kwargs)


@admin.register(Region)
class RegionAdmin(ExportMixin, admin.ModelAdmin):
    """Territories come from the classifier; here an operator mends names, reporting and successors."""

    resource_classes = (RegionResource,)
    list_display = ("code", "name_kk", "name_ru", "kind", "is_reporting", "closed_on")
    list_filter = ("kind", "is_reporting", "edition")
    search_fields = ("code", "name_kk", "name_ru")
    autocomplete_fields = ("parent", "successor")
    readonly_fields = ("print_kk", "print_ru", "edition")


@admin.register(StatisticalArea)
class StatisticalAreaAdmin(ImportMixin, admin.ModelAdmin):
    resource_classes = (StatisticalAreaResource,)
    list_display = ("code", "name_kk", "name_ru", "region", "valid_from_year", "valid_to_year")
    list_select_related = ("region",)
    search_fields = ("code", "name_kk", "name_ru")
    autocomplete_fields = ("region",)


@admin.register(Organisation)
class OrganisationAdmin(ImportMixin, admin.ModelAdmin):
    resource_classes = (OrganisationResource,)
    list_display = ("name_kk", "name_ru", "kind", "region", "is_active")
    list_select_related = ("region",)
    list_filter = ("kind", "is_active")
    search_fields = ("name_kk", "name_ru", "region__code")
    autocomplete_fields = ("region", "parent")


@admin.register(DataImport)
class DataImportAdmin(admin.ModelAdmin):
    list_display = ("moment", "command", "source", "stored", "unchanged", "refused")
    list_filter = ("command",)
    date_hierarchy = "moment"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
